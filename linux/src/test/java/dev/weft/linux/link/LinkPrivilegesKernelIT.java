package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.testkit.Command;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A process of its own that gave up CAP_NET_ADMIN: it may look, and is told what it lacks when it
/// wants to change something.
final class LinkPrivilegesKernelIT {
    /// An emulated one takes a while to start Java.
    private static final Duration SLOWEST_MACHINE = Duration.ofSeconds(60);

    /// What that process does.
    static final class Unprivileged {
        private Unprivileged() {}

        public static void main(String[] arguments) {
            try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
                Links links = new Links(socket);
                System.out.println("sees " + links.find("lo").orElseThrow().name());
                links.create(LinkRequest.of(LinkKind.BRIDGE, "br0"));
            } catch (KernelException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void create_withoutPrivilege_saysWhatIsMissing() throws URISyntaxException {
        String output =
                Command.of(
                                "setpriv",
                                "--bounding-set=-net_admin",
                                "--inh-caps=-net_admin",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classes(Links.class) + ":" + classes(LinkPrivilegesKernelIT.class),
                                Unprivileged.class.getName())
                        .within(SLOWEST_MACHINE)
                        .run()
                        .orFail()
                        .stdout();

        assertThat(output)
                .isEqualTo(
                        """
                        sees lo
                        cannot create bridge br0: EPERM (1, operation not permitted); run as root, or with \
                        CAP_NET_ADMIN in the user namespace that owns the network namespace
                        """);
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
