package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.LinkRequest;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NextHopKernelIT {
    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    private static int link(Sandbox sandbox) {
        sandbox.links().change(1, LinkRequest.empty().up());
        int link = sandbox.veth("va", "vb").index();
        sandbox.addresses().add(link, AddressRequest.of(IpPrefix.parse("10.0.0.1/24")));
        return link;
    }

    @Test
    void groupOfTwo_readsBackAsAskedAndAsIproute2Says() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            NextHops hops = new NextHops(sandbox.socket());
            NextHop first =
                    hops.add(
                            NextHopRequest.via(address("10.0.0.2"), link)
                                    .id(5)
                                    .protocol(new RouteProtocol(99)));
            NextHop second = hops.add(NextHopRequest.via(address("10.0.0.3"), link));
            assertThat(first.gateway()).hasValue(address("10.0.0.2"));
            assertThat(first.outputLink()).hasValue(link);
            assertThat(first.protocol()).isEqualTo(new RouteProtocol(99));
            assertThat(second.id()).isPositive().isNotEqualTo(5);
            List<NextHopMember> members =
                    List.of(new NextHopMember(5, 3), new NextHopMember(second.id(), 256));
            hops.add(NextHopRequest.group(members).id(9));
            assertThat(hops.find(9).orElseThrow().members())
                    .containsExactlyInAnyOrderElementsOf(members);
            assertThat(hops.groups()).extracting(NextHop::id).containsExactly(9L);
            assertThat(hops.list(link)).hasSize(2);
            assertThat(hops.list()).hasSize(3);
            JsonObject theirs = sandbox.ipOne("nexthop", "show", "id", "9");
            assertThat(theirs.getAsJsonArray("group")).hasSize(2);
            assertThat(theirs.toString()).contains("\"weight\":256");

            IpPrefix destination = IpPrefix.parse("10.9.0.0/16");
            sandbox.routes().add(RouteRequest.to(destination).nextHopId(9));
            Route route =
                    sandbox.routes().list().stream()
                            .filter(one -> one.destination().equals(destination))
                            .findFirst()
                            .orElseThrow();
            assertThat(route.nextHopId()).hasValue(9L);
            assertThat(route.nextHops()).hasSize(2);
            hops.replace(NextHopRequest.via(address("10.0.0.4"), link).id(5));
            assertThat(hops.find(5).orElseThrow().gateway()).hasValue(address("10.0.0.4"));
            hops.delete(9);
            assertThat(sandbox.routes().list())
                    .noneMatch(one -> one.destination().equals(destination));
        }
    }

    @Test
    void blackholeAndForwardingEntryAndResilientGroup_readBack() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            NextHops hops = new NextHops(sandbox.socket());
            for (IpFamily family : IpFamily.values()) {
                assertThat(hops.add(NextHopRequest.blackhole(family)).isBlackhole()).isTrue();
            }
            NextHop tunnel = hops.add(NextHopRequest.forwardingEntry(address("192.0.2.1")));
            assertThat(tunnel.attributes().find(NextHopAttributes.FORWARDING_DATABASE)).isPresent();
            hops.add(NextHopRequest.link(IpFamily.IPV4, link).id(5));
            NextHop group =
                    hops.add(
                            NextHopRequest.resilientGroup(
                                    List.of(new NextHopMember(5, 1)),
                                    values ->
                                            values.put(ResilientGroupAttributes.BUCKETS, 8)
                                                    .put(
                                                            ResilientGroupAttributes.IDLE_TIMER,
                                                            6000L)));
            assertThat(
                            group.attributes()
                                    .find(NextHopAttributes.RESILIENT_GROUP)
                                    .flatMap(all -> all.find(ResilientGroupAttributes.BUCKETS)))
                    .hasValue(8);
            assertThat(sandbox.ipOne("nexthop", "show", "id", Long.toString(group.id())).toString())
                    .contains("\"buckets\":8");
        }
    }

    @Test
    void addAndFindAndDelete_ofWrongNumbers_sayWhich() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            NextHops hops = new NextHops(sandbox.socket());
            assertThat(hops.find(77)).isEmpty();
            assertThatThrownBy(() -> hops.delete(77))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("next hop 77");
            NextHopRequest request = NextHopRequest.blackhole(IpFamily.IPV4).id(7);
            hops.add(request);
            assertThatThrownBy(() -> hops.add(request))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EEXIST");
        }
    }
}
