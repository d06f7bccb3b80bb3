package dev.weft.plugins.bridge;

import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The result of an ADD to a bridge: the bridge, the host's end, the container's end, which has the
/// addresses, and in a VLAN with a gateway the host's device in it.
record BridgeResult(Request request, BridgeConfiguration wanted, HostBridge bridge, Veth veth) {
    static final int CONTAINER = 2;

    /// With the addresses that the container gets.
    Result of(Result addresses) {
        Result result =
                new Result(
                        List.of(
                                ResultInterface.ofHost(bridge.name(), bridge.mac()),
                                ofHost(veth.host()),
                                ResultInterface.ofContainer(
                                        request.interfaceName(),
                                        veth.containerAddress().toString(),
                                        request.netns().orElse(""))),
                        addresses.addresses().stream()
                                .map(address -> withGateway(address.on(CONTAINER)))
                                .toList(),
                        addresses.routes(),
                        wanted.pair().dns().orElse(addresses.dns()));
        return wanted.defaultGateway() ? withDefaultRoutes(result) : result;
    }

    static ResultInterface ofHost(Link link) {
        return ResultInterface.ofHost(link.name(), link.address().map(Object::toString).orElse(""));
    }

    Result withGateway(Result result, Link device) {
        return result.plusInterface(ofHost(device));
    }

    private ResultAddress withGateway(ResultAddress address) {
        return address.gateway().isPresent() || !wanted.gateway()
                ? address
                : address.withGateway(firstOf(address.address()));
    }

    private static InetAddress firstOf(IpPrefix subnet) {
        byte[] bytes = subnet.network().address().getAddress();
        bytes[bytes.length - 1] |= 1;
        return IpPrefix.addressOf(bytes);
    }

    /// One for each family with an address, unless the result has one with a gateway.
    private static Result withDefaultRoutes(Result result) {
        List<ResultRoute> routes = new ArrayList<>(result.routes());
        for (ResultAddress address : result.addresses()) {
            IpPrefix everything = IpFamily.of(address.address().address()).everything();
            boolean there =
                    routes.stream()
                            .anyMatch(route ->
                                    route.destination().network().equals(everything)
                                            && route.gateway().isPresent());
            if (!there) {
                routes.add(ResultRoute.of(everything, address.gateway()));
            }
        }
        return result.withRoutes(routes);
    }
}
