package dev.weft.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Published ports as programs keep them: `nft` in a map like Weft's, `iptables` in a rule each.
final class PortPrograms implements AutoCloseable {
    private final Programs programs;

    PortPrograms(Programs programs) {
        this.programs = programs;
        programs.run("nft", "add table ip peer_bench");
        programs.run(
                "nft",
                "add map ip peer_bench ports { type ipv4_addr . inet_proto . inet_service :"
                        + " ipv4_addr . inet_service; }");
    }

    /// Has so many ports published by either program, from number 0 on.
    void fill(int count) {
        programs.run("nft", "flush map ip peer_bench ports");
        programs.run("iptables", "-t", "nat", "-F", "PREROUTING");
        for (int from = 0; from < count; from += PortMap.PORTS_AT_ONCE) {
            add(IntStream.range(from, Math.min(count, from + PortMap.PORTS_AT_ONCE)));
        }
    }

    private static void add(IntStream numbers) {
        List<Integer> some = numbers.boxed().toList();
        String elements =
                some.stream().map(PortPrograms::element).collect(Collectors.joining(", "));
        Programs.feed("add element ip peer_bench ports { " + elements + " }\n", "nft", "-f", "-");
        String rules =
                some.stream()
                        .map(number -> "-A " + String.join(" ", rule(number)) + "\n")
                        .collect(Collectors.joining());
        Programs.feed("*nat\n" + rules + "COMMIT\n", "iptables-restore", "-n");
    }

    private static String element(int number) {
        return "192.0.2.1 . tcp . " + PortMap.port(number) + " : 10.20.0.2 . 80";
    }

    /// How long `nft -f -` takes to publish a port.
    long nft(int number) {
        return programs.runWithInput(
                "add element ip peer_bench ports { " + element(number) + " }", "nft", "-f", "-");
    }

    /// How long `iptables` takes to publish a port.
    long iptables(int number) {
        return programs.run(
                Stream.concat(Stream.of("iptables", "-t", "nat", "-A"), rule(number).stream())
                        .toArray(String[]::new));
    }

    private static List<String> rule(int number) {
        String port = Integer.toString(PortMap.port(number));
        return List.of(
                "PREROUTING",
                "-p",
                "tcp",
                "-d",
                "192.0.2.1",
                "--dport",
                port,
                "-j",
                "DNAT",
                "--to-destination",
                "10.20.0.2:80");
    }

    @Override
    public void close() {
        programs.run("nft", "delete table ip peer_bench");
        programs.run("iptables", "-t", "nat", "-F", "PREROUTING");
    }
}
