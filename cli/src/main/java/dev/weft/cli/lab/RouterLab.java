package dev.weft.cli.lab;

import static dev.weft.cli.lab.Experiments.refused;
import static dev.weft.cli.lab.Experiments.routedBy;
import static dev.weft.cli.lab.Experiments.routedLocally;
import static dev.weft.cli.lab.PingExperiment.answered;
import static dev.weft.cli.lab.PingExperiment.unanswered;

import dev.weft.cli.lab.Operation.AddAddress;
import dev.weft.cli.lab.Operation.AddNamespace;
import dev.weft.cli.lab.Operation.AddRoute;
import dev.weft.cli.lab.Operation.AddRule;
import dev.weft.cli.lab.Operation.AddVeth;
import dev.weft.cli.lab.Operation.LabRoute;
import dev.weft.cli.lab.Operation.SetSysctl;
import dev.weft.cli.lab.Operation.SetUp;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/// A router between three subnets, and the order in which it asks its tables.
///
/// ```
///   a eth0 --- a  \          / b --- eth0 b
///  10.1.0.10    .1  router  .1       10.2.0.2
///                           \ c --- eth0 c   and 203.0.113.5
///                            .1      10.3.0.2
/// ```
final class RouterLab {
    private static final String A = "10.1.0.10";
    private static final String B = "10.2.0.2";
    private static final String C = "10.3.0.2";
    private static final String FAR = "203.0.113.5";
    private static final String OTHER = "198.51.100.7";
    private static final String DEFAULT = "0.0.0.0/0";
    private static final int TABLE = 100;
    private static final int PRIORITY = 1000;

    static final Lab LAB = new Lab("router", plan(), situations());

    private RouterLab() {}

    private static List<Operation> plan() {
        List<Operation> plan = new ArrayList<>();
        plan.add(new AddNamespace("router"));
        // A namespace begins with the machine's settings, and a strict filter would look at the
        // main
        // table alone.
        plan.add(SetSysctl.of("router", "0", "net", "ipv4", "conf", "all", "rp_filter"));
        plan.add(SetSysctl.of("router", "0", "net", "ipv4", "conf", "default", "rp_filter"));
        plan.addAll(subnet("a", "10.1.0", A));
        plan.addAll(subnet("b", "10.2.0", B));
        plan.addAll(subnet("c", "10.3.0", C));
        plan.add(AddAddress.of("c", "lo", FAR + "/32"));
        plan.add(SetSysctl.of("router", "0", "net", "ipv4", "ip_forward"));
        return plan;
    }

    private static List<Operation> subnet(String node, String network, String address) {
        return List.of(
                new AddNamespace(node),
                new AddVeth("router", node, node, "eth0"),
                AddAddress.of("router", node, network + ".1/24"),
                new SetUp("router", node),
                AddAddress.of(node, "eth0", address + "/24"),
                new SetUp(node, "eth0"),
                new AddRoute(node, LabRoute.via(DEFAULT, network + ".1")));
    }

    private static List<Situation> situations() {
        RouteQuestion fromA = RouteQuestion.to(FAR).from(A).by("a");
        RouteQuestion fromNeighbour = RouteQuestion.to(FAR).from("10.1.0.11").by("a");
        return List.of(
                new Situation(
                        "forwarding-off", List.of(), unanswered("a", B).receivedBy("router", "a")),
                new Situation(
                        "forwarding-on",
                        List.of(SetSysctl.of("router", "1", "net", "ipv4", "ip_forward")),
                        answered("a", B).sentBy("router", "b")),
                new Situation(
                        "no-route",
                        List.of(),
                        refused("router", RouteQuestion.to(OTHER), Errno.ENETUNREACH)),
                new Situation(
                        "metric",
                        List.of(
                                route(LabRoute.via(DEFAULT, C).metric(200)),
                                route(LabRoute.via(DEFAULT, B).metric(100))),
                        routedBy("router", RouteQuestion.to(OTHER), B)),
                new Situation(
                        "longest-prefix",
                        List.of(
                                route(LabRoute.via("198.0.0.0/8", B)),
                                route(LabRoute.via("198.51.100.0/25", C))),
                        routedBy("router", RouteQuestion.to(OTHER), C)),
                new Situation(
                        "blackhole",
                        List.of(route(LabRoute.blackhole("192.0.2.0/24"))),
                        refused("router", RouteQuestion.to("192.0.2.1"), Errno.EINVAL)),
                new Situation("before-rule", List.of(), routedBy("router", fromA, B)),
                new Situation(
                        "after-rule",
                        List.of(
                                route(LabRoute.via(DEFAULT, C).table(TABLE)),
                                new AddRule("router", IpPrefix.parse(A), TABLE, PRIORITY)),
                        routedBy("router", fromA, C)),
                new Situation("rule-others", List.of(), routedBy("router", fromNeighbour, B)),
                new Situation(
                        "local-table",
                        List.of(),
                        routedLocally("router", RouteQuestion.to("10.2.0.1"))),
                new Situation("rule-proof", List.of(), answered("a", FAR).sentBy("router", "c")));
    }

    private static Operation route(LabRoute route) {
        return new AddRoute("router", route);
    }
}
