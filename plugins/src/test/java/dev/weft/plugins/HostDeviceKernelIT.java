package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A device of the host goes into a container and comes back as it was, whatever happens meanwhile.
/// The devices are veths, so they end with the container's namespace where hardware would not.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class HostDeviceKernelIT {
    private static final String KEYS =
            """
            {"cniVersion": "VERSION", "name": "net", "type": "host-device", DEVICE,
             "ipam": {"type": "fixed", "addresses": [
               {"address": "10.1.0.2/24", "gateway": "10.1.0.1"}, {"address": "fd00:1::2/64"}],
              "routes": [{"dst": "0.0.0.0/0"}], "dns": {"nameservers": ["10.1.0.1"]}}}
            """;
    private static final String BY_NAME = "\"device\": \"nic78\"";

    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;
    private String before;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
        container = node.container();
        node.hostDevice();
        before = NodeState.of(node);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Request request(String version, String device) {
        return request(version, device, container);
    }

    private Request request(String version, String device, NetworkNamespace into) {
        return node.request(
                Command.ADD,
                KEYS.replace("VERSION", version).replace("DEVICE", device),
                "c1",
                into);
    }

    private Request byName() {
        return request("1.1.0", BY_NAME);
    }

    private Result add(Request request) {
        return node.hostDevice().add(request);
    }

    private void delete(Request request) {
        node.hostDevice().delete(request.withCommand(Command.DEL));
    }

    private List<Link> linksInside() {
        return node.links(container, Links::list);
    }

    private Link inside() {
        return node.link(container, "eth0").orElseThrow();
    }

    private String onHost(String script) {
        return NatLab.in(node.host(), script);
    }

    private void requireAsBefore() {
        assertThat(NodeState.of(node)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void add_isCheckedAndDeleted_inEveryVersion(String version) throws IOException {
        String address = node.link(node.host(), "nic78").orElseThrow().address().toString();
        Request request = request(version, BY_NAME);
        Result result = add(request);
        assertThat(node.link(node.host(), "nic78")).isEmpty();
        assertThat(inside().alias()).hasValue("nic78");
        assertThat(inside().address()).hasToString(address);
        assertThat(result.interfaces()).hasSize(1);
        assertThat(result.interfaces().getFirst().mac()).hasValue(address(inside()));
        assertThat(result.interfaces().getFirst().sandbox()).hasValue(container.path().toString());
        assertThat(result.dns().nameservers()).containsExactly("10.1.0.1");
        assertThat(NatLab.in(container, "ip -br address show eth0; ip route"))
                .contains("10.1.0.2/24", "fd00:1::2/64", "default via 10.1.0.1 dev eth0")
                .doesNotContain("10.5.78.1");
        if (!version.matches("0\\.[12]\\.0")) {
            node.hostDevice().check(node.with(request, Command.CHECK, result));
        }
        delete(request);
        requireAsBefore();
        assertThat(linksInside()).extracting(Link::name).containsExactly("lo");
        delete(request);
        requireAsBefore();
    }

    private static String address(Link link) {
        return link.address().orElseThrow().toString();
    }

    @Test
    void withoutIpam_linkAloneIsGiven() {
        Request request =
                node.request(
                        Command.ADD,
                        "{\"cniVersion\": \"1.0.0\", \"name\": \"net\", " + BY_NAME + "}",
                        "c1",
                        container);
        Result result = add(request);
        assertThat(result.addresses()).isEmpty();
        assertThat(inside().isUp()).isTrue();
        delete(request);
        requireAsBefore();
    }

    @Test
    void hardwareAddress_choosesDevice_alsoBesideAnInterfaceThatSharesIt() {
        String address = address(node.link(node.host(), "nic78").orElseThrow());
        add(request("1.0.0", "\"hwaddr\": \"" + address.toUpperCase(Locale.ROOT) + '"'));
        assertThat(inside().alias()).hasValue("nic78");
    }

    @Test
    void alternativeName_choosesDevice_andStays() {
        onHost("ip link property add dev nic78 altname enp0s78");
        Request request = request("1.0.0", "\"device\": \"enp0s78\"");
        add(request);
        assertThat(inside().alias()).hasValue("nic78");
        delete(request);
        assertThat(node.link(node.host(), "enp0s78").orElseThrow().name()).isEqualTo("nic78");
        requireAsBefore();
    }

    @Test
    void alternativeNameTakenMeanwhile_keepsNoDeviceAway() {
        onHost("ip link property add dev nic78 altname enp0s78");
        Request request = byName();
        add(request);
        onHost("ip link property add dev nic77 altname enp0s78");
        delete(request);
        requireAsBefore();
        assertThat(request.diagnostics().text()).contains("loses names that are taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "device": "none"                        | failed to find physical interface
                    "hwaddr": "02:00:00:00:00:99"           | failed to find physical interface
                    "hwaddr": "nonsense"                    | failed to parse MAC address: address nonsense: invalid MAC address
                    "kernelpath": "/sys/devices/pci0/none"  | failed to find physical interface
                    "kernelpath": "/sys/class/net/nic78"    | kernel device path "/sys/class/net/nic78" must be absolute and begin with /sys/devices/
                    "kernelpath": "/sys/devices/../class/x" | kernel device path "/sys/devices/../class/x" must be absolute and begin with /sys/devices/
                    "pciBusID": "0000:00:1f.6"              | failed to find physical interface
                    "pciBusID": "../../x"                   | failed to find physical interface
                    "runtimeConfig": {"deviceID": "none.1"} | runtime config DeviceID none.1 not found or unsupported
                    "device": ""                            | specify either "device", "hwaddr", "kernelpath" or "pciBusID"
                    """,
            quoteCharacter = '\0')
    void deviceThatIsNotThere_isTold_andNothingChanges(String keys, String message) {
        assertThatThrownBy(() -> add(request("1.0.0", keys)))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failure -> {
                            assertThat(failure.text()).isEqualTo(message);
                            assertThat(failure.code())
                                    .isEqualTo(ErrorCode.INVALID_CONFIGURATION.number());
                        });
        requireAsBefore();
    }

    @Test
    void interfaceThatIsThere_isAnError_andTheDeviceStays() {
        NatLab.in(container, "ip link add eth0 type veth peer name other");
        assertThatThrownBy(() -> add(byName()))
                .hasMessageContaining("the container already has an interface \"eth0\"");
        requireAsBefore();
    }

    @Test
    void secondAdd_isAnError_andTheFirstIsIntact() {
        Request request = byName();
        Result first = add(request);
        assertThatThrownBy(() -> add(request)).hasMessageContaining("already has an interface");
        node.hostDevice().check(node.with(request, Command.CHECK, first));
        delete(request);
        requireAsBefore();
    }

    /// What the second one finds is what the first one left.
    @Test
    void deviceThatAnotherContainerHas_isNotFound_andStaysThere() {
        Request first = byName();
        add(first);
        Request second =
                node.request(
                        Command.ADD,
                        KEYS.replace("VERSION", "1.0.0").replace("DEVICE", BY_NAME),
                        "c2",
                        node.container());
        assertThatThrownBy(() -> add(second)).hasMessageContaining("failed to find physical");
        delete(second);
        assertThat(inside().alias()).hasValue("nic78");
        delete(first);
        requireAsBefore();
    }

    @Test
    void settingsOfTheContainer_doNotStay() {
        Request request = byName();
        add(request);
        NatLab.in(
                container,
                "ip link set eth0 down; ip link set eth0 name renamed;"
                        + "ip link set renamed address 02:00:00:00:00:09 mtu 1280 txqueuelen 7"
                        + " promisc on allmulticast on");
        delete(request);
        requireAsBefore();
    }

    @Test
    void portOfABridge_isOneAgain() {
        onHost("ip link add br0 type bridge; ip link set nic78 master br0");
        String ported = NodeState.of(node);
        Request request = byName();
        add(request);
        delete(request);
        assertThat(NodeState.of(node)).isEqualTo(ported);
    }

    @Test
    void nameTakenMeanwhile_deviceComesBackUnderAnother_withWhatItHad() throws IOException {
        Request request = byName();
        add(request);
        onHost("ip link add nic78 type bridge");
        delete(request);
        Link back =
                node.links(node.host(), Links::list).stream()
                        .filter(link -> link.alias().filter("nic78"::equals).isPresent())
                        .findFirst()
                        .orElseThrow();
        assertThat(back.name()).startsWith("dev").hasSize(11);
        assertThat(onHost("ip address show dev " + back.name()))
                .contains("10.5.78.1/24", "fd05:78::1/64", "mtu 1400");
        assertThat(onHost("ip route")).contains("10.6.78.0/24 via 10.5.78.9 dev " + back.name());
        assertThat(request.diagnostics().text()).contains("the name nic78 is taken on the host");
        assertThat(node.leasesLeft()).isEmpty();
        delete(request);
        assertThat(node.link(node.host(), back.name())).isPresent();
    }

    @Test
    void indexTakenMeanwhile_deviceComesBackUnderAnother() {
        int index = node.link(node.host(), "nic78").orElseThrow().index();
        Request request = byName();
        add(request);
        onHost("ip link add other index " + index + " type bridge");
        delete(request);
        assertThat(onHost("ip address show dev nic78")).contains("10.5.78.1/24", "fd05:78::1/64");
        assertThat(onHost("ip route")).contains("10.6.78.0/24 via 10.5.78.9 dev nic78");
    }

    /// As the kernel does with hardware when a namespace ends, here under a name of its own.
    @ParameterizedTest
    @ValueSource(strings = {"eth0", "dev7"})
    void deviceThatTheKernelBroughtBack_getsWhatItHad(String name) {
        Request request = byName();
        add(request);
        NatLab.in(
                container,
                "ip link set eth0 down; ip link set eth0 name "
                        + name
                        + "; ip link set "
                        + name
                        + " netns "
                        + node.host().path());
        delete(request.withCommand(Command.DEL));
        String settled = NodeState.of(node).replaceAll("\\d+ has ", "").replaceAll("by \\d+", "");
        assertThat(settled).isEqualTo(before.replaceAll("\\d+ has ", "").replaceAll("by \\d+", ""));
    }

    @Test
    void deviceThatVanished_isNoObstacle() throws IOException {
        Request request = byName();
        add(request);
        NatLab.in(container, "ip link delete eth0");
        delete(request);
        assertThat(node.leasesLeft()).isEmpty();
        assertThat(NodeState.of(node.state())).isEmpty();
    }

    @Test
    void namespaceThatIsGone_isNoObstacle() throws IOException {
        Path netns = Files.createSymbolicLink(directory.resolve("netns"), container.path());
        Request request =
                node.request(
                        Command.ADD,
                        KEYS.replace("VERSION", "1.0.0").replace("DEVICE", BY_NAME),
                        "c1",
                        Optional.of(netns.toString()),
                        "");
        add(request);
        Files.delete(netns);
        delete(request);
        assertThat(node.leasesLeft()).isEmpty();
        assertThat(NodeState.of(node.state())).isEmpty();
    }

    @Test
    void recordThatCannotBeRead_deviceComesBackByItsAlias() throws IOException {
        Request request = byName();
        add(request);
        Path record = directory.resolve("state/attachments/net/c1:eth0:host-device");
        Files.writeString(record, "{");
        delete(request);
        assertThat(node.link(node.host(), "nic78").orElseThrow().alias()).isEmpty();
        assertThat(record).doesNotExist();
        assertThat(node.leasesLeft()).isEmpty();
    }

    /// The first one was killed after it had moved the device.
    @Test
    void addAfterOneThatWasKilled_beginsAnew() {
        node.restart(name ->
                () -> {
                    if (name.equals("move device")) {
                        throw new AssertionError("killed");
                    }
                });
        assertThatThrownBy(() -> add(byName())).hasMessage("killed");
        node.restart(Steps.NONE);
        NetworkNamespace successor = node.container();
        node.ipam().delete(byName());
        Request request = request("1.0.0", BY_NAME, successor);
        add(request);
        assertThat(node.link(successor, "eth0").orElseThrow().alias()).hasValue("nic78");
        delete(request);
        requireAsBefore();
    }

    @Test
    void failureAfterTheMove_bringsTheDeviceBack() {
        node.restart(name -> {
            if (name.equals("configure container")) {
                throw new CniException(ErrorCode.INTERNAL, "no " + name);
            }
            return () -> {};
        });
        assertThatThrownBy(() -> add(byName())).hasMessage("no configure container");
        requireAsBefore();
    }

    @Test
    void collection_bringsBackWhatIsNotValid() {
        Request request = byName();
        add(request);
        String network = KEYS.replace("VERSION", "1.1.0").replace("DEVICE", BY_NAME);
        node.collect(node.hostDevice(), network, "c1");
        assertThat(inside().alias()).hasValue("nic78");
        node.collect(node.hostDevice(), network, "c2");
        requireAsBefore();
    }

    @Test
    void check_missesTheDevice() {
        Request request = byName();
        Request check = node.with(request, Command.CHECK, add(request));
        NatLab.in(container, "ip link set eth0 down");
        assertThatThrownBy(() -> node.hostDevice().check(check)).hasMessageContaining("is down");
        NatLab.in(container, "ip link set eth0 name other");
        assertThatThrownBy(() -> node.hostDevice().check(check)).hasMessageContaining("not found");
        NatLab.in(container, "ip link add eth0 type bridge; ip link set eth0 up");
        assertThatThrownBy(() -> node.hostDevice().check(check))
                .hasMessageContaining("Mac", "doesn't match");
    }

    @Test
    void status_missesADevice_butNoneThatAContainerHas() {
        Request request = byName();
        node.hostDevice().status(request.withCommand(Command.STATUS));
        add(request);
        node.hostDevice().status(request.withCommand(Command.STATUS));
        delete(request);
        Request other = request("1.1.0", "\"device\": \"none\"");
        assertThatThrownBy(() -> node.hostDevice().status(other.withCommand(Command.STATUS)))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failure ->
                                assertThat(failure.code())
                                        .isEqualTo(ErrorCode.NOT_AVAILABLE.number()));
        node.hostDevice()
                .status(request("1.1.0", "\"runtimeConfig\": {}").withCommand(Command.STATUS));
    }

    /// As the kernel presents a device that a program drives.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"pciBusID\": \"0000:00:1f.6\"",
                "\"runtimeConfig\": {\"deviceID\": \"0000:00:1f.6\"}"
            })
    void deviceOfAProgram_isNotMoved_andHasAddresses(String keys) throws IOException {
        Path bus = Files.createDirectories(directory.resolve("sys/bus/pci"));
        Path device = Files.createDirectories(directory.resolve("sys/devices/0000:00:1f.6"));
        Path driver = Files.createDirectories(bus.resolve("drivers/vfio-pci"));
        Files.createDirectories(bus.resolve("devices"));
        Files.createSymbolicLink(bus.resolve("devices/0000:00:1f.6"), device);
        Files.createSymbolicLink(device.resolve("driver"), driver);
        Request request = request("1.0.0", keys);
        Result result = add(request);
        assertThat(result.interfaces()).isEmpty();
        assertThat(result.addresses())
                .extracting(address -> address.address() + " " + address.interfaceIndex())
                .containsExactly("10.1.0.2/24 OptionalInt.empty", "fd00:1::2/64 OptionalInt.empty");
        assertThat(node.leasesLeft()).isEqualTo(List.of("c1:eth0"));
        node.hostDevice().check(node.with(request, Command.CHECK, result));
        delete(request);
        requireAsBefore();
    }
}
