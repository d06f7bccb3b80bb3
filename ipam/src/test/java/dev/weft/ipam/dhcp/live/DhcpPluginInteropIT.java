package dev.weft.ipam.dhcp.live;

import static dev.weft.testkit.Command.isInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Result;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The plugin `dhcp` with real servers.
@Timeout(180)
final class DhcpPluginInteropIT {
    private static final String RANGE = "10.9.0.100,10.9.0.120,255.255.255.0,2m";

    @TempDir Path directory;
    private DhcpLab lab;

    @BeforeEach
    void open() {
        assumeTrue(isInstalled("dnsmasq"), "dnsmasq is not installed");
        lab = new DhcpLab(directory);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private DhcpServer dnsmasq(String... options) {
        return DhcpServer.dnsmasq(lab.serverLeases(), RANGE, options);
    }

    private static String addressOf(Result result) {
        return result.addresses().getFirst().address().toString();
    }

    @Test
    void add_bringsWhatTheServerGives_deleteGivesItBack() {
        try (DhcpServer server =
                dnsmasq(
                        "--dhcp-option=option:router,10.9.0.1",
                        "--dhcp-option=option:mtu,1400",
                        "--dhcp-option=option:dns-server,10.9.0.53")) {
            Result result = lab.add("");
            assertThat(addressOf(result)).matches("10\\.9\\.0\\.1\\d\\d/24");
            assertThat(result.addresses().getFirst().gateway().orElseThrow().getHostAddress())
                    .isEqualTo("10.9.0.1");
            assertThat(result.routes()).hasSize(1);
            assertThat(result.dns().nameservers()).containsExactly("10.9.0.53");
            assertThat(lab.inside("ip -o link show eth0")).contains("mtu 1400");
            assertThat(lab.holder().count()).isEqualTo(1);

            lab.delete();
            server.awaitLine("DHCPRELEASE(srv) " + addressOf(result).replace("/24", ""));
            assertThat(lab.holder().count()).isZero();
            assertThat(lab.leases()).isDirectoryNotContaining("glob:**.lease");
            lab.delete();
        }
    }

    @Test
    void lease_isRenewedInTime() {
        assumeTrue(isInstalled("busybox"), "busybox is not installed");
        try (DhcpServer server = DhcpServer.udhcpd(directory, 2)) {
            String address = addressOf(lab.add(""));
            server.awaitLine("sending ACK to " + address.replace("/24", ""));
            server.awaitLine("sending ACK to " + address.replace("/24", ""));
            server.awaitLine("sending ACK to " + address.replace("/24", ""));
            lab.awaitAddresses(address);
        }
    }

    @Test
    void serverOfAnotherRange_changesTheAddressInTheContainer() {
        String before;
        try (DhcpServer _ = dnsmasq("--dhcp-option-force=58,2", "--dhcp-option-force=59,3")) {
            before = addressOf(lab.add(""));
            lab.awaitAddresses(before);
        }
        try (DhcpServer server =
                DhcpServer.dnsmasq(
                        directory.resolve("others"), "10.9.0.7,10.9.0.7,255.255.255.0,2m")) {
            server.awaitLine("DHCPNAK(srv)");
            lab.awaitAddresses("10.9.0.7/24");
        }
        assertThat(before).isNotEqualTo("10.9.0.7/24");
    }

    @Test
    void leaseThatIsOver_isTakenFromTheContainer_andComesBackWithTheServer() {
        assumeTrue(isInstalled("busybox"), "busybox is not installed");
        String address;
        try (DhcpServer _ = DhcpServer.udhcpd(directory, 5)) {
            address = addressOf(lab.add(""));
            lab.awaitAddresses(address);
        }
        lab.awaitAddresses();
        assertThatThrownBy(() -> lab.plugin().check(lab.request(Command.CHECK, "", "")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("there is no DHCP lease");
        try (DhcpServer _ = DhcpServer.udhcpd(directory, 600)) {
            lab.awaitAddresses(address);
            assertThat(lab.inside("ip route show default")).contains("via 10.9.0.1");
        }
    }

    @Test
    void restart_keepsTheLease() {
        try (DhcpServer server = dnsmasq()) {
            String address = addressOf(lab.add(""));
            lab.restart();
            lab.plugin().check(lab.request(Command.CHECK, "", ""));
            assertThat(addressOf(lab.plugin().add(lab.request(Command.ADD, "", ""))))
                    .isEqualTo(address);
            server.awaitLine("DHCPACK(srv)");
            server.awaitLine("DHCPREQUEST(srv) " + address.replace("/24", ""));
            lab.delete();
            server.awaitLine("DHCPRELEASE(srv) " + address.replace("/24", ""));
        }
    }

    @Test
    void addressOfAnotherStation_isDeclined() throws InterruptedException {
        DhcpLab.run("ip address add 10.9.0.9/32 dev lo");
        try (DhcpServer server =
                DhcpServer.dnsmasq(lab.serverLeases(), "10.9.0.9,10.9.0.9,255.255.255.0,2m")) {
            Thread adding = Thread.ofPlatform().start(() -> assertThatThrownBy(() -> lab.add("")));
            server.awaitLine("DHCPDECLINE(srv) 10.9.0.9");
            adding.interrupt();
            adding.join();
        }
        assertThat(lab.holder().count()).isZero();
    }

    @Test
    void containerThatVanishes_endsItsLease() throws InterruptedException {
        assumeTrue(isInstalled("busybox"), "busybox is not installed");
        try (DhcpServer _ = DhcpServer.udhcpd(directory, 2)) {
            lab.add("");
            lab.vanish();
            lab.awaitJournal("its interface is gone");
            assertThat(lab.holder().count()).isZero();
            assertThat(lab.leases()).isDirectoryNotContaining("glob:**.lease");
        }
    }

    @Test
    void collect_releasesWhatIsNotValid() {
        try (DhcpServer server = dnsmasq()) {
            lab.add("");
            lab.plugin()
                    .collect(
                            lab.request(Command.GC, "", ""),
                            Set.of(new AttachmentId("c1", "eth0")));
            assertThat(lab.holder().count()).isEqualTo(1);
            lab.plugin().collect(lab.request(Command.GC, "", ""), Set.of());
            assertThat(lab.holder().count()).isZero();
            server.awaitLine("DHCPRELEASE(srv)");
        }
    }

    /// The first message of each exchange is lost on its way.
    @Test
    void lostMessages_areSentAgain() {
        DhcpLab.run("nft add table inet loss");
        DhcpLab.run("nft add chain inet loss in { type filter hook input priority 0 ; }");
        DhcpLab.run("nft add rule inet loss in udp dport 67 numgen inc mod 2 == 0 drop");
        try (DhcpServer server = dnsmasq()) {
            String address = addressOf(lab.add(""));
            server.awaitLine("DHCPACK(srv) " + address.replace("/24", ""));
        } finally {
            DhcpLab.run("nft delete table inet loss");
        }
    }
}
