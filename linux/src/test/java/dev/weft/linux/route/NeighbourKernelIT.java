package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NeighbourKernelIT {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("02:00:00:00:00:07");

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    @Test
    void replace_inBothFamilies_readsBackAsAskedAndAsIproute2Says() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            Neighbours neighbours = new Neighbours(sandbox.socket());
            for (String text : new String[] {"10.0.0.7", "2001:db8::7"}) {
                InetAddress address = address(text);
                NeighbourRequest request =
                        NeighbourRequest.permanent(address, HARDWARE)
                                .set(NeighbourAttributes.PROTOCOL, 99);
                neighbours.replace(link, request);
                Neighbour neighbour =
                        neighbours.list(IpFamily.of(address)).stream()
                                .filter(one -> one.address().equals(address))
                                .findFirst()
                                .orElseThrow();
                assertThat(neighbours.find(link, address).flatMap(Neighbour::hardwareAddress))
                        .hasValue(HARDWARE);
                assertThat(neighbour.linkIndex()).isEqualTo(link);
                assertThat(neighbour.hardwareAddress()).hasValue(HARDWARE);
                assertThat(neighbour.states()).isEqualTo(Set.of(NeighbourState.PERMANENT));
                assertThat(neighbour.attributes().find(NeighbourAttributes.PROTOCOL)).hasValue(99);
                JsonObject theirs = sandbox.ipOne("neigh", "show", "to", text, "dev", "va");
                assertThat(theirs.get("lladdr").getAsString()).isEqualTo(HARDWARE.toString());
                assertThat(theirs.getAsJsonArray("state").get(0).getAsString())
                        .isEqualTo("PERMANENT");
                assertThatThrownBy(() -> neighbours.add(link, request))
                        .isInstanceOf(KernelException.class)
                        .hasMessageContaining("EEXIST")
                        .hasMessageContaining(text);
                neighbours.delete(link, NeighbourRequest.of(address));
                assertThat(neighbours.find(link, address("10.0.0.8"))).isEmpty();
                assertThat(neighbours.list(link))
                        .noneMatch(one ->
                                one.states().contains(NeighbourState.PERMANENT)
                                        && one.address().equals(address));
            }
        }
    }

    @Test
    void managed_isAskedForThroughTheExtendedFlags() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            Neighbours neighbours = new Neighbours(sandbox.socket());
            neighbours.add(
                    link,
                    NeighbourRequest.of(address("10.0.0.9"))
                            .hardwareAddress(HARDWARE)
                            .flag(NeighbourFlag.EXTERNALLY_LEARNED)
                            .flag(NeighbourFlag.MANAGED));
            assertThat(neighbours.list(link))
                    .filteredOn(one -> one.address().equals(address("10.0.0.9")))
                    .singleElement()
                    .matches(one -> one.has(NeighbourFlag.MANAGED))
                    .matches(one -> one.has(NeighbourFlag.EXTERNALLY_LEARNED));
        }
    }

    @Test
    void proxy_isListedApart() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            Neighbours neighbours = new Neighbours(sandbox.socket());
            for (String text : new String[] {"10.0.0.8", "2001:db8::8"}) {
                neighbours.add(link, NeighbourRequest.proxy(address(text)));
            }
            assertThat(neighbours.proxies())
                    .extracting(Neighbour::address)
                    .containsExactlyInAnyOrder(address("10.0.0.8"), address("2001:db8::8"));
            assertThat(sandbox.ip("neigh", "show", "proxy")).hasSize(2);
            neighbours.delete(link, NeighbourRequest.proxy(address("10.0.0.8")));
            assertThat(neighbours.proxies()).hasSize(1);
        }
    }
}
