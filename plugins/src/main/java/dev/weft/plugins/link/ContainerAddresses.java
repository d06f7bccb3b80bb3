package dev.weft.plugins.link;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Ipv4Setting;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.Refusal;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteMetrics;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Scope;
import dev.weft.plugins.site.Container;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Gives a container's interface its settings, addresses and routes, and brings it up.
///
/// ```java
/// new ContainerAddresses(container, index, "eth0", result).apply(true);
/// ```
///
/// @param container where
/// @param index of the interface
/// @param name of the interface
/// @param result whose addresses and routes it gets
public record ContainerAddresses(Container container, int index, String name, Result result) {
    private static final LinkRequest UP = LinkRequest.empty().up();

    /// Sets sysctls of the interface; those of IPv6 only where there is IPv6.
    ///
    /// @throws CniException when the container shall have an IPv6 address and the kernel has no
    ///   IPv6
    public void set(List<Setting> settings) {
        List<Setting> all = new ArrayList<>(settings);
        List<Setting> needed =
                own().stream().anyMatch(ContainerAddresses::isIpv6) ? ofIpv6() : List.of();
        all.addAll(needed);
        List<Setting> absent = container.sysctls().writeAll(all);
        if (absent.stream().anyMatch(needed::contains)) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "failed to enable IPv6 for interface \"" + name + "\": this kernel has none");
        }
    }

    private List<Setting> ofIpv6() {
        return List.of(
                Setting.of("0", "net", "ipv6", "conf", "lo", "disable_ipv6"),
                Setting.of("0", "net", "ipv6", "conf", name, "disable_ipv6"),
                Setting.of("1", "net", "ipv6", "conf", name, "keep_addr_on_down"));
    }

    /// Addresses, up, routes: in one system call.
    ///
    /// @param detectDuplicates whether IPv6 addresses are asked for first
    public void apply(boolean detectDuplicates) {
        apply(UP, address -> request(address, detectDuplicates), routes());
    }

    /// As [#apply(boolean)]; where there are addresses, the kernel from now on tells the neighbours
    /// by ARP whenever the interface gets one or comes up, or its hardware address changes.
    public void applyNotifying(boolean detectDuplicates) {
        LinkRequest link = result.addresses().isEmpty() ? UP : UP.ipv4(Ipv4Setting.ARP_NOTIFY, 1);
        apply(link, address -> request(address, detectDuplicates), routes());
    }

    public static AddressRequest request(IpPrefix address, boolean detectDuplicates) {
        AddressRequest request = AddressRequest.of(address).broadcast();
        return isIpv6(address) && !detectDuplicates
                ? request.flag(AddressFlag.NO_DUPLICATE_DETECTION)
                : request;
    }

    /// As [#apply(boolean)], with addresses and routes of the caller's.
    ///
    /// A route that is there already is none the worse; a second one to the same destination
    /// becomes another way.
    public void apply(Function<IpPrefix, AddressRequest> address, List<RouteRequest> routes) {
        apply(UP, address, routes);
    }

    private void apply(
            LinkRequest link,
            Function<IpPrefix, AddressRequest> address,
            List<RouteRequest> routes) {
        List<NetlinkRequest> requests = new ArrayList<>();
        own().forEach(own -> requests.add(Addresses.toAdd(index, address.apply(own))));
        requests.add(Links.toChange(index, link));
        int firstRoute = requests.size();
        routes.forEach(route -> requests.add(Routes.toAppend(route)));
        container
                .socket()
                .attempt(requests)
                .forEach((number, refusal) -> tolerate(number >= firstRoute, refusal));
    }

    private static void tolerate(boolean route, Refusal refusal) {
        if (!route || !refusal.is(Errno.EEXIST)) {
            throw refusal.exception();
        }
    }

    /// Has the kernel tell the neighbours whose hardware address this is, as it does when that is
    /// set anew: after [#applyNotifying].
    public void announce(HardwareAddress address) {
        container.links().change(index, LinkRequest.empty().address(address));
    }

    /// The addresses of this interface; those that no interface has are nobody's.
    List<IpPrefix> own() {
        List<IpPrefix> own = new ArrayList<>();
        for (ResultAddress address : result.addresses()) {
            if (address.interfaceIndex().isPresent()) {
                requireName(address, address.interfaceIndex().getAsInt());
                own.add(address.address());
            }
        }
        return own;
    }

    private void requireName(ResultAddress address, int number) {
        List<ResultInterface> interfaces = result.interfaces();
        if (number < 0
                || number >= interfaces.size()
                || !interfaces.get(number).name().equals(name)) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "failed to add IP addr "
                            + address.address()
                            + " to \""
                            + name
                            + "\": invalid interface index");
        }
    }

    /// The routes of the result.
    public List<RouteRequest> routes() {
        return result.routes().stream().map(this::request).toList();
    }

    /// A route without a gateway goes by the first gateway of its family.
    private RouteRequest request(ResultRoute route) {
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
        return withMetrics(request, route);
    }

    private static RouteRequest withMetrics(RouteRequest request, ResultRoute route) {
        if (route.mtuBytes().isEmpty() && route.advertisedMss().isEmpty()) {
            return request;
        }
        return request.metrics(metrics -> {
            route.mtuBytes().ifPresent(bytes -> metrics.put(RouteMetrics.MTU, (long) bytes));
            route.advertisedMss()
                    .ifPresent(bytes ->
                            metrics.put(RouteMetrics.ADVERTISED_SEGMENT_SIZE, (long) bytes));
        });
    }

    private static Optional<InetAddress> gatewayFor(IpPrefix destination, Result result) {
        return result.addresses().stream()
                .filter(address -> isIpv6(address.address()) == isIpv6(destination))
                .flatMap(address -> address.gateway().stream())
                .findFirst();
    }

    public static boolean isIpv6(IpPrefix prefix) {
        return IpFamily.of(prefix.address()) == IpFamily.IPV6;
    }
}
