package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known about a directory, when others change it, the log is damaged, or the machine has
/// been started anew.
final class LeasesTest {
    private static final Boot NEXT_BOOT = Network.boot(2);

    @TempDir Path data;
    private Network network;
    private final List<String> accesses = new ArrayList<>();

    @BeforeEach
    void prepare() {
        network = Network.of(data, "10.1.0.0/24");
    }

    private HostLocal observed() {
        return Network.plugin(Network.BOOT, accesses::add);
    }

    private long count(String access) {
        return accesses.stream().filter(each -> each.startsWith(access)).count();
    }

    @Test
    void foreignChange_isSeen() {
        HostLocal warm = observed();
        network.add(warm, "a");
        network.write("10.1.0.3", "other\r\neth0");
        assertThat(network.add(warm, "b")).isEqualTo("10.1.0.4/24");
        network.delete(warm, "other");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2", "10.1.0.4"));
        network.remove("10.1.0.2");
        network.write("last_reserved_ip.0", "10.1.0.254");
        assertThat(network.add(warm, "c")).isEqualTo("10.1.0.2/24");
    }

    @Test
    void foreignChange_isReadAlone() throws Exception {
        HostLocal warm = observed();
        for (int i = 0; i < 50; i++) {
            network.add(warm, "c" + i);
        }
        backdate();
        network.status(warm);
        network.write("10.1.0.200", "other\r\neth0");
        accesses.clear();
        network.status(warm);
        assertThat(count("list ")).isEqualTo(1);
        assertThat(count("read " + network.directory() + "/10.")).isEqualTo(1);
    }

    /// As if all leases were written a while ago: those of the last moment are read again.
    private void backdate() throws IOException {
        for (String name : network.leased()) {
            Files.setLastModifiedTime(
                    network.directory().resolve(name), FileTime.fromMillis(1_700_000_000_000L));
        }
        Files.delete(network.log());
        network.write("unrelated", "");
    }

    @Test
    void ownerReplacedWithinATick_isRead() throws Exception {
        HostLocal warm = observed();
        network.add(warm, "a");
        Path lease = network.directory().resolve("10.1.0.2");
        FileTime time = Files.getLastModifiedTime(lease);
        network.remove("10.1.0.2");
        network.write("10.1.0.2", "b\r\neth0");
        Files.setLastModifiedTime(lease, time);
        network.delete(warm, "a");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2"));
        network.delete(warm, "b");
        assertThat(network.leased()).isEmpty();
    }

    @Test
    void anotherProcess_isFollowedThroughTheLog() {
        HostLocal warm = observed();
        network.add(warm, "a");
        network.add(Network.plugin(), "b");
        network.delete(Network.plugin(), "a");
        accesses.clear();
        network.delete(warm, "b");
        assertThat(network.leased()).isEmpty();
        assertThat(count("list ")).isZero();
        assertThat(count("read " + network.log())).isEqualTo(1);
    }

    @Test
    void removedDirectory_isMadeAgain() throws Exception {
        HostLocal warm = observed();
        network.add(warm, "a");
        for (String name : network.files().keySet()) {
            network.remove(name);
        }
        Files.delete(network.directory());
        assertThat(network.add(warm, "b")).isEqualTo("10.1.0.2/24");
    }

    @Test
    void damagedLog_isMadeAgain() throws Exception {
        network.add(Network.plugin(), "a");
        network.add(Network.plugin(), "b");
        String whole = Files.readString(network.log());
        for (String damaged :
                List.of(
                        "",
                        "nonsense",
                        whole.replace("weft-leases 1", "weft-leases 2"),
                        whole.substring(0, whole.length() - 3),
                        whole + "+ 10.1.0.9 1 x",
                        whole + "+ 10.1.0.9 1 x y",
                        whole.replace("10.1.0.2 ", "10.1.0.02 "),
                        whole.replace("eth0", "eth%zz"),
                        whole.replace("= ", "= x"))) {
            Files.writeString(network.log(), damaged);
            network.check(Network.plugin(), "a");
            network.check(Network.plugin(), "b");
            network.add(Network.plugin(), "c");
            network.delete(Network.plugin(), "c");
            assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2", "10.1.0.3"));
        }
    }

