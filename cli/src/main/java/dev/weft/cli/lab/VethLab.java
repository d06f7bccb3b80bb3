package dev.weft.cli.lab;

import static dev.weft.cli.lab.PingExperiment.answered;
import static dev.weft.cli.lab.PingExperiment.unanswered;

import dev.weft.cli.lab.Operation.AddAddress;
import dev.weft.cli.lab.Operation.AddNamespace;
import dev.weft.cli.lab.Operation.AddVeth;
import dev.weft.cli.lab.Operation.SetSysctl;
import dev.weft.cli.lab.Operation.SetUp;
import java.util.List;

/// Both ends of a veth pair in one namespace.
///
/// ```
///   host: veth0 10.0.0.1 === veth1 10.0.0.2
/// ```
///
/// A packet for an address of one's own goes over `lo`. Bound to `veth0` it crosses the pair, and
/// is then refused at `veth1`, since its source is an address of the same host
/// (`fib_validate_source` in `net/ipv4/fib_frontend.c`).
final class VethLab {
    private static final String FIRST = "10.0.0.1";
    private static final String SECOND = "10.0.0.2";

    static final Lab LAB =
            new Lab(
                    "veth",
                    List.of(
                            new AddNamespace("host"),
                            new AddVeth("host", "veth0", "host", "veth1"),
                            AddAddress.of("host", "veth0", FIRST + "/24"),
                            AddAddress.of("host", "veth1", SECOND + "/24"),
                            new SetUp("host", "veth0"),
                            new SetUp("host", "veth1")),
                    List.of(
                            new Situation(
                                    "by-loopback",
                                    List.of(),
                                    answered("host", SECOND).sentBy("host", "lo")),
                            new Situation(
                                    "across-refused",
                                    List.of(
                                            conf("0", "veth0", "accept_local"),
                                            conf("0", "veth1", "accept_local"),
                                            conf("1", "all", "rp_filter")),
                                    unanswered("host", SECOND)
                                            .boundTo("veth0")
                                            .questionReceivedBy("host", "veth1")),
                            new Situation(
                                    "across-accepted",
                                    List.of(
                                            conf("1", "veth0", "accept_local"),
                                            conf("1", "veth1", "accept_local"),
                                            conf("0", "all", "rp_filter"),
                                            conf("0", "veth0", "rp_filter"),
                                            conf("0", "veth1", "rp_filter")),
                                    answered("host", SECOND)
                                            .boundTo("veth0")
                                            .receivedBy("host", "veth1"))));

    private VethLab() {}

    private static Operation conf(String value, String link, String parameter) {
        return SetSysctl.of("host", value, "net", "ipv4", "conf", link, parameter);
    }
}
