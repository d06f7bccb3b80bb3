package dev.weft.linux.tc;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.linux.Sandbox;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.stream.Stream;

/// `tc` inside a sandbox, as the second opinion on what the kernel holds.
final class TcOracle {
    private final Sandbox sandbox;

    TcOracle(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /// The objects that `tc -j -s -d` prints for a command.
    List<JsonObject> show(String... command) {
        return JsonParser.parseString(run("-j", command)).getAsJsonArray().asList().stream()
                .map(element -> element.getAsJsonObject())
                .toList();
    }

    /// What `tc -s -d` prints for a command; version 6.1 prints classes only so.
    String text(String... command) {
        return run("-d", command).replaceAll("\\s+", " ");
    }

    private String run(String option, String... command) {
        return sandbox.run(
                Stream.concat(Stream.of("tc", option, "-s", "-d"), Stream.of(command))
                        .toArray(String[]::new));
    }

    /// Goes on if the kernel takes a filter.
    ///
    /// @param filter what follows `tc filter add dev ...`: its kind first
    static void assumeFilter(String feature, String... filter) {
        assume(feature, words("tc filter add dev probe ingress protocol all"), filter);
    }

    /// Goes on if the kernel knows a discipline without options.
    static void assumeQdisc(String kind) {
        assume("qdisc " + kind, words("tc qdisc add dev probe root"), kind);
    }

    private static void assume(String feature, Stream<String> command, String... rest) {
        try (Sandbox probing = new Sandbox()) {
            probing.veth("probe", "other");
            probing.run("tc", "qdisc", "add", "dev", "probe", "clsact");
            String[] argv =
                    Stream.of(
                                    Stream.of("nsenter", "--net=" + probing.namespace().path()),
                                    command,
                                    Stream.of(rest))
                            .flatMap(words -> words)
                            .toArray(String[]::new);
            KernelFeature.assume(feature, Command.run(argv).exit() == 0);
        }
    }

    private static Stream<String> words(String command) {
        return Stream.of(command.split(" ", -1));
    }
}
