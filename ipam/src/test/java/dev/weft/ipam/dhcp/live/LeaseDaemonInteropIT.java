package dev.weft.ipam.dhcp.live;

import static dev.weft.testkit.Command.isInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Plugins that are processes of one call, and the daemon.
@Timeout(180)
final class LeaseDaemonInteropIT {
    @TempDir Path directory;
    private DhcpLab lab;
    private DhcpServer server;

    @BeforeEach
    void open() {
        assumeTrue(isInstalled("dnsmasq"), "dnsmasq is not installed");
        lab = new DhcpLab(directory);
        server = DhcpServer.dnsmasq(lab.serverLeases(), "10.9.0.100,10.9.0.120,255.255.255.0,2m");
    }

    @AfterEach
    void close() {
        server.close();
        lab.close();
    }

    private Path socket() {
        return directory.resolve(LeaseDaemon.SOCKET);
    }

    private DaemonPlugin plugin() {
        return new DaemonPlugin(socket(), directory);
    }

    @Test
    void callsThroughTheDaemon_areServedAsInProcess_andDeleteNeedsNone()
            throws IOException, InterruptedException {
        String address;
        Thread serving;
        try (LeaseDaemon daemon = LeaseDaemon.open(socket(), lab.holder(), _ -> {})) {
            serving = Thread.ofPlatform().start(daemon::run);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
            plugin().status(lab.request(Command.STATUS, "", ""));
            Result result = plugin().add(lab.request(Command.ADD, "", ""));
            address = result.addresses().getFirst().address().toString();
            assertThat(address).startsWith("10.9.0.1");
            plugin().check(lab.request(Command.CHECK, "", ""));
            assertThatThrownBy(() ->
                            plugin().add(lab.request(Command.ADD, ", \"priority\": \"x\"", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("priority");
        }
        serving.join();
        lab.holder().close();
        assertThatThrownBy(() -> plugin().check(lab.request(Command.CHECK, "", "")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("weft dhcp daemon");
        plugin().delete(lab.request(Command.DEL, "", ""));
        server.awaitLine("DHCPRELEASE(srv) " + address.replace("/24", ""));
        assertThat(lab.leases()).isDirectoryNotContaining("glob:**.lease");
    }

    @Test
    void secondHolderOfTheSameLeases_isRefused() {
        lab.holder().own();
        try (LeaseHolder other = new LeaseHolder(directory, _ -> {})) {
            assertThatThrownBy(other::own)
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("another process holds");
        }
    }
}
