package dev.weft.ipam.dhcp.live;

import static dev.weft.testkit.Command.isInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The plugin `dhcp` with addresses of IPv6, lent by dnsmasq.
@Timeout(180)
final class Dhcpv6PluginInteropIT {
    private static final String BOTH = ", \"families\": [\"ipv4\", \"ipv6\"]";
    private static final String ONLY = ", \"families\": [\"ipv6\"]";
    private static final String RANGE = "10.9.0.100,10.9.0.120,255.255.255.0,2m";

    @TempDir Path directory;
    private DhcpLab lab;

    @BeforeEach
    void open() {
        assumeTrue(isInstalled("dnsmasq"), "dnsmasq is not installed");
        lab = new DhcpLab(directory);
        lab.enableIpv6();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private DhcpServer dnsmasq(Path leases, String range) {
        return DhcpServer.dnsmasq(
                leases,
                RANGE,
                "--dhcp-range=" + range,
                "--dhcp-option=option:dns-server,10.9.0.53",
                "--dhcp-option=option6:dns-server,[fd09::53]",
                "--dhcp-option=option6:domain-search,a.example");
    }

    private static List<String> addressesOf(Result result) {
        return result.addresses().stream()
                .map(ResultAddress::address)
                .map(Object::toString)
                .toList();
    }

    private String leased() {
        return lab.inside("ip -6 -o address show dev eth0 scope global");
    }

    private void check(String ipam) {
        lab.plugin().check(lab.request(Command.CHECK, ipam, ""));
    }

    @Test
    void addressesOfBothFamilies_areHad_heldOverARestart_andGivenBack() {
        try (DhcpServer server = dnsmasq(lab.serverLeases(), "fd09::100,fd09::1ff,64,1h")) {
            Result result = lab.add(BOTH);
            assertThat(addressesOf(result)).hasSize(2);
            assertThat(addressesOf(result).getFirst()).startsWith("10.9.0.1");
            String address = addressesOf(result).getLast();
            assertThat(address).startsWith("fd09::1").endsWith("/128");
            assertThat(result.dns().nameservers()).containsExactly("10.9.0.53", "fd09::53");
            assertThat(result.dns().search()).containsExactly("a.example");
            assertThat(leased()).contains(address);
            assertThat(lab.holder().count()).isEqualTo(2);
            check(BOTH);

            lab.restart();
            check(BOTH);
            assertThat(addressesOf(lab.plugin().add(lab.request(Command.ADD, BOTH, ""))))
                    .isEqualTo(addressesOf(result));

            lab.delete();
            // The client, by its identifier.
            server.awaitLine("DHCPRELEASE(srv) 00:04:");
            assertThat(lab.holder().count()).isZero();
            assertThat(lab.leases()).isDirectoryNotContaining("glob:**.lease*");
        }
    }

    /// What the server does not lend on this link any more is taken away.
    @Test
    void serverOfAnotherPrefix_changesTheAddressInTheContainer() throws InterruptedException {
        String before;
        try (DhcpServer _ = dnsmasq(lab.serverLeases(), "fd09::100,fd09::1ff,64,1h")) {
            before = addressesOf(lab.add(ONLY)).getFirst();
            assertThat(leased()).contains(before);
        }
        DhcpLab.run("ip address del fd09::1/64 dev srv");
        DhcpLab.run("ip address add fd07::1/64 dev srv nodad");
        try (DhcpServer _ = dnsmasq(directory.resolve("others"), "fd07::100,fd07::1ff,64,1h")) {
            lab.restart();
            lab.awaitJournal("lost its addresses, REFUSED");
            lab.awaitJournal("has [fd07::1");
            lab.restart();
            assertThat(leased()).contains("fd07::1").doesNotContain("fd09::");
            assertThatThrownBy(() ->
                            lab.plugin()
                                    .check(
                                            lab.request(
                                                    Command.CHECK,
                                                    ONLY,
                                                    ", \"prevResult\": {\"cniVersion\": \"1.1.0\","
                                                            + " \"ips\": [{\"address\": \""
                                                            + before
                                                            + "\"}]}")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("fd07::1");
        }
    }
}
