package dev.weft.ipam.dhcp.live;

import dev.weft.cni.CniException;
import dev.weft.ipam.dhcp.Dhcpv6Client;
import dev.weft.ipam.dhcp.Dhcpv6Effect;
import dev.weft.ipam.dhcp.Dhcpv6Lease;
import dev.weft.ipam.dhcp.Dhcpv6Settings;
import dev.weft.ipam.dhcp.LeaseDirectory;
import dev.weft.ipam.dhcp.SavedDhcpv6Lease;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.BootId;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.IpProtocol;
import dev.weft.wire.Ipv6;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import dev.weft.wire.Udp;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A lease of IPv6 addresses. Its messages go by a packet socket, from the interface's link-local
/// address, so that the thread waits on sockets of one kind. The kernel, which knows of nobody at
/// the client's port, tells the server so (ICMPv6, port unreachable); servers do not mind.
final class HeldDhcpv6 extends HeldLease {
    private static final Inet6Address SERVERS = IpAddresses.parseV6("ff02::1:2");
    private static final MacAddress SERVERS_HARDWARE = MacAddress.parse("33:33:00:01:00:02");
    private static final long ASSOCIATION = 1;
    private static final List<Integer> REQUESTED =
            List.of(Dhcpv6Option.DOMAIN_NAME_SERVERS, Dhcpv6Option.DOMAIN_SEARCH);

    private final LeaseDirectory directory;
    private final Dhcpv6Client client;

    private HeldDhcpv6(
            LeaseKey key,
            Path namespace,
            MacAddress hardware,
            LeaseDirectory directory,
            Consumer<String> journal,
            Dhcpv6Client client) {
        super(key, namespace, hardware, journal);
        this.directory = directory;
        this.client = client;
    }

    /// One that is still to be had.
    static HeldDhcpv6 wanted(
            LeaseWish.OfDhcpv6 wish,
            LeaseDirectory directory,
            Consumer<String> journal,
            RandomGenerator random,
            long nowMillis) {
        return new HeldDhcpv6(
                wish.key(),
                wish.namespace(),
                wish.hardware(),
                directory,
                journal,
                Dhcpv6Client.starting(settings(wish.key()), random, nowMillis));
    }

    /// One that a process before this one had.
    static HeldDhcpv6 saved(
            SavedDhcpv6Lease saved,
            LeaseDirectory directory,
            Consumer<String> journal,
            RandomGenerator random,
            long nowMillis) {
        LeaseKey key = LeaseKey.of(saved);
        HeldDhcpv6 held =
                new HeldDhcpv6(
                        key,
                        Path.of(saved.namespace()),
                        saved.hardware(),
                        directory,
                        journal,
                        Dhcpv6Client.resuming(
                                settings(key),
                                random,
                                saved.lease(),
                                saved.grantedMillis(),
                                nowMillis));
        held.acquired().complete(Granted.of(saved.lease()));
        return held;
    }

    /// The identifier is one of RFC 6355, made of what the DHCPv4 client's is, so that nothing has
    /// to be kept to know a container again.
    private static Dhcpv6Settings settings(LeaseKey key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.client().getBytes(StandardCharsets.UTF_8));
            return new Dhcpv6Settings(
                    Dhcpv6Option.uniqueIdentifier(Slice.of(hash)),
                    ASSOCIATION,
                    REQUESTED,
                    true,
                    false);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    Optional<Granted> lease() {
        return acquired().isDone() ? client.lease().map(Granted::of) : Optional.empty();
    }

    @Override
    long wakeUpMillis() {
        return client.wakeUpMillis().orElse(Long.MAX_VALUE);
    }

    @Override
    void advance(long nowMillis) {
        carryOut(client.advance(nowMillis));
    }

    @Override
    void hear(Packet packet, long nowMillis) {
        HeardPacket.dhcpv6(packet)
                .ifPresent(message -> carryOut(client.receive(message, nowMillis)));
    }

    private void carryOut(List<Dhcpv6Effect> effects) {
        for (Dhcpv6Effect effect : effects) {
            try {
                carryOut(effect);
            } catch (LinuxException | UncheckedIOException | CniException failed) {
                note("failed: " + failed.getMessage());
            }
        }
    }

    private void carryOut(Dhcpv6Effect effect) {
        switch (effect) {
            case Dhcpv6Effect.Send(Dhcpv6 message) -> onLink(link -> send(link, message));
            case Dhcpv6Effect.Acquired(Dhcpv6Lease lease, long granted) ->
                    accept(Optional.empty(), Granted.of(lease), () -> save(lease, granted));
            case Dhcpv6Effect.Renewed(Dhcpv6Lease before, Dhcpv6Lease lease, long granted) ->
                    accept(
                            Optional.of(Granted.of(before)),
                            Granted.of(lease),
                            () -> save(lease, granted));
            case Dhcpv6Effect.Lost(Dhcpv6Lease lease, var reason) -> {
                directory.forgetDhcpv6(key().network(), key().attachment());
                if (acquired().isDone()) {
                    note("lost its addresses, " + reason);
                    change(Optional.of(Granted.of(lease)), Optional.empty());
                }
            }
        }
    }

    /// Without a link-local address the message is lost, and sent again later.
    private void send(LeasedLink link, Dhcpv6 message) {
        link.linkLocal()
                .ifPresent(source -> listening(socket -> socket.send(frame(source, message))));
    }

    private byte[] frame(Inet6Address source, Dhcpv6 message) {
        return Packet.encode(
                new Ethernet(SERVERS_HARDWARE, hardware(), EtherType.IPV6),
                Ipv6.of(source, SERVERS, IpProtocol.UDP),
                new Udp(Dhcpv6.CLIENT_PORT, Dhcpv6.SERVER_PORT),
                message);
    }

    private void save(Dhcpv6Lease lease, long grantedMillis) {
        directory.save(
                new SavedDhcpv6Lease(
                        key().network(),
                        key().attachment(),
                        namespace().toString(),
                        BootId.current(),
                        hardware(),
                        lease,
                        grantedMillis));
    }

    /// The message is sent once: nobody waits for a server to say that it has heard it, which takes
    /// the address back at the lease's end anyway.
    @Override
    Consumer<LeasedLink> end(long nowMillis) {
        stop("the lease was released meanwhile");
        List<Dhcpv6> messages =
                client.release(nowMillis).stream()
                        .filter(Dhcpv6Effect.Send.class::isInstance)
                        .map(Dhcpv6Effect.Send.class::cast)
                        .map(Dhcpv6Effect.Send::message)
                        .toList();
        return link -> messages.forEach(message -> tell(link, message));
    }

    private void tell(LeasedLink link, Dhcpv6 message) {
        link.linkLocal().ifPresent(source -> link.send(frame(source, message)));
    }

    @Override
    boolean isIdle() {
        return switch (client.state()) {
            case INIT, BOUND, STOPPED -> true;
            case SOLICITING, REQUESTING, CONFIRMING, RENEWING, REBINDING, RELEASING, DECLINING ->
                    isGone();
        };
    }
}
