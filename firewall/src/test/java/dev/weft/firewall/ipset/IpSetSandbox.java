package dev.weft.firewall.ipset;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// A new network namespace, its sets, and `ipset` as the second opinion on them. Closing it leaves
/// nothing.
final class IpSetSandbox implements AutoCloseable {
    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final IpSets sets = IpSets.open(namespace);

    IpSets sets() {
        return sets;
    }

    /// What a program inside left.
    Command.Result run(String... argv) {
        return Command.run(inside(argv));
    }

    /// What `ipset save` prints, in order.
    List<String> saved() {
        return lines(run("ipset", "save").orFail().stdout());
    }

    /// Has `ipset` make what it would print.
    void restore(String text) {
        Command.of(inside("ipset", "restore"))
                .stdin((text + "\n").getBytes(StandardCharsets.UTF_8))
                .run()
                .orFail();
    }

    /// What the sets hold as text, in order.
    List<String> ours() {
        return sets.readAll().stream()
                .flatMap(set -> lines(set.toString()).stream())
                .sorted()
                .toList();
    }

    static List<String> lines(String text) {
        return text.lines().map(String::strip).sorted().toList();
    }

    private String[] inside(String... argv) {
        return Stream.concat(Stream.of("nsenter", "--net=" + namespace.path()), Stream.of(argv))
                .toArray(String[]::new);
    }

    /// Rules refer to sets, which a namespace that ends does not like; so it is emptied first.
    @Override
    public void close() {
        run("iptables", "-F");
        sets.close();
        namespace.close();
    }
}
