package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.FaultMatrix.Removal;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An interface in a container that leads nowhere.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class DummyKernelIT {
    private static final String KEYS =
            """
            {"cniVersion": "VERSION", "name": "net", "type": "dummy",
             "ipam": {"type": "fixed", "addresses": [
               {"address": "10.1.0.2/24"}, {"address": "fd00:1::2/64"}],
              "routes": [{"dst": "10.7.0.0/16", "gw": "10.1.0.9"}],
              "dns": {"nameservers": ["10.1.0.1"]}}}
            """;

    private static final int THREADS = 8;
    private static final int ROUNDS = 2;

    @TempDir private Path directory;
    private Node node;
    private NetworkNamespace container;
    private String before;

    @BeforeEach
    void open() throws IOException {
        KernelFeature.assumeLinkKind("dummy");
        node = Node.open(directory.resolve("node"));
        container = node.container();
        before = state();
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
    }

    private String state() {
        return NodeState.of(node) + NodeState.of(container);
    }

    private Request request(String version) {
        return node.request(Command.ADD, KEYS.replace("VERSION", version), "c1", container);
    }

    private void delete(Request request) {
        node.dummy().delete(request.withCommand(Command.DEL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void add_isCheckedAndDeleted_inEveryVersion(String version) {
        Request request = request(version);
        Result result = node.dummy().add(request);
        assertThat(node.link(container, "eth0").orElseThrow().kind()).hasValue(LinkKind.DUMMY);
        assertThat(result.dns().nameservers()).containsExactly("10.1.0.1");
        assertThat(NodeState.of(container))
                .contains("has 10.1.0.2/24", "has fd00:1::2/64", "10.7.0.0/16 by")
                .contains("via Optional[/10.1.0.9]");
        if (!version.matches("0\\.[12]\\.0")) {
            node.dummy().check(node.with(request, Command.CHECK, result));
        }
        delete(request);
        assertThat(state()).isEqualTo(before);
        delete(request);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void withoutIpam_isRefused() {
        Request request =
                node.request(
                        Command.ADD,
                        "{\"cniVersion\": \"1.0.0\", \"name\": \"net\"}",
                        "c1",
                        container);
        assertThatThrownBy(() -> node.dummy().add(request))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failure ->
                                assertThat(failure.code())
                                        .isEqualTo(ErrorCode.INVALID_CONFIGURATION.number()))
                .hasMessageContaining("dummy interface requires an IPAM configuration");
    }

    @Test
    void check_missesTheInterface() {
        Request request = request("1.0.0");
        Request check = node.with(request, Command.CHECK, node.dummy().add(request));
        NatLab.in(container, "ip link set eth0 down");
        assertThatThrownBy(() -> node.dummy().check(check)).hasMessageContaining("is down");
    }

    @Test
    void collection_removesWhatIsNotValid() {
        Request request = request("1.1.0");
        node.dummy().add(request);
        node.collect(node.dummy(), KEYS.replace("VERSION", "1.1.0"), "c1");
        assertThat(node.link(container, "eth0")).isPresent();
        node.collect(node.dummy(), KEYS.replace("VERSION", "1.1.0"));
        assertThat(state()).isEqualTo(before);
        node.dummy().status(request.withCommand(Command.STATUS));
    }

    @ParameterizedTest
    @EnumSource
    void deleteThatComesLate_leavesNothing(LateDelete late) throws IOException {
        try (LateContainer each = new LateContainer(directory.resolve("late"), PluginRow.DUMMY)) {
            each.attach();
            each.detach(late);
        }
    }

    @ParameterizedTest
    @EnumSource
    void addThatDies_isUndone(Removal removal) throws IOException {
        new FaultMatrix(directory.resolve("fault"), PluginRow.DUMMY).killAdd(removal);
    }

    @ParameterizedTest
    @EnumSource
    void removalThatDies_isFinished(Removal removal) throws IOException {
        new FaultMatrix(directory.resolve("fault"), PluginRow.DUMMY)
                .killRemoval(removal, Removal.DEL);
    }

    @Test
    void attachmentsAtOnce_leaveNothing() throws Exception {
        new Crowd(node, PluginRow.DUMMY).comesAndGoes(THREADS, ROUNDS);
    }
}
