package dev.weft.cli.lab;

import static dev.weft.cli.lab.PingExperiment.answered;
import static dev.weft.cli.lab.PingExperiment.unanswered;

import dev.weft.cli.lab.Operation.AddAddress;
import dev.weft.cli.lab.Operation.AddBridge;
import dev.weft.cli.lab.Operation.AddMacvlan;
import dev.weft.cli.lab.Operation.AddNamespace;
import dev.weft.cli.lab.Operation.AddVeth;
import dev.weft.cli.lab.Operation.SetHairpin;
import dev.weft.cli.lab.Operation.SetMaster;
import dev.weft.cli.lab.Operation.SetUp;
import dev.weft.linux.link.MacvlanMode;
import java.util.ArrayList;
import java.util.List;

/// Macvlans of three modes on one link of a host, whose other end is a port of a switch.
///
/// ```
///   bridge1  bridge2  private1  private2  vepa1  vepa2
///     .11      .12       .21       .22     .31    .32
///       \       \         |        |       /      /
///                host eth0 .2                       192.168.50.0/24
///                     |
///                lan: port, br0 .1
/// ```
final class MacvlanLab {
    private static final String NETWORK = "192.168.50.";
    private static final String LAN = NETWORK + "1";
    private static final String HOST = NETWORK + "2";

    static final Lab LAB = new Lab("macvlan", plan(), situations());

    private MacvlanLab() {}

    private static List<Operation> plan() {
        List<Operation> plan = new ArrayList<>();
        plan.add(new AddNamespace("host"));
        plan.add(new AddNamespace("lan"));
        plan.add(new AddBridge("lan", "br0"));
        plan.add(AddAddress.of("lan", "br0", LAN + "/24"));
        plan.add(new SetUp("lan", "br0"));
        plan.add(new AddVeth("lan", "port", "host", "eth0"));
        plan.add(new SetMaster("lan", "port", "br0"));
        plan.add(new SetUp("lan", "port"));
        plan.add(AddAddress.of("host", "eth0", HOST + "/24"));
        plan.add(new SetUp("host", "eth0"));
        plan.addAll(container("bridge1", MacvlanMode.BRIDGE, 11));
        plan.addAll(container("bridge2", MacvlanMode.BRIDGE, 12));
        plan.addAll(container("private1", MacvlanMode.PRIVATE, 21));
        plan.addAll(container("private2", MacvlanMode.PRIVATE, 22));
        plan.addAll(container("vepa1", MacvlanMode.VEPA, 31));
        plan.addAll(container("vepa2", MacvlanMode.VEPA, 32));
        return plan;
    }

    private static List<Operation> container(String node, MacvlanMode mode, int hostPart) {
        return List.of(
                new AddNamespace(node),
                new AddMacvlan("host", "eth0", mode, node, "eth0"),
                AddAddress.of(node, "eth0", NETWORK + hostPart + "/24"),
                new SetUp(node, "eth0"));
    }

    private static List<Situation> situations() {
        return List.of(
                new Situation(
                        "bridge-mode",
                        List.of(),
                        answered("bridge1", NETWORK + 12).notSentBy("host", "eth0")),
                new Situation("private-mode", List.of(), unanswered("private1", NETWORK + 22)),
                new Situation(
                        "vepa-reflected",
                        List.of(new SetHairpin("lan", "port", true)),
                        answered("vepa1", NETWORK + 32).sentBy("host", "eth0")),
                new Situation(
                        "vepa-mode",
                        List.of(new SetHairpin("lan", "port", false)),
                        unanswered("vepa1", NETWORK + 32).sentBy("host", "eth0")),
                new Situation("to-parent", List.of(), unanswered("bridge1", HOST)),
                new Situation("to-lan", List.of(), answered("private1", LAN)));
    }
}
