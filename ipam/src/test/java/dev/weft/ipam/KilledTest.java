package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.AttachmentId;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operation that dies before each of its accesses to the disk, and is then repeated by another
/// process, or by one that was there before.
final class KilledTest {
    @TempDir Path data;

    /// The end of a process, which runs no more of its code.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Dies before the nth access.
    private static final class Death implements Consumer<String> {
        private int left;

        Death(int accesses) {
            this.left = accesses;
        }

        @Override
        public void accept(String access) {
            if (left-- == 0) {
                throw new Killed();
            }
        }
    }

    private interface Operation {
        void run(Network network, HostLocal plugin);
    }

    /// @return whether the operation died
    private static boolean isKilled(Network network, int accesses, Operation operation) {
        try {
            operation.run(network, Network.plugin(Network.BOOT, new Death(accesses)));
            return false;
        } catch (Killed expected) {
            return true;
        }
    }

    private Network network(int number) {
        return Network.ofIpam(
                data.resolve(Integer.toString(number)),
                "\"ranges\": [[{\"subnet\": \"10.1.0.0/24\"}], [{\"subnet\": \"fd00::/64\"}]]");
    }

    @Test
    void killedAddition_isDeletedAndRepeated() {
        int accesses = 0;
        while (true) {
            Network network = network(accesses);
            HostLocal witness = Network.plugin();
            network.add(witness, "before");
            if (!isKilled(network, accesses, (of, plugin) -> of.add(plugin, "box"))) {
                break;
            }
            network.delete(Network.plugin(), "box");
            assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2", "fd00::2"));
            assertThat(network.files()).hasSizeBetween(5, 5);
            String given = network.add(witness, "box");
            assertThat(given).matches("10\\.1\\.0\\.[34]/24,fd00::[34]/64");
            network.check(Network.plugin(), "box");
            network.check(Network.plugin(), "before");
            accesses++;
        }
        assertThat(accesses).isGreaterThan(12);
    }

    @Test
    void killedDeletion_isRepeated() {
        int accesses = 0;
        while (true) {
            Network network = network(accesses);
            HostLocal witness = Network.plugin();
            network.add(witness, "before");
            network.add(witness, "box");
            if (!isKilled(network, accesses, (of, plugin) -> of.delete(plugin, "box"))) {
                break;
            }
            network.delete(accesses % 2 == 0 ? witness : Network.plugin(), "box");
            assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2", "fd00::2"));
            network.check(Network.plugin(), "before");
            assertThatThrownBy(() -> network.check(witness, "box")).isNotNull();
            accesses++;
        }
        assertThat(accesses).isGreaterThan(7);
    }

    @Test
    void killedCollection_isRepeated() {
        int accesses = 0;
        while (true) {
            Network network = network(accesses);
            HostLocal witness = Network.plugin();
            for (String container : Set.of("a", "b", "c")) {
                network.add(witness, container);
            }
            if (!isKilled(network, accesses, (of, plugin) -> of.collect(plugin, "b"))) {
                break;
            }
            network.collect(Network.plugin(), "b");
            assertThat(network.leased()).hasSize(2);
            network.check(witness, "b");
            accesses++;
        }
        assertThat(accesses).isGreaterThan(7);
    }

    @Test
    void killedComparison_isRepeated() {
        int accesses = 0;
        while (true) {
            Network network = network(accesses);
            network.add(Network.plugin(), "a");
            network.write("10.1.0.3", "");
            network.write("10.1.0.4", "foreign\r\neth0");
            if (!isKilled(network, accesses, (of, plugin) -> of.add(plugin, "box"))) {
                break;
            }
            network.delete(Network.plugin(), "box");
            assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2", "fd00::2", "10.1.0.4"));
            accesses++;
        }
        assertThat(accesses).isGreaterThan(20);
    }

    @Test
    void ownersAreReadAsTheyAreWritten() {
        assertThat(LeaseFiles.owner("box\r\neth0")).isEqualTo(new AttachmentId("box", "eth0"));
        assertThat(LeaseFiles.owner(" box\n")).isEqualTo(new AttachmentId("box", ""));
    }
}
