package dev.weft.ipam.dhcp.live;

import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Refusal;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What of an interface a new lease changes.
///
/// @param before what the interface has; nothing for none
/// @param after what it shall have; nothing for none
record LeaseDifference(Result before, Result after) {
    private static final Set<Errno> GONE_ALREADY = Set.of(Errno.ESRCH, Errno.EADDRNOTAVAIL);

    static LeaseDifference of(Optional<Granted> before, Optional<Granted> after) {
        return new LeaseDifference(result(before), result(after));
    }

    private static Result result(Optional<Granted> lease) {
        return lease.map(Granted::result).orElseGet(Result::empty);
    }

    /// Whether there is nothing to do.
    boolean isEmpty() {
        return addresses(before).equals(addresses(after)) && before.routes().equals(after.routes());
    }

    /// For a journal.
    String text() {
        return "has " + text(after) + " instead of " + text(before);
    }

    private static String text(Result result) {
        return addresses(result).toString()
                + " with routes to "
                + result.routes().stream().map(ResultRoute::destination).toList();
    }

    private static List<IpPrefix> addresses(Result result) {
        return result.addresses().stream().map(ResultAddress::address).toList();
    }

    /// The old goes before the new comes: of two addresses in one subnet the later is the lesser
    /// one, and would go with the first.
    void apply(NetlinkSocket socket, int link) {
        List<IpPrefix> own = addresses(after);
        boolean isMoving = !addresses(before).equals(own);
        Routes routes = new Routes(socket);
        for (ResultRoute route : before.routes()) {
            if (isMoving || !after.routes().contains(route)) {
                tolerant(() -> routes.delete(request(route, link)));
            }
        }
        List<NetlinkRequest> wanted = new ArrayList<>();
        if (isMoving) {
            Addresses addresses = new Addresses(socket);
            addresses(before).forEach(old -> tolerant(() -> addresses.delete(link, old)));
            own.forEach(address ->
                    wanted.add(Addresses.toAdd(link, AddressRequest.of(address).broadcast())));
        }
        after.routes().forEach(route -> wanted.add(Routes.toAppend(request(route, link))));
        socket.attempt(wanted).values().stream()
                .filter(refusal -> !refusal.is(Errno.EEXIST))
                .findFirst()
                .map(Refusal::exception)
                .ifPresent(failed -> {
                    throw failed;
                });
    }

    private static void tolerant(Runnable removal) {
        try {
            removal.run();
        } catch (KernelException failed) {
            if (GONE_ALREADY.stream().noneMatch(failed::is)) {
                throw failed;
            }
        }
    }

    private static RouteRequest request(ResultRoute route, int link) {
        RouteRequest request = RouteRequest.to(route.destination().network()).outputLink(link);
        Optional<InetAddress> router =
                route.gateway().filter(gateway -> !gateway.isAnyLocalAddress());
        if (router.isPresent()) {
            request = request.via(router.get());
        }
        return route.priority().isPresent() ? request.metric(route.priority().getAsInt()) : request;
    }
}
