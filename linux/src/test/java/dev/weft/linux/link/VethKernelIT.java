package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import org.junit.jupiter.api.Test;

final class VethKernelIT {
    @Test
    void create_withPeerInAnotherNamespace_putsItThereUnderItsFinalName() {
        try (Sandbox host = new Sandbox();
                Sandbox container = new Sandbox()) {
            LinkRequest peer =
                    LinkRequest.named("eth0").in(container.namespace()).queues(1).mtu(1400);
            Link web = host.links().create(LinkRequest.veth("web0", peer).queues(1).up());

            Link eth = container.links().find("eth0").orElseThrow();
            assertThat(web.name()).isEqualTo("web0");
            assertThat(web.isUp()).isTrue();
            assertThat(web.lower()).hasValue(eth.index());
            assertThat(eth.mtu()).isEqualTo(1400);
            assertThat(container.ipOne("link", "show", "dev", "eth0").get("mtu").getAsInt())
                    .isEqualTo(1400);
            assertThat(host.links().list()).extracting(Link::name).contains("lo", "web0");
        }
    }

    @Test
    void create_withTakenName_saysWhichAttribute() {
        try (Sandbox host = new Sandbox()) {
            Links links = host.links();
            links.create(LinkRequest.of(LinkKind.BRIDGE, "br0"));
            assertThatThrownBy(() -> links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")))
                    .isInstanceOf(KernelException.class)
                    .hasMessage(
                            "cannot create bridge br0: EEXIST (17, already exists);"
                                    + " delete it first, or choose another");
            assertThatThrownBy(() -> links.create(LinkRequest.of(LinkKind.BRIDGE, "br1").mtu(1)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("mtu");
        }
    }
}
