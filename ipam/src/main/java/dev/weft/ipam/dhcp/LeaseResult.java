package dev.weft.ipam.dhcp;

import dev.weft.cni.Dns;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpPrefix;
import dev.weft.wire.ClasslessRoute;
import dev.weft.wire.IpAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A lease as the CNI plugin answers it. Results have no place for an interface's MTU that an IPAM
/// plugin could use: [Dhcpv4Lease#mtuBytes] has it.
public final class LeaseResult {
    private LeaseResult() {}

    /// Address, routes and name resolution. A route without a router has the gateway 0.0.0.0: none
    /// at all would mean the subnet's.
    ///
    /// @param priority the metric of the routes
    public static Result of(Dhcpv4Lease lease, OptionalInt priority) {
        return new Result(
                List.of(),
                List.of(
                        ResultAddress.of(
                                new IpPrefix(lease.address(), lease.prefixLength()),
                                gateway(lease))),
                lease.routes().stream().map(route -> route(route, priority)).toList(),
                new Dns(
                        lease.nameservers().stream().map(IpAddresses::text).toList(),
                        lease.domain(),
                        lease.search(),
                        List.of()));
    }

    /// The addresses of a DHCPv6 lease, each of a host alone: which others are on the link, and who
    /// routes, is for router advertisements to say.
    public static Result of(Dhcpv6Lease lease) {
        return new Result(
                List.of(),
                lease.addresses().stream()
                        .map(lent ->
                                ResultAddress.of(IpPrefix.host(lent.address()), Optional.empty()))
                        .toList(),
                List.of(),
                new Dns(
                        lease.nameservers().stream().map(IpAddresses::text).toList(),
                        Optional.empty(),
                        lease.search(),
                        List.of()));
    }

    /// The first router; of a server that only sends routes, that of the default route.
    private static Optional<InetAddress> gateway(Dhcpv4Lease lease) {
        Optional<Inet4Address> ofDefault =
                lease.routes().stream()
                        .filter(route -> route.lengthBits() == 0)
                        .map(ClasslessRoute::router)
                        .filter(router -> !router.isAnyLocalAddress())
                        .findFirst();
        return lease.routers().stream()
                .findFirst()
                .or(() -> ofDefault)
                .map(InetAddress.class::cast);
    }

    private static ResultRoute route(ClasslessRoute route, OptionalInt priority) {
        return new ResultRoute(
                new IpPrefix(route.destination(), route.lengthBits()),
                Optional.of(route.router()),
                OptionalInt.empty(),
                OptionalInt.empty(),
                priority,
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
