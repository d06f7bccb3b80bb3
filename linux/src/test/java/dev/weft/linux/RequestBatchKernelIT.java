package dev.weft.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests of several kinds of objects in one system call.
final class RequestBatchKernelIT {
    private static final IpPrefix ADDRESS = IpPrefix.parse("10.20.0.2/16");

    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private List<NetlinkRequest> network(int link, String gateway) {
        return List.of(
                Links.toChange(link, LinkRequest.empty().up()),
                Addresses.toAdd(link, AddressRequest.of(ADDRESS)),
                Routes.toAdd(
                        RouteRequest.to(IpFamily.IPV4.everything())
                                .via(IpPrefix.parseAddress(gateway))));
    }

    private int downLink() {
        return sandbox.links().create(LinkRequest.veth("eth0", LinkRequest.named("eth1"))).index();
    }

    @Test
    void linkAddressAndRoute_inOneCall_buildOnOneAnother() {
        sandbox.socket().batch(network(downLink(), "10.20.0.1"));

        assertThat(sandbox.ipOne("addr", "show", "dev", "eth0", "up").toString())
                .contains("10.20.0.2");
        assertThat(sandbox.ipOne("route", "show", "default").get("gateway").getAsString())
                .isEqualTo("10.20.0.1");
    }

    @Test
    void refusedRoute_isNamedAndTheOthersStay() {
        assertThatThrownBy(() -> sandbox.socket().batch(network(downLink(), "192.0.2.1")))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot add route to 0.0.0.0/0: ENETUNREACH");
        assertThat(sandbox.ip("route", "show", "10.20.0.0/16")).hasSize(1);
    }
}
