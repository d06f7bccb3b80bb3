package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Result;
import java.math.BigInteger;
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

    @Test
    void dualStack_givesOneOfEachSet() {
        Network network =
                Network.ofIpam(
                        data,
                        "\"ranges\": [[{\"subnet\": \"10.1.0.0/24\"}], [{\"subnet\":"
                                + " \"fd00::/64\", \"gateway\": \"fd00::ff\"}]], \"routes\":"
                                + " [{\"dst\": \"::/0\"}]");
        Result result = Network.plugin().add(network.request(Command.ADD, "box", ""));
        assertThat(result.addresses())
                .hasToString(
                        "[ResultAddress[interfaceIndex=OptionalInt.empty, address=10.1.0.2/24,"
                                + " gateway=Optional[/10.1.0.1]], "
                                + "ResultAddress[interfaceIndex=OptionalInt.empty,"
                                + " address=fd00::1/64, gateway=Optional[/fd00:0:0:0:0:0:0:ff]]]");
        assertThat(result.routes()).hasSize(1);
        assertThat(network.files())
                .containsKeys("10.1.0.2", "fd00::1", "last_reserved_ip.0", "last_reserved_ip.1");
        assertThat(network.withVersion("0.1.0").add(Network.plugin(), "old"))
                .isEqualTo("10.1.0.3/24,fd00::2/64");
    }

    @Test
    void requestedAddress_isGivenOrTheReasonTold() {
        Network network = Network.of(data, "10.1.0.0/24");
        HostLocal plugin = Network.plugin();
        assertThat(network.add(plugin, "a", "IP=10.1.0.77/8")).isEqualTo("10.1.0.77/24");
        assertThat(network.add(plugin, "b")).isEqualTo("10.1.0.78/24");
        assertThatThrownBy(() -> network.add(plugin, "c", "IP=10.1.0.77"))
                .hasMessage(
                        "failed to allocate for range 0: requested IP address 10.1.0.77 is not"
                                + " available in range set 10.1.0.1-10.1.0.254");
        assertThatThrownBy(() -> network.add(plugin, "c", "IP=10.1.0.1"))
                .hasMessage(
                        "failed to allocate for range 0: requested ip 10.1.0.1 is subnet's"
                                + " gateway");
    }

    @Test
    void leftOverRequests_failAndTakeNothing() {
        Network network =
                Network.of(data, "10.1.0.0/24")
                        .with("\"runtimeConfig\": {\"ips\": [\"10.1.0.5\", \"10.1.0.6\"]}");
        HostLocal plugin = Network.plugin();
        assertThatThrownBy(() -> network.add(plugin, "a", "IP=10.9.0.1"))
                .hasMessage("failed to allocate all requested IPs: 10.9.0.1 10.1.0.6");
        assertThat(network.leased()).isEmpty();
    }

    @Test
    void failureHalfway_keepsWhatWasThereBefore() {
        Network first = Network.of(data, "10.1.0.0/24");
        HostLocal plugin = Network.plugin();
        first.add(plugin, "a");
        Network both =
                Network.ofIpam(
                        data,
                        "\"ranges\": [[{\"subnet\": \"10.2.0.0/24\"}],"
                                + " [{\"subnet\": \"10.1.0.0/24\"}]]");
        assertThatThrownBy(() -> both.add(plugin, "a"))
                .hasMessage(
                        "failed to allocate for range 1: 10.1.0.2 has been allocated to a,"
                                + " duplicate allocation is not allowed");
        assertThat(first.leased()).isEqualTo(Set.of("10.1.0.2"));
        first.delete(plugin, "a");
        assertThat(both.add(plugin, "a")).isEqualTo("10.2.0.3/24,10.1.0.2/24");
    }

    @Test
    void deletion_needsOnlyTheDirectory() {
        Network network = Network.of(data, "10.1.0.0/24");
        network.add(Network.plugin(), "a");
        network.add(Network.plugin(), "b");
        Network broken = Network.ofIpam(data, "\"ranges\": [[{\"subnet\": \"nonsense\"}]]");
        broken.delete(Network.plugin(), "a");
        Network.ofIpam(data, "").delete(Network.plugin(), "b");
        assertThat(network.leased()).isEmpty();
        network.delete(Network.plugin(), "b");
    }

    @Test
    void deletionWithoutDirectory_makesNone() {
        Network network = Network.of(data.resolve("absent"), "10.1.0.0/24");
        network.delete(Network.plugin(), "a");
        network.collect(Network.plugin());
        assertThatThrownBy(() -> network.check(Network.plugin(), "a"))
                .hasMessageContaining("Failed to find address");
        assertThat(data.resolve("absent")).doesNotExist();
    }

    @Test
    void legacyLeases_areHonoured() {
        Network network = Network.of(data, "10.1.0.0/24");
        network.write("10.1.0.2", "old");
        network.write("10.1.0.3", " other\n");
        HostLocal plugin = Network.plugin();
        network.check(plugin, "old");
        assertThatThrownBy(() -> network.add(plugin, "old")).hasMessageContaining("duplicate");
        assertThat(network.add(plugin, "new")).isEqualTo("10.1.0.4/24");
        network.delete(plugin, "old");
        network.delete(plugin, "other");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.4"));
    }

    @Test
    void emptyLeases_areReclaimed() {
        Network network = Network.of(data, "10.1.0.0/30");
        network.write("10.1.0.2", "");
        assertThat(network.add(Network.plugin(), "a")).isEqualTo("10.1.0.2/30");
        network.delete(Network.plugin(), "a");
        HostLocal warm = Network.plugin();
        network.status(warm);
        network.write("10.1.0.2", "");
        assertThat(network.add(warm, "a")).isEqualTo("10.1.0.2/30");
    }

    @Test
    void otherFiles_areLeftAlone() {
        Network network = Network.of(data, "10.1.0.0/24");
        Map<String, String> others =
                Map.of("10.1.0.05", "a\r\neth0", "FD00::1", "a\r\neth0", "notes", "a\r\neth0");
        others.forEach(network::write);
        network.add(Network.plugin(), "a");
        network.delete(Network.plugin(), "a");
        network.collect(Network.plugin());
        assertThat(network.files()).containsAllEntriesOf(others);
    }

    @Test
    void directoryNamedLikeAnAddress_isTakenByNobody() throws Exception {
        Network network = Network.of(data, "10.1.0.0/24");
        Files.createDirectories(network.directory().resolve("10.1.0.2"));
        HostLocal plugin = Network.plugin();
        assertThat(network.add(plugin, "a")).isEqualTo("10.1.0.3/24");
        network.collect(plugin);
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.2"));
    }

    @Test
    void check_comparesWithThePreviousResult() {
        Network network = Network.of(data, "10.1.0.0/24");
        HostLocal plugin = Network.plugin();
        network.add(plugin, "a");
        String previous = "\"prevResult\": {\"cniVersion\": \"1.1.0\", \"ips\": [";
        network.with(
                        previous
                                + "{\"address\": \"10.1.0.2/24\"}, {\"address\":"
                                + " \"192.0.2.1/24\"}]}")
                .check(plugin, "a");
        Network other = network.with(previous + "{\"address\": \"10.1.0.9/24\"}]}");
        assertThatThrownBy(() -> other.check(plugin, "a"))
                .hasMessage(
                        "host-local: the container has 10.1.0.9 which is not reserved for it;"
                                + " reserved are [10.1.0.2]");
        network.remove("10.1.0.2");
        assertThatThrownBy(() -> network.check(plugin, "a"))
                .hasMessageContaining("Failed to find address");
    }

    @Test
    void status_tellsHowFullThePoolsAre() {
        Network network =
                Network.ofIpam(
                        data,
                        "\"ranges\": [[{\"subnet\": \"10.1.0.0/30\"}],"
                                + " [{\"subnet\": \"fd00::/64\"}]]");
        HostLocal plugin = Network.plugin();
        network.status(plugin);
        network.add(plugin, "a");
        assertThat(network.levels(plugin))
                .containsExactly(
                        new PoolLevel(0, "10.1.0.1-10.1.0.2", BigInteger.ONE, BigInteger.ONE),
                        new PoolLevel(
                                1,
                                "fd00::1-fd00::ffff:ffff:ffff:ffff",
                                BigInteger.TWO.pow(64).subtract(BigInteger.TWO),
                                BigInteger.ONE));
        assertThatThrownBy(() -> network.status(plugin))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.NOT_AVAILABLE)).isTrue())
                .hasMessage(
                        "no IP addresses available; range set 0 (10.1.0.1-10.1.0.2): 1 of 1;"
                                + " range set 1 (fd00::1-fd00::ffff:ffff:ffff:ffff): 1 of"
                                + " 18446744073709551614");
    }

    @Test
    void unusableDirectory_isReported() throws Exception {
        Network network = Network.of(data.resolve("file"), "10.1.0.0/24");
        Files.writeString(data.resolve("file"), "");
        assertThatThrownBy(() -> network.add(Network.plugin(), "a"))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.IO_FAILURE)).isTrue());
        assertThatThrownBy(() -> network.status(Network.plugin()))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.NOT_AVAILABLE)).isTrue());
    }

    @Test
    void resolverFile_isReadBeforeAnythingIsTaken() {
        Network network =
                Network.ofIpam(
                        data,
                        "\"subnet\": \"10.1.0.0/24\", \"resolvConf\": \""
                                + data.resolve("absent")
                                + "\"");
        assertThatThrownBy(() -> network.add(Network.plugin(), "a"))
                .hasMessageContaining("cannot read " + data.resolve("absent"));
        assertThat(network.directory()).doesNotExist();
    }
}
