package dev.weft.ipam.dhcp.live;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
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
import dev.weft.linux.packet.FramePoll;
import dev.weft.linux.packet.FrameSocket;
import dev.weft.linux.packet.ReceivedFrame;
import dev.weft.wire.Arp;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Packet;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One lease: its client, and the sockets that it has while it waits for an answer. With a lease in
/// hand it has none, so that it keeps no namespace alive.
///
/// For whoever has the [LeaseHolder]'s lock.
final class HeldLease {
    private final LeaseKey key;
    private final Path namespace;
    private final Dhcpv4Settings settings;
    private final OptionalInt priority;
    private final LeaseDirectory directory;
    private final Consumer<String> journal;
    private final Dhcpv4Client client;

    /// Completed when an ADD may be answered; from then on the interface is the driver's.
    private final CompletableFuture<Dhcpv4Lease> acquired = new CompletableFuture<>();

    private @Nullable FrameSocket frames;
    private @Nullable UdpPort port;
    private @Nullable AddressProbe probe;
    private boolean isGone;

    private HeldLease(
            LeaseKey key,
            Path namespace,
            Dhcpv4Settings settings,
            OptionalInt priority,
            Dhcpv4Client client,
            LeaseDirectory directory,
            Consumer<String> journal) {
        this.key = key;
        this.namespace = namespace;
        this.settings = settings;
        this.priority = priority;
        this.client = client;
        this.directory = directory;
        this.journal = journal;
    }

    /// One that is still to be had.
    ///
    /// @param frames of its interface; closed with what [#takeSockets] answers
    static HeldLease wanted(
            LeaseWish wish,
            FrameSocket frames,
            LeaseDirectory directory,
            Consumer<String> journal,
            Dhcpv4Client client) {
        HeldLease held =
                new HeldLease(
                        wish.key(),
                        wish.namespace(),
                        wish.settings(),
                        wish.priority(),
                        client,
                        directory,
                        journal);
        held.frames = frames;
        return held;
    }

    /// One that a process before this one had.
    static HeldLease saved(
            SavedLease saved,
            LeaseDirectory directory,
            Consumer<String> journal,
            Dhcpv4Client client) {
        HeldLease held =
                new HeldLease(
                        LeaseKey.of(saved),
                        Path.of(saved.namespace()),
                        saved.settings(),
                        saved.priority(),
                        client,
                        directory,
                        journal);
        held.acquired.complete(saved.lease());
        return held;
    }

    LeaseKey key() {
        return key;
    }

    CompletableFuture<Dhcpv4Lease> acquired() {
        return acquired;
    }

    /// The lease that its interface has.
    Optional<Dhcpv4Lease> lease() {
        return acquired.isDone() && probe == null ? client.lease() : Optional.empty();
    }

    /// Whether it is of the interface that a wish is for.
    boolean isFor(LeaseWish wish) {
        return settings.hardware().equals(wish.settings().hardware())
                && namespace.equals(wish.namespace());
    }

    /// Whether its interface is no more.
    boolean isGone() {
        return isGone;
    }

    /// The socket that it waits on.
    Optional<FrameSocket> frames() {
        return Optional.ofNullable(frames);
    }

    long wakeUpMillis() {
        return probe == null ? client.wakeUpMillis().orElse(Long.MAX_VALUE) : probe.endMillis();
    }

    /// Does what is due.
    void advance(long nowMillis) {
        if (probe == null) {
            carryOut(client.advance(nowMillis), nowMillis);
        } else if (nowMillis >= probe.endMillis()) {
            AddressProbe unanswered = probe;
            probe = null;
            accept(Optional.empty(), unanswered.lease(), unanswered.grantedMillis());
        }
    }

    /// Takes what has come.
    void receive(FramePoll poll, long nowMillis) {
        try {
            Optional<ReceivedFrame> frame = next(poll);
            while (frame.isPresent()) {
                HeardPacket.of(frame.get()).ifPresent(packet -> hear(packet, nowMillis));
                frame = next(poll);
            }
        } catch (LinuxException linkDown) {
            note("cannot hear: " + linkDown.getMessage());
        }
    }

