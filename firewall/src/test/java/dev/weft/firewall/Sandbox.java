package dev.weft.firewall;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// A new network namespace for one test, its ruleset, and `nft` as the second opinion on it.
/// Closing it leaves nothing.
final class Sandbox implements AutoCloseable {
    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final Nftables nftables = Nftables.open(namespace);

    NetworkNamespace namespace() {
        return namespace;
    }

    Nftables nftables() {
        return nftables;
    }

    /// What `nft` prints for a command, to its success.
    String nft(String... arguments) {
        return Command.run(inside(arguments)).orFail().stdout();
    }

    /// Runs `ip` inside.
    void ip(String... arguments) {
        Command.run(command("ip", arguments)).orFail();
    }

    /// Has `nft` load a ruleset.
    void load(String ruleset) {
        tryLoad(ruleset).orFail();
    }

    /// Has `nft` load a ruleset that the kernel may lack something for.
    Command.Result tryLoad(String ruleset) {
        return Command.of(inside("-f", "-")).stdin(ruleset.getBytes(StandardCharsets.UTF_8)).run();
    }

    private String[] inside(String... arguments) {
        return command("nft", arguments);
    }

    private String[] command(String program, String... arguments) {
        return Stream.concat(
                        Stream.of("nsenter", "--net=" + namespace.path(), program),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        nftables.close();
        namespace.close();
    }
}
