package dev.weft.bench;

import dev.weft.firewall.expression.Selector;
import dev.weft.linux.IpPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The same rules as Weft's in files for the programs that load them.
///
/// @param directory that goes away with this
record RulesetFiles(Path directory) implements AutoCloseable {
    static final Selector PORT = Selector.TCP_DPORT;

    private static final String NFT = "rules.nft";
    private static final String IPTABLES = "rules.iptables";

    /// Where a rule of a number expects packets from.
    static IpPrefix source(int number) {
        byte[] address = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return new IpPrefix(IpPrefix.addressOf(address), Integer.SIZE);
    }

    /// To which port.
    static int port(int number) {
        return 1024 + number % 60_000;
    }

    /// Files of so many rules.
    static RulesetFiles of(int rules) {
        try {
            RulesetFiles files = new RulesetFiles(Files.createTempDirectory("weft-bench"));
            files.write(
                    NFT,
                    "table ip peer_bench {\n\tchain many {\n"
                            + lines(
                                    rules,
                                    number ->
                                            "ip saddr "
                                                    + source(number).address().getHostAddress()
                                                    + " tcp dport "
                                                    + port(number)
                                                    + " counter accept\n")
                            + "}\n}\n");
            files.write(
                    IPTABLES,
                    "*filter\n:MANY -\n"
                            + lines(
                                    rules,
                                    number ->
                                            "-A MANY -s "
                                                    + source(number).address().getHostAddress()
                                                    + " -p tcp -m tcp --dport "
                                                    + port(number)
                                                    + " -j ACCEPT\n")
                            + "COMMIT\n");
            return files;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    /// How long `nft` takes to load them into no table, which it leaves.
    long nft(Programs programs) {
        long time = programs.run("nft", "-f", path(NFT));
        programs.run("nft", "delete table ip peer_bench");
        PortMap.settle();
        return time;
    }

    /// How long `iptables-restore` takes to load them into an empty chain, which it leaves.
    long iptables(Programs programs) {
        return restore(programs, "iptables");
    }

    /// How long the older `iptables-restore` takes, whose tables are not those of nftables.
    long legacy(Programs programs) {
        return restore(programs, "iptables-legacy");
    }

    private long restore(Programs programs, String program) {
        long time = programs.run(program + "-restore", "--noflush", path(IPTABLES));
        programs.run(program, "-F", "MANY");
        PortMap.settle();
        return time;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory.resolve(NFT));
            Files.deleteIfExists(directory.resolve(IPTABLES));
            Files.deleteIfExists(directory);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
