package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.BridgeAttributes;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.bridge.VlanFiltering;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// VLANs of a bridge that was there before, and did not know any.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class VlanFilteringKernelIT {
    private static final String IN_VLAN = "\"vlan\": 100,";

    @TempDir private Path directory;
    private Node node;
    private boolean filters;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
        Link bridge =
                node.links(
                        node.host(), links -> links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")));
        filters = canFilter(bridge);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private boolean canFilter(Link bridge) {
        try {
            filter(bridge, true);
            filter(bridge, false);
            return true;
        } catch (KernelException refused) {
            return false;
        }
    }

    private void filter(Link bridge, boolean on) {
        node.links(
                node.host(),
                links -> {
                    links.change(
                            bridge.index(),
                            LinkRequest.dataOf(
                                    LinkKind.BRIDGE,
                                    data -> data.put(BridgeAttributes.VLAN_FILTERING, on)));
                    return true;
                });
    }

    private Link bridge() {
        return node.link(node.host(), "br0").orElseThrow();
    }

    private Request request(String keys, String number, NetworkNamespace container) {
        return node.request(
                Command.ADD,
                "{\"cniVersion\": \"1.1.0\", \"name\": \"net\", \"bridge\": \"br0\", "
                        + keys
                        + "\"ipam\": {\"type\": \"fixed\", \"addresses\": [{\"address\": \"10.1.0."
                        + number
                        + "/24\"}]}}",
                "c" + number,
                container);
    }

    private Result add(Request request) {
        return node.bridge().add(request);
    }

    private void assumeFiltering() {
        KernelFeature.assume("bridge VLAN filtering", filters);
    }

    @Test
    void foreignPort_keepsFilteringOff() throws IOException {
        int index = bridge().index();
        node.links(
                node.host(),
                links ->
                        links.create(
                                LinkRequest.veth("uplink", LinkRequest.named("switch"))
                                        .master(index)));
        Request request = request(IN_VLAN, "2", node.container());
        assertThatThrownBy(() -> add(request))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failed -> {
                            assertThat(failed.is(ErrorCode.INVALID_CONFIGURATION)).isTrue();
                            assertThat(failed.text())
                                    .isEqualTo("bridge \"br0\" does not filter VLANs");
                            assertThat(failed.details())
                                    .contains("ip link set br0 type bridge vlan_filtering 1");
                        });
        assertThat(VlanFiltering.isOn(bridge())).isFalse();
        assertThat(node.leasesLeft()).isEmpty();
        assertThatThrownBy(() -> node.bridge().status(request.withCommand(Command.STATUS)))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failed -> assertThat(failed.is(ErrorCode.NOT_AVAILABLE)).isTrue());
        add(request("", "3", node.container()));
    }

    @Test
    void containersOfWeft_stayConnectedWhenItIsTurnedOn() {
        assumeFiltering();
        NetworkNamespace server = node.container();
        NetworkNamespace client = node.container();
        add(request("", "2", server));
        add(request("", "3", client));
        assertThat(VlanFiltering.isOn(bridge())).isFalse();

        Request request = request(IN_VLAN, "4", node.container());
        node.bridge().status(request.withCommand(Command.STATUS));
        Result result = add(request);
        assertThat(VlanFiltering.isOn(bridge())).isTrue();
        Request check = node.with(request, Command.CHECK, result);
        node.bridge().check(check);
        assertThat(NatLab.peer(client, "10.1.0.2", server, 90, 90)).isEqualTo("10.1.0.3");

        filter(bridge(), false);
        assertThatThrownBy(() -> node.bridge().check(check))
                .hasMessageContaining("bridge br0 does not filter VLANs");
    }

    @Test
    void emptyBridge_filtersFromThenOn_orTheKernelIsBlamed() throws IOException {
        Request request = request(IN_VLAN, "2", node.container());
        if (filters) {
            add(request);
            assertThat(VlanFiltering.isOn(bridge())).isTrue();
        } else {
            assertThatThrownBy(() -> add(request)).hasMessageContaining("EOPNOTSUPP");
            assertThat(node.leasesLeft()).isEmpty();
        }
    }
}