    private Optional<ReceivedFrame> next(FramePoll poll) {
        return frames == null ? Optional.empty() : poll.receive(frames);
    }

    private void hear(Packet packet, long nowMillis) {
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

    private void listening(Consumer<FrameSocket> action) {
        if (frames == null) {
            onLink(link -> frames = link.listen());
        }
        if (frames != null) {
            action.accept(frames);
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

    /// Does something with the interface, if it is still there.
    private void onLink(Consumer<LeasedLink> action) {
        Optional<LeasedLink> found = find();
        isGone = found.isEmpty();
        if (found.isPresent()) {
            try (LeasedLink link = found.get()) {
                action.accept(link);
            }
        }
    }

    /// An interface of the same name and another link address is another container's.
    private Optional<LeasedLink> find() {
        Optional<LeasedLink> found = LeasedLink.find(namespace, key.attachment().interfaceName());
        if (found.isPresent() && !found.get().hardware().equals(Optional.of(settings.hardware()))) {
            found.get().close();
            return Optional.empty();
        }
        return found;
    }

    /// Looks whether the interface is still there.
    void look() {
        onLink(_ -> {});
    }

    /// @param before what the interface has
    private void accept(Optional<Dhcpv4Lease> before, Dhcpv4Lease lease, long grantedMillis) {
        try {
            save(lease, grantedMillis);
        } catch (LinuxException | CniException failed) {
            if (!acquired.isDone()) {
                acquired.completeExceptionally(failed);
                return;
            }
            note("cannot save the lease: " + failed.getMessage());
        }
        if (acquired.isDone()) {
            change(before, Optional.of(lease));
        } else {
            acquired.complete(lease);
        }
    }

    private void save(Dhcpv4Lease lease, long grantedMillis) {
        directory.save(
                new SavedLease(
                        key.network(),
                        key.attachment(),
                        namespace.toString(),
                        BootId.current(),
                        settings,
                        priority,
                        lease,
                        grantedMillis));
    }

    private void lose(Dhcpv4Lease lease, LeaseEvent.Reason reason) {
        directory.forget(key.network(), key.attachment());
        if (acquired.isDone()) {
            note("lost " + IpAddresses.text(lease.address()) + ", " + reason);
            change(Optional.of(lease), Optional.empty());
        }
    }

    private void change(Optional<Dhcpv4Lease> before, Optional<Dhcpv4Lease> after) {
        LeaseDifference difference = LeaseDifference.of(before, after, priority);
        if (!difference.isEmpty()) {
            note(difference.text());
            onLink(link -> link.change(difference));
        }
    }

    /// Ends it.
    ///
    /// @return what there is to tell the server
    List<Effect> end(long nowMillis) {
        probe = null;
        stop("the lease was released meanwhile");
        return client.release(nowMillis);
    }

    /// Ends the wait of who asked for it.
    void stop(String reason) {
        acquired.completeExceptionally(new CniException(ErrorCode.TRY_AGAIN_LATER, reason));
    }

    /// Its interface, to tell the server that it ends.
    Optional<LeasedLink> farewell() {
        return find();
    }

    /// The sockets that it does not need any more, to be closed by whoever has the time.
    Optional<AutoCloseable> takeIdleSockets() {
        boolean isIdle =
                switch (client.state()) {
                    case INIT, INIT_REBOOT, BOUND, STOPPED -> probe == null;
                    case SELECTING, REQUESTING, REBOOTING, RENEWING, REBINDING -> isGone;
                };
        return isIdle ? takeSockets() : Optional.empty();
    }

    Optional<AutoCloseable> takeSockets() {
        FrameSocket oldFrames = frames;
        UdpPort oldPort = port;
        frames = null;
        port = null;
        return oldFrames == null && oldPort == null
                ? Optional.empty()
                : Optional.of(() -> closeAll(oldFrames, oldPort));
    }

    private static void closeAll(@Nullable FrameSocket frames, @Nullable UdpPort port) {
        if (port != null) {
            port.close();
        }
        if (frames != null) {
            frames.close();
        }
    }

    private void note(String what) {
        journal.accept("DHCP lease of " + key + ": " + what);
    }
}
