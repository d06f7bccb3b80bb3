package dev.weft.firewall;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// A new network namespace for one test, its ruleset, and `nft` as the second opinion on it.
/// Closing it leaves nothing.
public final class Sandbox implements AutoCloseable {
    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final Nftables nftables = Nftables.open(namespace);

    /// A new namespace.
    public Sandbox() {}

    /// Where it is.
    public NetworkNamespace namespace() {
        return namespace;
    }

    /// Its ruleset.
    public Nftables nftables() {
        return nftables;
    }

    /// What `nft` prints for a command, to its success.
    public String nft(String... arguments) {
        return run("", "nft", arguments).orFail().stdout();
    }

    /// Runs a program inside, with something to read.
    public Command.Result run(String input, String program, String... arguments) {
        return Command.of(command(program, arguments))
                .stdin(input.getBytes(StandardCharsets.UTF_8))
                .run();
    }

    /// Runs `ip` inside.
    void ip(String... arguments) {
        run("", "ip", arguments).orFail();
    }

    /// Has `nft` load a ruleset.
    public void load(String ruleset) {
        tryLoad(ruleset).orFail();
    }

    /// Has `nft` load a ruleset that the kernel may lack something for.
    public Command.Result tryLoad(String ruleset) {
        return run(ruleset, "nft", "-f", "-");
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
