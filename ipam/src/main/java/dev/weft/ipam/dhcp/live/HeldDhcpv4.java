package dev.weft.ipam.dhcp.live;

import dev.weft.cni.CniException;
import dev.weft.ipam.dhcp.Dhcpv4Client;
import dev.weft.ipam.dhcp.Dhcpv4Lease;
import dev.weft.ipam.dhcp.Dhcpv4Settings;
import dev.weft.ipam.dhcp.Effect;
import dev.weft.ipam.dhcp.LeaseDirectory;
import dev.weft.ipam.dhcp.LeaseEvent;
import dev.weft.ipam.dhcp.SavedLease;
import dev.weft.ipam.dhcp.Transmission;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.BootId;
import dev.weft.wire.Arp;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Packet;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A lease of an IPv4 address. An address that is offered is looked for on the link first.
final class HeldDhcpv4 extends HeldLease {
    /// How long a release may take to be on its way.
    private static final Duration RELEASE_LIMIT = Duration.ofMillis(500);

    private final Dhcpv4Settings settings;
    private final OptionalInt priority;
    private final LeaseDirectory directory;
    private final Dhcpv4Client client;

    private @Nullable UdpPort port;
    private @Nullable AddressProbe probe;

    private HeldDhcpv4(
            LeaseKey key,
            Path namespace,
            Dhcpv4Settings settings,
            OptionalInt priority,
            Dhcpv4Client client,
            LeaseDirectory directory,
            Consumer<String> journal) {
        super(key, namespace, settings.hardware(), journal);
        this.settings = settings;
        this.priority = priority;
        this.client = client;
        this.directory = directory;
    }

    /// One that is still to be had.
    static HeldDhcpv4 wanted(
            LeaseWish.OfDhcpv4 wish,
            LeaseDirectory directory,
            Consumer<String> journal,
            RandomGenerator random,
            long nowMillis) {
        return new HeldDhcpv4(
                wish.key(),
                wish.namespace(),
                wish.settings(),
                wish.priority(),
                Dhcpv4Client.starting(wish.settings(), random, nowMillis),
                directory,
                journal);
    }

    /// One that a process before this one had.
    static HeldDhcpv4 saved(
            SavedLease saved,
            LeaseDirectory directory,
            Consumer<String> journal,
            RandomGenerator random,
            long nowMillis) {
        HeldDhcpv4 held =
                new HeldDhcpv4(
                        LeaseKey.of(saved),
                        Path.of(saved.namespace()),
                        saved.settings(),
                        saved.priority(),
                        Dhcpv4Client.resuming(
                                saved.settings(),
                                random,
                                saved.lease(),
                                saved.grantedMillis(),
                                nowMillis),
                        directory,
                        journal);
        held.acquired().complete(held.granted(saved.lease()));
        return held;
    }

    private Granted granted(Dhcpv4Lease lease) {
        return Granted.of(lease, priority);
    }

    @Override
    Optional<Granted> lease() {
        return acquired().isDone() && probe == null
                ? client.lease().map(this::granted)
                : Optional.empty();
    }

    @Override
    long wakeUpMillis() {
        return probe == null ? client.wakeUpMillis().orElse(Long.MAX_VALUE) : probe.endMillis();
    }

    @Override
    void advance(long nowMillis) {
        if (probe == null) {
            carryOut(client.advance(nowMillis), nowMillis);
        } else if (nowMillis >= probe.endMillis()) {
            AddressProbe unanswered = probe;
            probe = null;
            accept(Optional.empty(), unanswered.lease(), unanswered.grantedMillis());
        }
    }

    @Override
    void hear(Packet packet, long nowMillis) {
        Optional<Arp.View> arp = packet.first(Arp.View.class);
        AddressProbe waiting = probe;
        if (waiting == null) {
            HeardPacket.dhcp(packet)
                    .ifPresent(message -> carryOut(client.receive(message, nowMillis), nowMillis));
        } else if (arp.filter(waiting::isConflict).isPresent()) {
            probe = null;
            note("another station has " + waiting.address());
            carryOut(client.decline(nowMillis), nowMillis);
        }
    }

    private void carryOut(List<Effect> effects, long nowMillis) {
        for (Effect effect : effects) {
            try {
                carryOut(effect, nowMillis);
            } catch (LinuxException | UncheckedIOException | CniException failed) {
                note("failed: " + failed.getMessage());
            }
        }
    }

    private void carryOut(Effect effect, long nowMillis) {
        switch (effect) {
            case Transmission.Broadcast broadcast ->
                    listening(socket -> socket.send(broadcast.frame()));
            case Transmission.Unicast unicast -> send(unicast);
            case LeaseEvent.Acquired(Dhcpv4Lease lease, long granted) -> {
                AddressProbe begun =
                        AddressProbe.of(settings.hardware(), lease, granted, nowMillis);
                probe = begun;
                listening(socket -> socket.send(begun.question()));
            }
            case LeaseEvent.Renewed(Dhcpv4Lease before, Dhcpv4Lease lease, long granted) ->
                    accept(Optional.of(before), lease, granted);
            case LeaseEvent.Lost(Dhcpv4Lease lease, LeaseEvent.Reason reason) ->
                    lose(lease, reason);
        }
    }

    private void send(Transmission.Unicast message) {
        listening(_ -> {});
        if (port != null && !port.address().equals(message.source())) {
            port.close();
            port = null;
        }
        if (port == null) {
            onLink(link -> port = UdpPort.open(link.namespace(), message.source()));
        }
        if (port != null) {
            port.send(message);
        }
    }

    /// @param before what the interface has
    private void accept(Optional<Dhcpv4Lease> before, Dhcpv4Lease lease, long grantedMillis) {
        accept(before.map(this::granted), granted(lease), () -> save(lease, grantedMillis));
    }

    private void save(Dhcpv4Lease lease, long grantedMillis) {
        directory.save(
                new SavedLease(
                        key().network(),
                        key().attachment(),
                        namespace().toString(),
                        BootId.current(),
                        settings,
                        priority,
                        lease,
                        grantedMillis));
    }

    private void lose(Dhcpv4Lease lease, LeaseEvent.Reason reason) {
        directory.forget(key().network(), key().attachment());
        if (acquired().isDone()) {
            note("lost " + IpAddresses.text(lease.address()) + ", " + reason);
            change(Optional.of(granted(lease)), Optional.empty());
        }
    }

    @Override
    Consumer<LeasedLink> end(long nowMillis) {
        probe = null;
        stop("the lease was released meanwhile");
        List<Transmission.Unicast> messages =
                client.release(nowMillis).stream()
                        .filter(Transmission.Unicast.class::isInstance)
                        .map(Transmission.Unicast.class::cast)
                        .toList();
        return link -> messages.forEach(message -> link.release(message, RELEASE_LIMIT));
    }

    @Override
    boolean isIdle() {
        return switch (client.state()) {
            case INIT, INIT_REBOOT, BOUND, STOPPED -> probe == null;
            case SELECTING, REQUESTING, REBOOTING, RENEWING, REBINDING -> isGone();
        };
    }

    @Override
    Optional<AutoCloseable> takeSockets() {
        Optional<AutoCloseable> frames = super.takeSockets();
        UdpPort old = port;
        port = null;
        return old == null ? frames : Optional.of(() -> closeAll(frames, old));
    }

    private static void closeAll(Optional<AutoCloseable> frames, UdpPort port) throws Exception {
        port.close();
        if (frames.isPresent()) {
            frames.get().close();
        }
    }
}
