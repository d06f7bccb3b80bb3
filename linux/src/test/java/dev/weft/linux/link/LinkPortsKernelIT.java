package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What masters keep for their ports.
final class LinkPortsKernelIT {
    @Test
    void bridgePort_changed_readsBackAsAsked() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            Link bridge = links.create(LinkRequest.of(LinkKind.BRIDGE, "br0").up());
            int port = sandbox.veth("p0", "p1").index();
            links.change(port, LinkRequest.empty().master(bridge.index()));
            links.change(
                    port,
                    LinkRequest.portOf(
                            LinkKind.BRIDGE,
                            data ->
                                    data.put(BridgePortAttributes.HAIRPIN, true)
                                            .put(BridgePortAttributes.ISOLATED, true)
                                            .put(BridgePortAttributes.LEARNING, false)
                                            .put(BridgePortAttributes.UNICAST_FLOOD, false)
                                            .put(BridgePortAttributes.GUARD, true)
                                            .put(BridgePortAttributes.PRIORITY, 5)
                                            .put(BridgePortAttributes.COST, 77L)
                                            .put(BridgePortAttributes.NEIGHBOUR_SUPPRESS, true)
                                            .put(BridgePortAttributes.GROUP_FORWARD_MASK, 16)));

            Link read = links.find(port).orElseThrow();
            assertThat(read.master()).hasValue(bridge.index());
            assertThat(read.port(BridgePortAttributes.HAIRPIN)).hasValue(true);
            assertThat(read.port(BridgePortAttributes.ISOLATED)).hasValue(true);
            assertThat(read.port(BridgePortAttributes.LEARNING)).hasValue(false);
            assertThat(read.port(BridgePortAttributes.STATE)).hasValue(BridgePortState.FORWARDING);
            assertThat(read.port(BridgePortAttributes.BRIDGE_ID))
                    .hasValueSatisfying(
                            id -> assertThat(id.address()).isEqualTo(read.address().orElseThrow()));
            assertThat(
                            LinkKindsKernelIT.data(
                                    sandbox.ipOne("link", "show", "dev", "p0"), "info_slave_data"))
                    .containsAllEntriesOf(
                            Map.of(
                                    "hairpin", "true",
                                    "isolated", "true",
                                    "learning", "false",
                                    "flood", "false",
                                    "guard", "true",
                                    "priority", "5",
                                    "cost", "77",
                                    "neigh_suppress", "true",
                                    "group_fwd_mask", "0x10"));
        }
    }

    @Test
    void vrfPort_hasTheTableOfItsMaster() {
        KernelFeature.assumeLinkKind("vrf");
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            Link vrf =
                    links.create(
                            LinkRequest.of(
                                    LinkKind.VRF,
                                    "blue",
                                    data -> data.put(VrfAttributes.TABLE_ID, 42L)));
            int port = sandbox.veth("p0", "p1").index();
            links.change(port, LinkRequest.empty().master(vrf.index()));

            assertThat(links.find(port).orElseThrow().port(VrfPortAttributes.TABLE_ID))
                    .hasValue(42L);
            assertThat(links.list(LinkFilter.all().master(vrf.index())))
                    .extracting(Link::name)
                    .containsExactly("p0");
        }
    }

    @Test
    void bondPort_changed_readsBackAsAsked() {
        KernelFeature.assumeLinkKind("bond");
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            Link bond =
                    links.create(
                            LinkRequest.of(
                                            LinkKind.BOND,
                                            "bond0",
                                            data ->
                                                    data.put(
                                                            BondAttributes.MODE,
                                                            BondMode.ACTIVE_BACKUP))
                                    .queues(4));
            int port = sandbox.veth("p0", "p1").index();
            links.change(port, LinkRequest.empty().down());
            links.change(port, LinkRequest.empty().master(bond.index()));
            links.change(
                    port,
                    LinkRequest.portOf(
                            LinkKind.BOND, data -> data.put(BondPortAttributes.QUEUE, 2)));

            Link read = links.find(port).orElseThrow();
            assertThat(read.port(BondPortAttributes.QUEUE)).hasValue(2);
            assertThat(
                            LinkKindsKernelIT.data(
                                    sandbox.ipOne("link", "show", "dev", "p0"), "info_slave_data"))
                    .containsEntry("queue_id", "2");
        }
    }

    @Test
    void bridgeVlans_addedAndRemoved_areThoseThatBridgeLists() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            KernelFeature.assume("bridge VLAN filtering", filtersVlans(links));
            int bridge = links.find("br0").orElseThrow().index();
            int port = sandbox.veth("p0", "p1").index();
            links.change(port, LinkRequest.empty().master(bridge));
            BridgeVlans vlans = new BridgeVlans(sandbox.socket());
            vlans.remove(port, BridgeVlan.of(1));
            vlans.add(port, BridgeVlan.range(10, 20));
            vlans.add(port, BridgeVlan.access(5));
            vlans.remove(port, BridgeVlan.range(14, 15));
            vlans.addSelf(bridge, BridgeVlan.of(10));

            assertThat(vlans.list())
                    .containsEntry(
                            port,
                            List.of(
                                    BridgeVlan.access(5),
                                    BridgeVlan.range(10, 13),
                                    BridgeVlan.range(16, 20)))
                    .containsEntry(bridge, List.of(BridgeVlan.access(1), BridgeVlan.of(10)));
            assertThat(
                            sandbox.run("bridge", "-j", "vlan", "show", "dev", "p0")
                                    .replaceAll("\\s", ""))
                    .contains("{\"vlan\":5,\"flags\":[\"PVID\",\"EgressUntagged\"]}")
                    .contains("{\"vlan\":20}")
                    .doesNotContain("{\"vlan\":15}");

            vlans.removeSelf(bridge, BridgeVlan.of(10));
            assertThat(vlans.list()).containsEntry(bridge, List.of(BridgeVlan.access(1)));
        }
    }

    /// A kernel without VLAN filtering refuses a bridge that shall have it.
    private static boolean filtersVlans(Links links) {
        try {
            Link bridge =
                    links.create(
                            LinkRequest.of(
                                    LinkKind.BRIDGE,
                                    "br0",
                                    data -> data.put(BridgeAttributes.VLAN_FILTERING, true)));
            return bridge.data(BridgeAttributes.VLAN_FILTERING).orElse(false);
        } catch (KernelException refused) {
            return false;
        }
    }
}
