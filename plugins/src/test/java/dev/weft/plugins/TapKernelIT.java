package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.Links;
import dev.weft.linux.link.TunAttributes;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.packet.TunQueue;
import dev.weft.linux.packet.TunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A TAP device in a container that waits for a virtual machine.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class TapKernelIT {
    private static final String IPAM =
            """
            "ipam": {"type": "fixed", "addresses": [
               {"address": "10.1.0.2/24", "gateway": "10.1.0.1"}, {"address": "fd00:1::2/64"}],
              "routes": [{"dst": "0.0.0.0/0"}], "dns": {"nameservers": ["10.1.0.1"]}}\
            """;
    private static final int OWNER = 107;
    private static final int GROUP = 108;

    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;
    private String before;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
        container = node.container();
        before = state();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private String state() {
        return NodeState.of(node) + NodeState.of(container);
    }

    private Request request(String version, String keys, String arguments) {
        return node.request(
                Command.ADD,
                "{\"cniVersion\": \"" + version + "\", \"name\": \"net\", " + keys + "}",
                "c1",
                Optional.of(container.path().toString()),
                arguments);
    }

    private Request request(String keys) {
        return request("1.1.0", keys, "");
    }

    private void delete(Request request) {
        node.tap().delete(request.withCommand(Command.DEL));
    }

    private List<Link> linksInside() {
        return node.links(container, Links::list);
    }

    private Link inside() {
        return node.link(container, "eth0").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void add_isCheckedAndDeleted_inEveryVersion(String version) {
        Request request = request(version, IPAM, "");
        Result result = node.tap().add(request);
        assertThat(inside().kind()).hasValue(LinkKind.TUN);
        assertThat(inside().isUp()).isTrue();
        assertThat(inside().data(TunAttributes.PERSISTENT)).hasValue(true);
        assertThat(inside().data(TunAttributes.OFFLOAD_HEADER)).hasValue(true);
        assertThat(result.interfaces().getFirst().mac())
                .hasValue(inside().address().orElseThrow().toString());
        assertThat(NatLab.in(container, "ip -br address show eth0; ip route"))
                .contains("10.1.0.2/24", "fd00:1::2/64", "default via 10.1.0.1 dev eth0");
        assertThat(NatLab.in(container, "cat /proc/sys/net/ipv4/conf/eth0/arp_notify").strip())
                .isEqualTo("1");
        if (!version.matches("0\\.[12]\\.0")) {
            node.tap().check(node.with(request, Command.CHECK, result));
        }
        delete(request);
        assertThat(state()).isEqualTo(before);
        delete(request);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void keys_areTheDevices() {
        Request request =
                request(
                        "\"multiQueue\": true, \"mtu\": 1400, \"mac\": \"02:00:00:00:00:07\","
                                + "\"owner\": "
                                + OWNER
                                + ", \"group\": "
                                + GROUP);
        Result result = node.tap().add(request);
        Link tap = inside();
        assertThat(tap.data(TunAttributes.MULTI_QUEUE)).hasValue(true);
        assertThat(tap.data(TunAttributes.OWNER)).hasValue((long) OWNER);
        assertThat(tap.data(TunAttributes.GROUP)).hasValue((long) GROUP);
        assertThat(tap.mtu()).isEqualTo(1400);
        assertThat(tap.address()).hasToString("Optional[02:00:00:00:00:07]");
        assertThat(result.interfaces().getFirst().mac()).hasValue("02:00:00:00:00:07");
        node.tap().check(node.with(request, Command.CHECK, result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "mac": "02:00:00:00:00:01"                                                |                       | 02:00:00:00:00:01
                    "mac": "02:00:00:00:00:01"                                                | MAC=02:00:00:00:00:02 | 02:00:00:00:00:02
                    "mac": "02:00:00:00:00:01", "runtimeConfig": {"mac": "02:00:00:00:00:03"} | MAC=02:00:00:00:00:02 | 02:00:00:00:00:03
                    """,
            quoteCharacter = '\0')
    void addressOfSeveral_isTheLast(String keys, @Nullable String arguments, String expected) {
        node.tap().add(request("1.0.0", keys, arguments == null ? "" : arguments));
        assertThat(inside().address()).hasToString("Optional[" + expected + "]");
    }

    @Test
    void machine_opensTheDeviceLater() {
        node.tap().add(request("\"multiQueue\": false"));
        try (TunQueue machine = TunQueue.open(container, TunRequest.tap("eth0"))) {
            assertThat(machine.name()).isEqualTo("eth0");
        }
        assertThat(inside().data(TunAttributes.PERSISTENT)).hasValue(true);
    }

    @Test
    void bridgeOfTheContainer_getsAPort() {
        NatLab.in(container, "ip link add br0 type bridge");
        Request request = request("\"bridge\": \"br0\"");
        Request check = node.with(request, Command.CHECK, node.tap().add(request));
        assertThat(inside().master()).isEqualTo(node.link(container, "br0").map(Link::index));
        node.tap().check(check);
        NatLab.in(container, "ip link set eth0 nomaster");
        assertThatThrownBy(() -> node.tap().check(check)).hasMessageContaining("no port of br0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "bridge": "br0"              | the container has no bridge "br0"
                    "mtu": -1                    | invalid mtu -1: use 0 for the kernel's default
                    "owner": -1                  | invalid value for 'owner': expected the number of a user or group
                    "group": 4294967295          | invalid value for 'group': expected the number of a user or group
                    """,
            quoteCharacter = '\0')
    void whatCannotBe_isTold_andNothingChanges(String keys, String message) {
        assertThatThrownBy(() -> node.tap().add(request(keys)))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failure -> assertThat(failure.text()).isEqualTo(message));
        assertThat(state()).isEqualTo(before);
    }

    /// Where there is no SELinux, nobody can have a context.
    @Test
    void contextThatCannotBeHad_isTold_andNothingChanges() {
        assertThatThrownBy(
                        () -> node.tap().add(request("\"selinuxContext\": \"weft_u:weft_r:none\"")))
                .hasMessageContaining("failed to create tap \"eth0\" as \"weft_u:weft_r:none\"");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void secondAdd_isAnError_andTheFirstIsIntact() {
        Request request = request(IPAM);
        Result first = node.tap().add(request);
        assertThatThrownBy(() -> node.tap().add(request))
                .hasMessageContaining("\"eth0\" already exists");
        node.tap().check(node.with(request, Command.CHECK, first));
        delete(request);
        assertThat(state()).isEqualTo(before);
    }

    /// Made by another plugin under the same name.
    @Test
    void deleteWithoutRecord_leavesOtherInterfaces() {
        NatLab.in(container, "ip link add eth0 type veth peer name other");
        delete(request("\"mtu\": 0"));
        assertThat(linksInside())
                .extracting(Link::name)
                .containsExactlyInAnyOrder("lo", "eth0", "other");
    }

    /// As the reference plugin makes it.
    @Test
    void deleteWithoutRecord_removesTheDevice() {
        NatLab.in(container, "ip tuntap add mode tap name eth0");
        delete(request("\"mtu\": 0"));
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void check_missesWhatChanged() {
        Request request = request("\"owner\": " + OWNER);
        Result result = node.tap().add(request);
        Request other = node.with(request("\"owner\": " + GROUP), Command.CHECK, result);
        assertThatThrownBy(() -> node.tap().check(other)).hasMessageContaining("another owner");
        Request queues = node.with(request("\"multiQueue\": true"), Command.CHECK, result);
        assertThatThrownBy(() -> node.tap().check(queues)).hasMessageContaining("of queues");
    }

    @Test
    void status_isFine() {
        node.tap().status(request(IPAM).withCommand(Command.STATUS));
    }

    @Test
    void statusOfAddresses_isAsked() throws IOException {
        Files.delete(node.leases());
        assertThatThrownBy(() -> node.tap().status(request(IPAM).withCommand(Command.STATUS)))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failure ->
                                assertThat(failure.code())
                                        .isEqualTo(ErrorCode.NOT_AVAILABLE.number()));
    }
}