    @Test
    void longLog_isWrittenAnew() throws Exception {
        HostLocal warm = observed();
        for (int i = 0; i < 400; i++) {
            network.add(warm, "c" + i);
            network.delete(warm, "c" + i);
        }
        assertThat(count("replace ")).isGreaterThan(2);
        assertThat(Files.readAllLines(network.log())).hasSizeLessThan(300);
        accesses.clear();
        network.status(observed());
        assertThat(count("list ")).isZero();
    }

    @Test
    void logThatCannotBeWritten_doesNotHinder() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve(".net.weft"), "no directory");
        HostLocal warm = observed();
        network.add(warm, "a");
        network.add(Network.plugin(), "b");
        network.check(warm, "b");
        network.delete(warm, "a");
        network.delete(Network.plugin(), "b");
        assertThat(network.leased()).isEmpty();
    }

    @Test
    void leasesOfAnEarlierBoot_areReleased() {
        network.add(Network.plugin(), "a");
        network.write("10.1.0.9", "reference\r\neth0");
        network.add(Network.plugin(), "b");
        network.write("10.1.0.3", "reused by the reference plugin\r\neth0");
        network.write("10.1.0.10", "new from the reference plugin\r\neth0");
        HostLocal next = Network.plugin(NEXT_BOOT, accesses::add);
        assertThat(network.add(next, "c")).isEqualTo("10.1.0.4/24");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.3", "10.1.0.4", "10.1.0.10"));
        network.add(Network.plugin(NEXT_BOOT, accesses::add), "d");
        network.check(next, "c");
        network.check(next, "d");
    }

    @Test
    void leasesOfAnotherMachine_areKept() {
        network.add(Network.plugin(), "a");
        HostLocal other = Network.plugin(new Boot("other", NEXT_BOOT.id()), accesses::add);
        network.add(other, "b");
        network.check(Network.plugin(), "a");
        network.check(Network.plugin(NEXT_BOOT, accesses::add), "a");
        network.add(Network.plugin(new Boot("other", Network.boot(3).id()), accesses::add), "c");
        assertThat(network.leased()).hasSize(3);
    }

    @Test
    void newBootWithoutLog_keepsItsOwnLeases() throws Exception {
        network.add(Network.plugin(), "a");
        Path hidden = data.resolve("hidden");
        HostLocal next =
                Network.plugin(
                        NEXT_BOOT,
                        access -> {
                            if (access.startsWith("replace ")) {
                                throw new CniException(ErrorCode.IO_FAILURE, "full " + hidden);
                            }
                        });
        network.add(next, "b");
        network.write("unrelated", "");
        network.check(next, "b");
        network.check(Network.plugin(NEXT_BOOT, accesses::add), "b");
        assertThatThrownBy(() -> network.check(next, "a")).hasMessageContaining("Failed to find");
    }

    @Test
    void exhaustedPool_isCompared() throws Exception {
        Network small = Network.of(data, "10.1.0.0/30");
        HostLocal warm = observed();
        small.add(warm, "a");
        FileTime time = Files.getLastModifiedTime(small.directory());
        small.remove("10.1.0.2");
        Files.setLastModifiedTime(small.directory(), time);
        assertThat(small.add(warm, "b")).isEqualTo("10.1.0.2/30");
    }

    /// The log tells of sixty thousand leases, and is believed. None of them has a file: what
    /// looked at any would see that.
    @Test
    void sixtyThousandLeases_areNotTouched() throws Exception {
        Network large = Network.of(data, "10.0.0.0/15");
        large.add(Network.plugin(), "real");
        LeaseIndex index = new LeaseIndex();
        IpNumber address = IpNumber.tryParse("10.0.0.2").orElseThrow();
        for (int i = 0; i < 60_000; i++) {
            index.put(new Lease(address, new AttachmentId("c" + i, "eth0"), 1));
            address = address.next();
        }
        long stamp = LeaseFiles.nanos(Files.getLastModifiedTime(large.directory()).toInstant());
        new LeaseLog(data.resolve(".net.weft"), Network.BOOT, new Disk(_ -> {}))
                .rewrite(index, stamp);
        HostLocal plugin = observed();
        for (int i = 0; i < 3; i++) {
            accesses.clear();
            assertThat(large.add(plugin, "next")).isEqualTo(address + "/15");
            large.check(plugin, "next");
            large.delete(plugin, "next");
            address = address.next();
            assertThat(accesses).hasSizeLessThan(30);
            assertThat(count("list ")).isZero();
        }
        assertThat(large.levels(plugin).getFirst().taken()).isEqualTo(BigInteger.valueOf(60_000));
    }
}
