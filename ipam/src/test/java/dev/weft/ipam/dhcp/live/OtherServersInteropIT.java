package dev.weft.ipam.dhcp.live;

import static dev.weft.testkit.Command.isInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The servers of ISC: they send and receive frames themselves, where dnsmasq leaves it to the
/// kernel.
@Timeout(180)
final class OtherServersInteropIT {
    /// A server and the words of its log.
    enum Peer {
        KEA(
                "kea-dhcp4",
                "DHCP4_STARTED",
                "has been allocated",
                "was released",
                """
                {"Dhcp4": {
                  "interfaces-config": {"interfaces": ["srv"], "dhcp-socket-type": "raw"},
                  "lease-database": {"type": "memfile", "persist": false},
                  "valid-lifetime": 4,
                  "subnet4": [{"subnet": "10.9.0.0/24",
                    "pools": [{"pool": "10.9.0.100-10.9.0.120"}],
                    "option-data": [{"name": "routers", "data": "10.9.0.1"}]}],
                  "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                    "output_options": [{"output": "stdout", "flush": true}]}]}}
                """) {
            @Override
            List<String> command(Path configuration) {
                return List.of(
                        "env",
                        "KEA_LOCKFILE_DIR=none",
                        "KEA_PIDFILE_DIR=" + configuration.getParent(),
                        program,
                        "-c",
                        configuration.toString());
            }
        },
        ISC(
                "dhcpd",
                "Server starting service",
                "DHCPACK on",
                "DHCPRELEASE of",
                """
                authoritative;
                default-lease-time 4;
                max-lease-time 4;
                ping-check false;
                subnet 10.9.0.0 netmask 255.255.255.0 {
                  range 10.9.0.100 10.9.0.120;
                  option routers 10.9.0.1;
                }
                """) {
            @Override
            List<String> command(Path configuration) throws IOException {
                Path leases = Files.createFile(configuration.resolveSibling("dhcpd.leases"));
                return List.of(
                        program,
                        "-4",
                        "-f",
                        "-d",
                        "-cf",
                        configuration.toString(),
                        "-lf",
                        leases.toString(),
                        "--no-pid",
                        "srv");
            }
        };

        final String program;
        private final String ready;
        private final String granted;
        private final String released;
        private final String configuration;

        Peer(String program, String ready, String granted, String released, String configuration) {
            this.program = program;
            this.ready = ready;
            this.granted = granted;
            this.released = released;
            this.configuration = configuration;
        }

        abstract List<String> command(Path configuration) throws IOException;

        DhcpServer start(Path directory) throws IOException {
            Path file = Files.writeString(directory.resolve("server.conf"), configuration);
            return DhcpServer.start(command(file), ready);
        }
    }

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void lease_isGrantedExtendedAndReleased(Peer peer) throws IOException {
        assumeTrue(isInstalled(peer.program), peer.program + " is not installed");
        try (DhcpLab lab = new DhcpLab(directory)) {
            lab.plugIn();
            serve(peer, lab);
        }
    }

    private void serve(Peer peer, DhcpLab lab) throws IOException {
        try (DhcpServer server = peer.start(directory)) {
            String address = lab.add("").addresses().getFirst().address().toString();
            assertThat(address).matches("10\\.9\\.0\\.1\\d\\d/24");
            server.awaitLine(peer.granted);
            server.awaitLine(peer.granted);
            lab.awaitAddresses(address);
            lab.delete();
            server.awaitLine(peer.released);
        }
    }
}
