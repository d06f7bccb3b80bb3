package dev.weft.ipam.dhcp.live;

import static dev.weft.testkit.Command.isInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The servers of ISC. With DHCPv4 they send and receive frames themselves, where dnsmasq leaves it
/// to the kernel; their leases may be shorter than its two minutes.
@Timeout(180)
final class OtherServersInteropIT {
    private static final Duration LEASE = Duration.ofSeconds(4);

    /// What is asked for.
    enum Family {
        IPV4("", "10\\.9\\.0\\.1\\d\\d/24"),
        IPV6(", \"families\": [\"ipv6\"]", "fd09::1[0-9a-f]{2}/128");

        final String ipam;
        final String address;

        Family(String ipam, String address) {
            this.ipam = ipam;
            this.address = address;
        }
    }

    /// A server, how it is started in a directory, and the words of its log. It lends for [#LEASE],
    /// and wants to be asked again after a second.
    enum Peer {
        KEA_IPV4(
                Family.IPV4,
                "kea-dhcp4",
                kea("kea-dhcp4"),
                "DHCP4_STARTED",
                "has been allocated",
                "was released",
                """
                {"Dhcp4": {
                  "interfaces-config": {"interfaces": ["srv"], "dhcp-socket-type": "raw"},
                  "lease-database": {"type": "memfile", "persist": false},
                  "valid-lifetime": 4, "renew-timer": 1,
                  "subnet4": [{"subnet": "10.9.0.0/24",
                    "pools": [{"pool": "10.9.0.100-10.9.0.120"}],
                    "option-data": [{"name": "routers", "data": "10.9.0.1"}]}],
                  "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                    "output_options": [{"output": "stdout", "flush": true}]}]}}
                """),
        KEA_IPV6(
                Family.IPV6,
                "kea-dhcp6",
                kea("kea-dhcp6"),
                "DHCP6_STARTED",
                "has been allocated",
                "was released",
                """
                {"Dhcp6": {
                  "interfaces-config": {"interfaces": ["srv"]},
                  "lease-database": {"type": "memfile", "persist": false},
                  "server-id": {"type": "LL", "persist": false},
                  "preferred-lifetime": 4, "valid-lifetime": 4,
                  "renew-timer": 1, "rebind-timer": 3,
                  "subnet6": [{"subnet": "fd09::/64", "interface": "srv",
                    "pools": [{"pool": "fd09::100-fd09::1ff"}]}],
                  "loggers": [{"name": "kea-dhcp6", "severity": "INFO",
                    "output_options": [{"output": "stdout", "flush": true}]}]}}
                """),
        ISC_IPV4(
                Family.IPV4,
                "dhcpd",
                dhcpd("-4"),
                "Server starting service",
                "DHCPACK on",
                "DHCPRELEASE of",
                """
                authoritative;
                default-lease-time 4;
                max-lease-time 4;
                option dhcp-renewal-time 1;
                dhcp-cache-threshold 0;
                ping-check false;
                subnet 10.9.0.0 netmask 255.255.255.0 {
                  range 10.9.0.100 10.9.0.120;
                  option routers 10.9.0.1;
                }
                """),
        ISC_IPV6(
                Family.IPV6,
                "dhcpd",
                dhcpd("-6"),
                "Server starting service",
                "Reply NA: address",
                "releases address",
                """
                authoritative;
                default-lease-time 4;
                preferred-lifetime 4;
                dhcp-cache-threshold 0;
                option dhcp-renewal-time 1;
                option dhcp-rebinding-time 3;
                subnet6 fd09::/64 { range6 fd09::100 fd09::1ff; }
                """);

        final Family family;
        final String program;
        private final String command;
        private final String ready;
        final String granted;
        final String released;
        private final String configuration;

        Peer(
                Family family,
                String program,
                String command,
                String ready,
                String granted,
                String released,
                String configuration) {
            this.family = family;
            this.program = program;
            this.command = command;
            this.ready = ready;
            this.granted = granted;
            this.released = released;
            this.configuration = configuration;
        }

        DhcpServer start(Path directory) throws IOException {
            Files.writeString(directory.resolve("server.conf"), configuration);
            Files.createFile(directory.resolve("server.leases"));
            return DhcpServer.start(
                    Stream.of(command.split(" ", -1))
                            .map(word -> word.replace("DIRECTORY", directory.toString()))
                            .toList(),
                    ready);
        }

        private static String kea(String program) {
            return "env KEA_LOCKFILE_DIR=none KEA_PIDFILE_DIR=DIRECTORY "
                    + program
                    + " -c DIRECTORY/server.conf";
        }

        private static String dhcpd(String family) {
            return "dhcpd "
                    + family
                    + " -f -d --no-pid -cf DIRECTORY/server.conf -lf DIRECTORY/server.leases srv";
        }
    }

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void lease_isGrantedExtendedAndReleased(Peer peer) throws IOException {
        assumeTrue(isInstalled(peer.program), peer.program + " is not installed");
        try (DhcpLab lab = new DhcpLab(directory)) {
            lab.enableIpv6();
            lab.plugIn();
            serve(peer, lab);
        }
    }

    private void serve(Peer peer, DhcpLab lab) throws IOException {
        try (DhcpServer server = peer.start(directory)) {
            String address = lab.add(peer.family.ipam).addresses().getFirst().address().toString();
            assertThat(address).matches(peer.family.address);
            awaitExtensions(peer, server);
            assertThat(lab.journal()).isEmpty();
            assertThat(lab.inside("ip -o address show dev eth0 scope global")).contains(address);
            lab.delete();
            server.awaitLine(peer.released);
        }
    }

    /// Waits until the server grants what the client asks for after the end of its first lease. One
    /// that did not hear the server extend that lease has noted by then that it lost it.
    private static void awaitExtensions(Peer peer, DhcpServer server) {
        long end = System.nanoTime() + LEASE.toNanos();
        do {
            server.awaitLine(peer.granted);
        } while (System.nanoTime() < end);
    }
}
