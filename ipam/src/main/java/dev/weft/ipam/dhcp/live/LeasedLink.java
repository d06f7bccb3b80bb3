package dev.weft.ipam.dhcp.live;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.ipam.dhcp.Transmission;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.link.OperationalState;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Subscription;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.packet.FrameSocket;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.Addresses;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Slice;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The interface of a lease, while something is done with it: its namespace stays open no longer
/// than that, since who holds a namespace open keeps it alive.
final class LeasedLink implements AutoCloseable {
    private static final int RTNLGRP_LINK = 1;

    /// What the kernel says of a path at which no namespace is any more.
    private static final Set<Errno> GONE =
            Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ESRCH, Errno.EACCES);

    private final NetworkNamespace namespace;
    private final NetlinkSocket netlink;
    private final Link link;

    private LeasedLink(NetworkNamespace namespace, NetlinkSocket netlink, Link link) {
        this.namespace = namespace;
        this.netlink = netlink;
        this.link = link;
    }

    /// The interface of a name in the namespace at a path; nothing when either is not there.
    static Optional<LeasedLink> find(Path path, String name) {
        try {
            return find(NetworkNamespace.ofPath(path), name);
        } catch (InvalidRequestException noNamespace) {
            return Optional.empty();
        } catch (KernelException failed) {
            if (GONE.stream().anyMatch(failed::is)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static Optional<LeasedLink> find(NetworkNamespace namespace, String name) {
        NetlinkSocket netlink = null;
        boolean isFound = false;
        try {
            netlink = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace);
            Optional<Link> link = new Links(netlink).find(name);
            isFound = link.isPresent();
            NetlinkSocket socket = netlink;
            return link.map(found -> new LeasedLink(namespace, socket, found));
        } finally {
            if (!isFound) {
                if (netlink != null) {
                    netlink.close();
                }
                namespace.close();
            }
        }
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /// Its link address; nothing on a link that is no Ethernet.
    Optional<MacAddress> hardware() {
        return link.address()
                .filter(address -> address.bytes().length == MacAddress.LENGTH)
                .map(address -> MacAddress.parse(address.toString()));
    }

    /// Whether several interfaces share one link address, so that what is sent to an address which
    /// the interface does not have yet reaches none of them.
    boolean hearsOnlyBroadcasts() {
        return link.kind().equals(Optional.of(LinkKind.IPVLAN));
    }

    /// Brings it up, and waits until packets leave it. Without a carrier it goes on all the same:
    /// the first messages are lost then.
    void bringUp(Duration limit) {
        Links links = new Links(netlink);
        links.change(link.index(), LinkRequest.empty().up());
        if (isReady(links)) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try (Subscription events =
                Subscription.open(NetlinkProtocol.ROUTE, namespace, "link events", RTNLGRP_LINK)) {
            Duration left = limit;
            while (!isReady(links) && left.isPositive()) {
                events.next(left);
                left = Duration.ofNanos(deadline - System.nanoTime());
            }
        }
    }

    private boolean isReady(Links links) {
        return links.find(link.index())
                .map(Link::operationalState)
                .filter(state ->
                        state.equals(OperationalState.UP) || state.equals(OperationalState.UNKNOWN))
                .isPresent();
    }

    /// A socket that hears servers, and stations that have an address.
    FrameSocket listen(IpFamily family) {
        return FrameSocket.open(
                namespace,
                switch (family) {
                    case IPV4 -> DhcpFilter.answers(link.index());
                    case IPV6 -> DhcpFilter.answersOfDhcpv6(link.index());
                });
    }

    /// The address by which servers answer, once the kernel knows that nobody else has it.
    Optional<Inet6Address> linkLocal() {
        return linkLocal(new Addresses(netlink).list(link.index()));
    }

    private Optional<Inet6Address> linkLocal(List<Address> addresses) {
        return addresses.stream()
                .filter(address -> address.linkIndex() == link.index())
                .filter(address ->
                        !address.has(AddressFlag.TENTATIVE) && !address.has(AddressFlag.DUPLICATE))
                .map(Address::address)
                .filter(InetAddress::isLinkLocalAddress)
                .filter(Inet6Address.class::isInstance)
                .map(address -> IpAddresses.v6(Slice.of(address.getAddress()), 0))
                .findFirst();
    }

    /// Waits for [#linkLocal].
    ///
    /// @throws CniException when there is none in time
    void awaitLinkLocal(Duration limit) {
        if (linkLocal().isPresent()) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try (Watch<?, Address> watch = Addresses.watch(namespace)) {
            Duration left = limit;
            while (linkLocal(watch.rows()).isEmpty()) {
                if (!left.isPositive()) {
                    throw new CniException(
                            ErrorCode.TRY_AGAIN_LATER,
                            '"' + link.name() + "\" has no IPv6 link-local address",
                            "DHCPv6 needs one: is IPv6 enabled in the container?");
                }
                watch.next(left);
                left = Duration.ofNanos(deadline - System.nanoTime());
            }
        }
    }

    /// Sends a frame.
    void send(byte[] frame) {
        try (FrameSocket socket = listen(IpFamily.IPV6)) {
            socket.send(frame);
        }
    }

    /// Makes packets no longer than the server says the network takes. Never longer: what the
    /// interface was made with, its other side can take.
    void lowerMtu(OptionalInt mtu) {
        if (mtu.isPresent() && mtu.getAsInt() < link.mtu()) {
            new Links(netlink).change(link.index(), LinkRequest.empty().mtu(mtu.getAsInt()));
        }
    }

    /// Puts another lease's address and routes in the place of one's.
    void change(LeaseDifference difference) {
        difference.apply(netlink, link.index());
    }

    /// Tells the server that its address is free, and returns when that is on its way: what is
    /// still queued would go with the interface.
    void release(Transmission.Unicast message, Duration limit) {
        new ReleaseMessage(namespace, link.index(), message).send(limit);
    }

    @Override
    public void close() {
        netlink.close();
        namespace.close();
    }
}
