package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import org.junit.jupiter.api.Test;

final class VethKernelIT {
    @Test
    void create_withPeerInAnotherNamespace_putsItThereUnderItsFinalName() {
        try (NetworkNamespace host = NetworkNamespace.create();
                NetworkNamespace container = NetworkNamespace.create();
                NetlinkSocket hostSocket = NetlinkSocket.open(NetlinkProtocol.ROUTE, host);
                NetlinkSocket containerSocket =
                        NetlinkSocket.open(NetlinkProtocol.ROUTE, container)) {
            Link web =
                    new Links(hostSocket)
                            .create(
                                    LinkRequest.veth(
                                                    "web0",
                                                    LinkRequest.named("eth0")
                                                            .in(container)
                                                            .queues(1)
                                                            .mtu(1400))
                                            .queues(1)
                                            .up());

            Link peer = new Links(containerSocket).find("eth0").orElseThrow();
            assertThat(web.name()).isEqualTo("web0");
            assertThat(web.isUp()).isTrue();
            assertThat(web.lower()).hasValue(peer.index());
            assertThat(peer.mtu()).isEqualTo(1400);
            assertThat(new Links(hostSocket).list()).extracting(Link::name).contains("lo", "web0");
        }
    }

    @Test
    void create_withTakenName_saysWhichAttribute() {
        try (NetworkNamespace host = NetworkNamespace.create();
                NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, host)) {
            Links links = new Links(socket);
            links.create(LinkRequest.of(LinkKind.BRIDGE, "br0"));
            assertThatThrownBy(() -> links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")))
                    .isInstanceOf(KernelException.class)
                    .hasMessage("cannot create bridge br0: EEXIST (17, already exists)");
            assertThatThrownBy(() -> links.create(LinkRequest.of(LinkKind.BRIDGE, "br1").mtu(1)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("mtu");
        }
    }
}
