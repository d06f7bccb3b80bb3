package dev.weft.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NamedNamespaces;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.packet.IcmpSocket;
import dev.weft.linux.packet.IcmpSocketOptions;
import dev.weft.linux.packet.PacketSocket;
import dev.weft.linux.packet.PacketSocketOptions;
import dev.weft.linux.packet.TunQueue;
import dev.weft.linux.packet.TunRequest;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.RouteType;
import dev.weft.linux.route.Routes;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// A process of its own that gave up every capability: it may look, and is told what it lacks when
/// it wants to change something.
final class PrivilegesKernelIT {
    /// An emulated one takes a while to start Java.
    private static final Duration SLOWEST_MACHINE = Duration.ofSeconds(60);

    private static final String ADVICE =
            ": EPERM (1, operation not permitted); run as root, or with CAP_NET_ADMIN (CAP_NET_RAW"
                    + " for packet and ICMP sockets, CAP_SYS_ADMIN to make or enter namespaces) in"
                    + " the user namespace that owns the network namespace";

    /// What that process does.
    static final class Unprivileged {
        private static final NetworkNamespace OWN = NetworkNamespace.current();

        private Unprivileged() {}

        public static void main(String[] arguments) {
            try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
                Links links = new Links(socket);
                int lo = links.find("lo").orElseThrow().index();
                System.out.println("sees " + links.list().size() + " link");
                attempt(() -> links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")));
                attempt(() -> {
                    links.delete(lo);
                    return "deleted";
                });
                attempt(() -> {
                    IpPrefix address = IpPrefix.parse("10.0.0.1/8");
                    new Addresses(socket).add(lo, AddressRequest.of(address));
                    return "added";
                });
                attempt(() -> {
                    IpPrefix nowhere = IpPrefix.parse("10.0.0.0/8");
                    new Routes(socket).add(RouteRequest.to(nowhere).type(RouteType.BLACKHOLE));
                    return "added";
                });
                attempt(() -> PacketSocket.open(OWN, PacketSocketOptions.on(lo)));
            }
            attempt(NetworkNamespace::create);
            attempt(() -> NamedNamespaces.create("blue"));
        }

        private static void attempt(Supplier<?> action) {
            try {
                System.out.println(action.get());
            } catch (LinuxException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    /// Sockets are opened inside of a namespace, which takes a capability of its own.
    static final class WithoutRawSockets {
        private WithoutRawSockets() {}

        public static void main(String[] arguments) {
            try (NetworkNamespace own = NetworkNamespace.current()) {
                Unprivileged.attempt(() -> PacketSocket.open(own, PacketSocketOptions.on(1)));
                Unprivileged.attempt(() -> IcmpSocket.open(own, IcmpSocketOptions.ipv6()));
                Unprivileged.attempt(() -> TunQueue.open(own, TunRequest.tun("tun0")));
            }
        }
    }

    @Test
    void everyChange_withoutPrivilege_saysWhatWasTriedAndWhatIsMissing() {
        try (Sandbox sandbox = new Sandbox()) {
            assertThat(output(sandbox, "-all", Unprivileged.class).lines())
                    .containsExactly(
                            "sees 1 link",
                            "cannot create bridge br0" + ADVICE,
                            "cannot delete link 1" + ADVICE,
                            "cannot add address 10.0.0.1/8 of link 1" + ADVICE,
                            "cannot add blackhole route to 10.0.0.0/8" + ADVICE,
                            "cannot enter namespace " + sandbox.namespace() + ADVICE,
                            "cannot create network namespace" + ADVICE,
                            "cannot create network namespace" + ADVICE);
            assertThat(sandbox.links().list()).hasSize(1);
            assertThat(sandbox.routes().list()).isEmpty();
            assertThat(NamedNamespaces.pathOf("blue")).doesNotExist();
        }
    }

    @Test
    void socketsAndDevices_withoutPrivilege_sayWhatIsMissing() {
        KernelFeature.assumeMachineRoot("open /dev/net/tun");
        try (Sandbox sandbox = new Sandbox()) {
            assertThat(output(sandbox, "-net_raw,-net_admin", WithoutRawSockets.class).lines())
                    .containsExactly(
                            "cannot open packet socket on link 1" + ADVICE,
                            "cannot open ICMPv6 socket of namespace "
                                    + sandbox.namespace()
                                    + ADVICE,
                            "cannot open queue of TUN device tun0" + ADVICE);
        }
    }

    private static String output(Sandbox sandbox, String capabilities, Class<?> program) {
        return Command.of(
                        "nsenter",
                        "--net=" + sandbox.namespace().path(),
                        "setpriv",
                        "--bounding-set=" + capabilities,
                        "--inh-caps=" + capabilities,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .within(SLOWEST_MACHINE)
                .run()
                .orFail()
                .stdout();
    }
}
