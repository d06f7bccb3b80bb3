package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostLocalTest {
    @TempDir Path data;

    @Test
    void addresses_areGivenRoundRobin() {
        Network network = Network.of(data, "10.1.0.0/29");
        HostLocal plugin = Network.plugin();
        assertThat(network.add(plugin, "a")).isEqualTo("10.1.0.2/29");
        assertThat(network.add(plugin, "b")).isEqualTo("10.1.0.3/29");
        network.delete(plugin, "b");
        assertThat(network.add(plugin, "c")).isEqualTo("10.1.0.4/29");
        assertThat(network.add(plugin, "d")).isEqualTo("10.1.0.5/29");
        assertThat(network.add(plugin, "e")).isEqualTo("10.1.0.6/29");
        assertThat(network.add(plugin, "f")).isEqualTo("10.1.0.3/29");
        assertThatThrownBy(() -> network.add(plugin, "g"))
                .hasMessage(
                        "failed to allocate for range 0: no IP addresses available in range set:"
                                + " 10.1.0.1-10.1.0.6");
    }

    @Test
    void files_areThoseOfTheReference() throws Exception {
        Network network = Network.of(data, "10.1.0.0/24");
        network.add(Network.plugin(), "box");
        assertThat(network.files())
                .isEqualTo(
                        Map.of(
                                "10.1.0.2", "box\r\neth0",
                                "last_reserved_ip.0", "10.1.0.2",
                                "lock", ""));
        assertThat(mode("10.1.0.2")).isEqualTo("rw-------");
        assertThat(mode("last_reserved_ip.0")).isEqualTo("rw-------");
        assertThat(mode("lock")).isEqualTo("rwxr-x---");
        assertThat(mode("")).isEqualTo("rwxr-xr-x");
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("net").resolve(name)));
    }

    @Test
    void processesOneAfterTheOther_knowEachOthersLeases() {
        Network network = Network.of(data, "10.1.0.0/24");
        assertThat(network.add(Network.plugin(), "a")).isEqualTo("10.1.0.2/24");
        assertThat(network.add(Network.plugin(), "b")).isEqualTo("10.1.0.3/24");
        network.delete(Network.plugin(), "a");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.3"));
        network.check(Network.plugin(), "b");
        assertThatThrownBy(() -> network.check(Network.plugin(), "a"))
                .hasMessage("host-local: Failed to find address added by container a");
    }

    @Test
    void collection_removesWhatIsNotValid() {
        Network network = Network.of(data, "10.1.0.0/24");
        HostLocal plugin = Network.plugin();
        network.add(plugin, "a");
        network.add(plugin, "b");
        network.write("10.1.0.9", "b");
        network.write("10.1.0.10", "c");
        network.collect(plugin, "b");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.3", "10.1.0.9"));
    }
}
