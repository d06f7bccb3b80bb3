package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.JsonText;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.ipam.HostLocal;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.bridge.Bridge;
import dev.weft.plugins.flannel.Flannel;
import dev.weft.plugins.link.Ipam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `flannel` has other plugins do, and what it remembers of it.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class FlannelKernelIT {
    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;
    private final Moody moody = new Moody();

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
        container = node.container();
        for (String type : List.of("moody", "host-local")) {
            Files.copy(directory.resolve("programs/fixed"), directory.resolve("programs/" + type));
        }
    }

    @AfterEach
    void close() {
        node.close();
    }

    /// A delegate that fails when it is told to.
    private static final class Moody implements Plugin {
        private Optional<Command> mood = Optional.empty();
        private int deletes;

        @Override
        public String type() {
            return "moody";
        }

        @Override
        public List<CniVersion> versions() {
            return CniVersion.V0_1_0.andLater();
        }

        private void act(Command command) {
            if (mood.equals(Optional.of(command))) {
                throw new CniException(ErrorCode.INTERNAL, "moody " + command);
            }
        }

        @Override
        public Result add(Request request) {
            act(Command.ADD);
            return Result.empty();
        }

        @Override
        public void delete(Request request) {
            act(Command.DEL);
            deletes++;
        }

        @Override
        public void check(Request request) {
            act(Command.CHECK);
        }

        @Override
        public void collect(Request request, Set<AttachmentId> valid) {
            act(Command.GC);
        }

        @Override
        public void status(Request request) {
            act(Command.STATUS);
        }
    }

    private Flannel flannel() {
        Ipam ipam = new Ipam(node.site(), new InstalledPlugins(_ -> Optional.of(new HostLocal())));
        Map<String, Plugin> delegates =
                Map.of("bridge", new Bridge(node.site(), ipam), "moody", moody);
        return new Flannel(
                node.site(),
                new InstalledPlugins(type -> Optional.ofNullable(delegates.get(type))));
    }

    private String json(String version, String network, String delegate) {
        return """
        {"cniVersion": "VERSION", "name": "NETWORK", "type": "flannel",
         "subnetFile": "DIR/data/subnet.env", "dataDir": "DIR/data/flannel",
         "delegate": DELEGATE, "ipam": {"dataDir": "DIR/leases"}}
        """
                .replace("VERSION", version)
                .replace("NETWORK", network)
                .replace("DELEGATE", delegate)
                .replace("DIR", directory.toString());
    }

    private Request request(String delegate) {
        return request("1.1.0", "net", delegate);
    }

    private Request request(String version, String network, String delegate) {
        return node.request(Command.ADD, json(version, network, delegate), "c1", container);
    }

    private Path saved() {
        return directory.resolve("data/flannel/c1");
    }

    private String leases(String network) {
        return NodeState.of(
                Files.exists(leaseDirectory(network)) ? leaseDirectory(network) : saved());
    }

    private Path leaseDirectory(String network) {
        return node.leases().resolve(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void container_isConnectedAsTheDaemonDecided_inAllVersions(String version) throws IOException {
        String before = NodeState.of(node);
        Request add = request(version, "net", "{\"isDefaultGateway\": true}");
        Result result = flannel().add(add);
        assertThat(result.addresses())
                .extracting(address -> address.address().toString())
                .containsExactly("10.1.0.2/24", "fd00:1::2/64");
        assertThat(result.routes())
                .extracting(route -> route.destination().toString())
                .contains("10.1.0.0/16", "fd00:1::/48", "0.0.0.0/0");
        Link inside = node.link(container, "eth0").orElseThrow();
        assertThat(inside.mtu()).isEqualTo(1450);
        assertThat(Files.getPosixFilePermissions(saved())).hasSize(2);
        JsonObject told = JsonText.parseObject(Files.readString(saved()), "saved");
        assertThat(told.get("cniVersion").getAsString()).isEqualTo(version);
        assertThat(told.get("ipMasq").getAsBoolean()).isTrue();
        if (CniVersion.V0_4_0.andLater().contains(CniVersion.find(version).orElseThrow())) {
            flannel().check(node.with(add, Command.CHECK, result));
        }
        flannel().delete(node.with(add, Command.DEL, result));
        flannel().delete(add.withCommand(Command.DEL));
        assertThat(NodeState.of(node.data()) + NodeState.of(node.state()) + leases("net"))
                .doesNotContain("c1");
        assertThat(before).contains("subnet.env");
        assertThat(node.link(container, "eth0")).isEmpty();
    }

    /// The daemon got another lease in between, or has not come up after a reboot.
    @Test
    void delete_isOfWhatAddDid_whateverTheDaemonSaysSince() throws IOException {
        Request add = request("{}");
        flannel().add(add);
        assertThat(leases("net")).contains("10.1.0.2: c1");
        Path file = directory.resolve("data/subnet.env");
        Files.delete(file);
        assertThatThrownBy(() -> flannel().add(request("1.1.0", "other", "{}")))
                .hasMessageContaining("Check the flannel pod log for this node.");
        flannel().delete(add.withCommand(Command.DEL));
        assertThat(leases("net")).doesNotContain("c1");
        assertThat(saved()).doesNotExist();
    }

    @Test
    void whatTheDelegateWasTold_isKeptUntilItsDeleteSucceeds() {
        Request add = request("{\"type\": \"moody\"}");
        flannel().add(add);
        moody.mood = Optional.of(Command.DEL);
        assertThatThrownBy(() -> flannel().delete(add)).hasMessage("moody DEL");
        assertThat(saved()).exists();
        assertThatThrownBy(() -> node.collect(flannel(), json("1.1.0", "net", "{}")))
                .hasMessage("moody DEL");
        moody.mood = Optional.empty();
        flannel().delete(add);
        assertThat(moody.deletes).isOne();
        flannel().delete(add);
        assertThat(moody.deletes).isOne();
        assertThat(NodeState.of(node.state()) + NodeState.of(node.data())).doesNotContain("c1");
    }

    @Test
    void addThatFails_isUndone_andLeavesNothing() {
        moody.mood = Optional.of(Command.ADD);
        Request add = request("{\"type\": \"moody\"}");
        assertThatThrownBy(() -> flannel().add(add)).hasMessage("moody ADD");
        assertThat(moody.deletes).isOne();
        assertThat(NodeState.of(node.state()) + NodeState.of(node.data())).doesNotContain("c1");
    }

    @Test
    void delegateThatIsNotInstalled_isNamed_beforeAnythingIsKept() {
        assertThatThrownBy(() -> flannel().add(request("{\"type\": \"nowhere\"}")))
                .hasMessageContaining("failed to find plugin \"nowhere\"");
        assertThat(NodeState.of(node.state()) + NodeState.of(node.data())).doesNotContain("c1");
    }

    @Test
    void secondAdd_isRefused_andLeavesTheFirst() {
        Request add = request("{}");
        flannel().add(add);
        String before = NodeState.of(node) + NodeState.of(container);
        assertThatThrownBy(() -> flannel().add(add)).hasMessageContaining("already exists");
        assertThat(NodeState.of(node) + NodeState.of(container)).isEqualTo(before);
    }

    /// A killed ADD was of subnets that the node has no longer.
    @Test
    void addAfterAKilledOne_releasesWhatThatOneTook() throws IOException {
        Request add = request("{}");
        flannel().add(add);
        node.links(
                container,
                links -> {
                    links.delete(links.find("eth0").orElseThrow().index());
                    return true;
                });
        Path file = directory.resolve("data/subnet.env");
        Files.writeString(file, Files.readString(file).replace("10.1.0.1/24", "10.1.9.1/24"));
        Request again = request("{\"bridge\": \"cni9\"}");
        assertThat(flannel().add(again).addresses().getFirst().address())
                .isEqualTo(IpPrefix.parse("10.1.9.2/24"));
        assertThat(leases("net")).contains("10.1.9.2: c1").doesNotContain("10.1.0.2: c1");
    }

    @Test
    void twoNetworksOfFlannel_areDeletedEachByItself() {
        Request one = request("{\"type\": \"moody\"}");
        Request two = request("1.1.0", "other", "{\"type\": \"moody\"}");
        flannel().add(one);
        flannel().add(two);
        flannel().delete(one);
        assertThat(saved()).exists();
        flannel().delete(two);
        assertThat(moody.deletes).isEqualTo(2);
        assertThat(saved()).doesNotExist();
    }

    /// In the reference's file, without a record.
    @Test
    void attachmentOfTheReference_isCheckedAndDeleted() throws IOException {
        Request add = request("{}");
        Result result = flannel().add(add);
        forgetRecord();
        flannel().check(node.with(add, Command.CHECK, result));
        flannel().delete(add.withCommand(Command.DEL));
        assertThat(leases("net")).doesNotContain("c1");
        assertThat(saved()).doesNotExist();
        assertThat(node.link(container, "eth0")).isEmpty();
    }

    private void forgetRecord() throws IOException {
        Files.delete(directory.resolve("state/attachments/net/c1:eth0:flannel"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"name\": \"../..\"}",
                "{\"name\": \"other\", \"type\": \"moody\"}"
            })
    void fileThatIsNobodys_isLeft_andDeleteSucceeds(String content) throws IOException {
        Files.createDirectories(saved().resolveSibling(""));
        Files.writeString(saved(), content);
        Request delete = request("{}").withCommand(Command.DEL);
        flannel().delete(delete);
        assertThat(saved()).hasContent(content);
        assertThat(moody.deletes).isZero();
    }

    @Test
    void fileThatIsALink_isNotFollowed() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), json("1.1.0", "net", "{}"));
        Files.createDirectories(saved().resolveSibling(""));
        Files.createSymbolicLink(saved(), target);
        flannel().delete(request("{}").withCommand(Command.DEL));
        assertThat(target).exists();
        flannel().add(request("{\"type\": \"moody\"}"));
        assertThat(target).hasContent(json("1.1.0", "net", "{}"));
        assertThat(Files.isSymbolicLink(saved())).isFalse();
    }

    @Test
    void fileThatNamesFlannelItself_isRefused() throws IOException {
        Files.createDirectories(saved().resolveSibling(""));
        Files.writeString(saved(), json("1.1.0", "net", "{}"));
        assertThatThrownBy(() -> flannel().delete(request("{}").withCommand(Command.DEL)))
                .hasMessage("flannel delegates to another plugin");
    }

    @Test
    void collection_removesWhatIsNotValid_andFilesOfTheReference() throws IOException {
        flannel().add(request("{}"));
        Request second =
                node.request(Command.ADD, json("1.1.0", "net", "{}"), "c2", node.container());
        flannel().add(second);
        Path left = Files.copy(saved(), saved().resolveSibling("c3"));
        node.collect(flannel(), json("1.1.0", "net", "{}"), "c2");
        assertThat(leases("net")).contains("c2").doesNotContain("c1");
        assertThat(NodeState.of(node.state())).contains("c2").doesNotContain("c1");
        assertThat(saved()).doesNotExist();
        assertThat(left).doesNotExist();
        assertThat(saved().resolveSibling("c2")).exists();
    }

    @Test
    void check_tellsWhatTheDelegateMisses_andWhatFlannelNeverMade() {
        Request add = request("{}");
        assertThatThrownBy(() -> flannel().check(add))
                .isInstanceOfSatisfying(
                        CniException.class,
                        missing ->
                                assertThat(missing.code())
                                        .isEqualTo(ErrorCode.UNKNOWN_CONTAINER.number()));
        Result result = flannel().add(add);
        NatLab.in(container, "ip addr flush dev eth0");
        assertThatThrownBy(() -> flannel().check(node.with(add, Command.CHECK, result)))
                .isInstanceOf(CniException.class);
    }

    @Test
    void status_isThatOfDaemonAndDelegate() throws IOException {
        Request ready = request("{\"type\": \"moody\"}").withCommand(Command.STATUS);
        flannel().status(ready);
        moody.mood = Optional.of(Command.STATUS);
        assertThatThrownBy(() -> flannel().status(ready)).hasMessage("moody STATUS");
        moody.mood = Optional.empty();
        Files.delete(directory.resolve("data/subnet.env"));
        assertThatThrownBy(() -> flannel().status(ready))
                .isInstanceOfSatisfying(
                        CniException.class,
                        missing ->
                                assertThat(missing.code())
                                        .isEqualTo(ErrorCode.NOT_AVAILABLE.number()));
    }

    @Test
    void savedConfiguration_isOneThatAPluginTakes() throws IOException {
        flannel().add(request("{}"));
        Configuration told =
                Configuration.of(JsonText.parseObject(Files.readString(saved()), "saved"));
        assertThat(told.name()).isEqualTo("net");
        assertThat(told.ipamType()).isEqualTo("host-local");
    }
}
