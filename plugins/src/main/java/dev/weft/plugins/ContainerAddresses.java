package dev.weft.plugins;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Scope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives a container's interface its addresses and routes, and brings it up.
final class ContainerAddresses {
    private ContainerAddresses() {}

    /// Everything in one system call: up, addresses, routes.
    static void apply(Container container, int index, String name, Result result) {
        List<IpPrefix> own = addressesOf(result, name);
        if (own.stream().anyMatch(ContainerAddresses::isIpv6)) {
            enableIpv6(container, name);
        }
        List<NetlinkRequest> requests = new ArrayList<>();
        for (IpPrefix address : own) {
            requests.add(Addresses.toAdd(index, AddressRequest.of(address).broadcast()));
        }
        requests.add(Links.toChange(index, LinkRequest.empty().up()));
        for (ResultRoute route : result.routes()) {
            requests.add(Routes.toAdd(request(route, index, result)));
        }
        container.socket().batch(requests);
    }

    /// Those of an interface of the result; one without an interface belongs to any.
    private static List<IpPrefix> addressesOf(Result result, String name) {
        List<ResultInterface> interfaces = result.interfaces();
        List<IpPrefix> own = new ArrayList<>();
        for (ResultAddress address : result.addresses()) {
            if (address.interfaceIndex().isEmpty()) {
                continue;
            }
            int index = address.interfaceIndex().getAsInt();
            if (index < 0
                    || index >= interfaces.size()
                    || !interfaces.get(index).name().equals(name)) {
                throw new CniException(
                        ErrorCode.INTERNAL,
                        "failed to add IP addr "
                                + address.address()
                                + " to \""
                                + name
                                + "\": invalid interface index");
            }
            own.add(address.address());
        }
        return own;
    }

    private static void enableIpv6(Container container, String name) {
        container.sysctls().write("0", "net", "ipv6", "conf", "lo", "disable_ipv6");
        container.sysctls().write("0", "net", "ipv6", "conf", name, "disable_ipv6");
        container.sysctls().write("1", "net", "ipv6", "conf", name, "keep_addr_on_down");
    }

    /// A route without a gateway goes by the first gateway of its family.
    private static RouteRequest request(ResultRoute route, int index, Result result) {
        RouteRequest request = RouteRequest.to(route.destination().network()).outputLink(index);
        Optional<InetAddress> gateway =
                route.gateway().or(() -> gatewayFor(route.destination(), result));
        if (gateway.isPresent()) {
            request = request.via(gateway.get());
        }
        if (route.priority().isPresent()) {
            request = request.metric(route.priority().getAsInt());
        }
        if (route.table().isPresent()) {
            request = request.table(route.table().getAsInt());
        }
        if (route.scope().isPresent()) {
            request = request.scope(new Scope(route.scope().getAsInt()));
        }
        return request;
    }

    private static Optional<InetAddress> gatewayFor(IpPrefix destination, Result result) {
        return result.addresses().stream()
                .filter(address -> isIpv6(address.address()) == isIpv6(destination))
                .flatMap(address -> address.gateway().stream())
                .findFirst();
    }

    static boolean isIpv6(IpPrefix prefix) {
        return IpFamily.of(prefix.address()) == IpFamily.IPV6;
    }
}
