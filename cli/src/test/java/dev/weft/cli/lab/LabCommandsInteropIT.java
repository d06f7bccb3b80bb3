package dev.weft.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.lab.LabRun.Audience;
import dev.weft.testkit.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a lab prints as commands, typed in: it builds what the lab itself builds.
final class LabCommandsInteropIT {
    /// Addresses, routes, rules and translation, without what differs from one building to the
    /// next.
    private static final String STATE =
            "ip -br -4 address | sed 's/@[^ ]*//; s/ *$//; s/ [A-Z][A-Z]* */ /' | sort;"
                    + " ip -4 route show table all | sed 's/ linkdown//'; ip -4 rule; nft list ruleset";

    static List<Lab> labs() {
        return Lab.all();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void printedCommands_typedIn_buildTheSame(Lab lab) {
        Map<String, String> built = new TreeMap<>();
        try (LabRun run = new LabRun(lab)) {
            run.run(new Audience() {});
            for (Node node : run.network().nodes()) {
                built.put(node.name(), state("nsenter", "--net=" + node.namespace().path()));
            }
        }

        try {
            Command.of("sh", "-e")
                    .stdin(script(lab).getBytes(StandardCharsets.UTF_8))
                    .run()
                    .orFail();
            for (Map.Entry<String, String> node : built.entrySet()) {
                assertThat(state("ip", "netns", "exec", node.getKey()))
                        .as(node.getKey())
                        .isEqualTo(node.getValue());
            }
        } finally {
            built.keySet().forEach(node -> Command.run("ip", "netns", "delete", node));
        }
    }

    private static String script(Lab lab) {
        Stream<Operation> situations =
                lab.situations().stream().flatMap(situation -> situation.before().stream());
        return Stream.concat(lab.plan().stream(), situations)
                .map(operation -> operation.command() + "\n")
                .collect(Collectors.joining());
    }

    private static String state(String... inside) {
        return Command.run(
                        Stream.concat(Stream.of(inside), Stream.of("sh", "-c", STATE))
                                .toArray(String[]::new))
                .orFail()
                .stdout();
    }
}
