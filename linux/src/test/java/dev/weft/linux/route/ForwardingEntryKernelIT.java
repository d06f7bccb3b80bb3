package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.testkit.KernelFeature;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ForwardingEntryKernelIT {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("02:00:00:00:00:07");
    private static final HardwareAddress EVERYTHING = HardwareAddress.parse("00:00:00:00:00:00");

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    private static JsonArray bridge(Sandbox sandbox, String device) {
        return JsonParser.parseString(
                        sandbox.run("bridge", "-j", "-d", "fdb", "show", "dev", device))
                .getAsJsonArray();
    }

    @Test
    void add_toAPortOfABridge_readsBackByPortAndByBridge() {
        try (Sandbox sandbox = new Sandbox()) {
            Link bridge = sandbox.links().create(LinkRequest.of(LinkKind.BRIDGE, "br0").up());
            int port = sandbox.veth("va", "vb").index();
            sandbox.links().change(port, LinkRequest.empty().master(bridge.index()));
            ForwardingEntries entries = new ForwardingEntries(sandbox.socket());
            entries.add(port, NeighbourRequest.port(HARDWARE).flag(NeighbourFlag.STICKY));
            // A kernel that filters VLANs keeps the entry once more for each VLAN of the port.
            assertThat(entries.ofPort(port))
                    .filteredOn(one -> one.hardwareAddress().equals(Optional.of(HARDWARE)))
                    .isNotEmpty()
                    .allSatisfy(entry -> {
                        assertThat(entry.master()).hasValue(bridge.index());
                        assertThat(entry.has(NeighbourFlag.STICKY)).isTrue();
                        assertThat(entry.states()).isEqualTo(Set.of(NeighbourState.NO_RESOLUTION));
                    });
            assertThat(bridge(sandbox, "va").toString()).contains(HARDWARE.toString(), "sticky");
            ForwardingEntry ours =
                    entries.ofBridge(bridge.index()).stream()
                            .filter(one -> one.hardwareAddress().orElseThrow().equals(HARDWARE))
                            .filter(one -> one.vlan().isEmpty())
                            .findFirst()
                            .orElseThrow();
            entries.delete(port, NeighbourRequest.of(ours).flag(NeighbourFlag.MASTER));
            assertThat(bridge(sandbox, "va").toString()).doesNotContain(HARDWARE.toString());
        }
    }

    @Test
    void append_toATunnel_addsOneMoreEnd() {
        KernelFeature.assumeLinkKind("vxlan");
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.run("ip", "link", "add", "vx0", "type", "vxlan", "id", "7", "dstport", "4789");
            int link = sandbox.links().find("vx0").orElseThrow().index();
            ForwardingEntries entries = new ForwardingEntries(sandbox.socket());
            entries.append(link, NeighbourRequest.tunnel(EVERYTHING, address("192.0.2.1")));
            entries.append(link, NeighbourRequest.tunnel(EVERYTHING, address("192.0.2.2")));
            entries.add(
                    link,
                    NeighbourRequest.tunnel(HARDWARE, address("192.0.2.3"))
                            .set(NeighbourAttributes.PORT, 8472)
                            .set(NeighbourAttributes.NETWORK_IDENTIFIER, 9L));
            assertThat(entries.ofPort(link))
                    .extracting(entry -> entry.destination().orElseThrow().getHostAddress())
                    .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "192.0.2.3");
            ForwardingEntry entry =
                    entries.ofPort(link).stream()
                            .filter(one -> one.hardwareAddress().orElseThrow().equals(HARDWARE))
                            .filter(one -> one.vlan().isEmpty())
                            .findFirst()
                            .orElseThrow();
            assertThat(entry.attributes().find(NeighbourAttributes.PORT)).hasValue(8472);
            assertThat(entry.attributes().find(NeighbourAttributes.NETWORK_IDENTIFIER))
                    .hasValue(9L);
            assertThat(bridge(sandbox, "vx0").toString())
                    .contains("\"dst\":\"192.0.2.2\"", "\"port\":8472", "\"vni\":9");
            entries.delete(link, NeighbourRequest.tunnel(EVERYTHING, address("192.0.2.1")));
            assertThat(entries.ofPort(link)).hasSize(2);
        }
    }
}
