package dev.weft.cli.lab;

import static dev.weft.cli.lab.Experiments.echo;
import static dev.weft.cli.lab.PingExperiment.answered;
import static dev.weft.cli.lab.PingExperiment.unanswered;

import dev.weft.cli.lab.Operation.AddAddress;
import dev.weft.cli.lab.Operation.AddBridge;
import dev.weft.cli.lab.Operation.AddNamespace;
import dev.weft.cli.lab.Operation.AddRoute;
import dev.weft.cli.lab.Operation.AddVeth;
import dev.weft.cli.lab.Operation.LabRoute;
import dev.weft.cli.lab.Operation.Masquerade;
import dev.weft.cli.lab.Operation.PublishPort;
import dev.weft.cli.lab.Operation.SetMaster;
import dev.weft.cli.lab.Operation.SetSysctl;
import dev.weft.cli.lab.Operation.SetUp;
import dev.weft.cli.lab.Trial.Service;
import dev.weft.linux.IpPrefix;
import java.util.List;

/// Two containers on a bridge of one host, a router that knows nothing of them, and a client
/// outside: the model of Docker's default network.
///
/// ```
///   c1 eth0 --- c1 \                                     203.0.113.0/24
///   .2              br0 .1  host  eth0 --- wan  world  lan --- eth0  client
///   c2 eth0 --- c2 /        .168    192.168.245.0/24   .1      .10
///   .3     172.17.0.0/24
/// ```
final class BridgeLab {
    private static final String CONTAINER_1 = "172.17.0.2";
    private static final String CONTAINER_2 = "172.17.0.3";
    private static final String BRIDGE_ADDRESS = "172.17.0.1";
    private static final String UPLINK = "192.168.245.168";
    private static final String ROUTER = "192.168.245.1";
    private static final String CLIENT = "203.0.113.10";
    private static final int SERVICE_PORT = 8080;
    private static final int PUBLISHED_PORT = 80;
    private static final Service SERVICE = new Service("c1", SERVICE_PORT);
    private static final IpPrefix CONTAINERS = IpPrefix.parse("172.17.0.0/24");

    static final Lab LAB =
            new Lab(
                    "bridge",
                    List.of(
                            new AddNamespace("host"),
                            new AddNamespace("c1"),
                            new AddNamespace("c2"),
                            new AddNamespace("world"),
                            new AddNamespace("client"),
                            new AddBridge("host", "br0"),
                            AddAddress.of("host", "br0", BRIDGE_ADDRESS + "/24"),
                            new SetUp("host", "br0"),
                            new AddVeth("host", "c1", "c1", "eth0"),
                            new SetMaster("host", "c1", "br0"),
                            new SetUp("host", "c1"),
                            AddAddress.of("c1", "eth0", CONTAINER_1 + "/24"),
                            new SetUp("c1", "eth0"),
                            new AddVeth("host", "c2", "c2", "eth0"),
                            new SetMaster("host", "c2", "br0"),
                            new SetUp("host", "c2"),
                            AddAddress.of("c2", "eth0", CONTAINER_2 + "/24"),
                            new SetUp("c2", "eth0"),
                            new AddVeth("host", "eth0", "world", "wan"),
                            AddAddress.of("host", "eth0", UPLINK + "/24"),
                            new SetUp("host", "eth0"),
                            AddAddress.of("world", "wan", ROUTER + "/24"),
                            new SetUp("world", "wan"),
                            new AddVeth("world", "lan", "client", "eth0"),
                            AddAddress.of("world", "lan", "203.0.113.1/24"),
                            new SetUp("world", "lan"),
                            AddAddress.of("client", "eth0", CLIENT + "/24"),
                            new SetUp("client", "eth0"),
                            new AddRoute("client", LabRoute.via("0.0.0.0/0", "203.0.113.1")),
                            SetSysctl.of("world", "1", "net", "ipv4", "ip_forward"),
                            new AddRoute("host", LabRoute.via("0.0.0.0/0", ROUTER)),
                            new AddRoute("c1", LabRoute.via("0.0.0.0/0", BRIDGE_ADDRESS)),
                            new AddRoute("c2", LabRoute.via("0.0.0.0/0", BRIDGE_ADDRESS)),
                            SetSysctl.of("host", "1", "net", "ipv4", "ip_forward")),
                    List.of(
                            new Situation(
                                    "c1-to-c2",
                                    List.of(),
                                    answered("c1", CONTAINER_2).notSentBy("host", "br0")),
                            new Situation(
                                    "c2-to-c1",
                                    List.of(),
                                    answered("c2", CONTAINER_1).notSentBy("host", "br0")),
                            new Situation(
                                    "host-to-service",
                                    List.of(),
                                    echo("host", CONTAINER_1, SERVICE_PORT, SERVICE)),
                            new Situation(
                                    "outside-without-nat",
                                    List.of(),
                                    unanswered("c1", CLIENT).sentBy("host", "eth0", CONTAINER_1)),
                            new Situation(
                                    "outside-with-nat",
                                    List.of(new Masquerade("host", CONTAINERS, "br0")),
                                    answered("c1", CLIENT).sentBy("host", "eth0", UPLINK)),
                            new Situation(
                                    "published-port",
                                    List.of(
                                            new PublishPort(
                                                    "host",
                                                    PUBLISHED_PORT,
                                                    IpPrefix.parseAddress(CONTAINER_1),
                                                    SERVICE_PORT)),
                                    echo("client", UPLINK, PUBLISHED_PORT, SERVICE))));

    private BridgeLab() {}
}
