package dev.weft.ipam.dhcp.live;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.LinuxException;
import dev.weft.linux.packet.FramePoll;
import dev.weft.linux.packet.FrameSocket;
import dev.weft.linux.packet.ReceivedFrame;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One lease: its client, and the sockets that it has while it waits for an answer. With a lease in
/// hand it has none, so that it keeps no namespace alive.
///
/// For whoever has the [LeaseHolder]'s lock.
abstract sealed class HeldLease permits HeldDhcpv4, HeldDhcpv6 {
    private final LeaseKey key;
    private final Path namespace;
    private final MacAddress hardware;
    private final Consumer<String> journal;

    /// Completed when an ADD may be answered; from then on the interface is the driver's.
    private final CompletableFuture<Granted> acquired = new CompletableFuture<>();

    private @Nullable FrameSocket frames;
    private boolean isGone;

    HeldLease(LeaseKey key, Path namespace, MacAddress hardware, Consumer<String> journal) {
        this.key = key;
        this.namespace = namespace;
        this.hardware = hardware;
        this.journal = journal;
    }

    final LeaseKey key() {
        return key;
    }

    final Path namespace() {
        return namespace;
    }

    final MacAddress hardware() {
        return hardware;
    }

    final CompletableFuture<Granted> acquired() {
        return acquired;
    }

    /// Whether it is of the interface that a wish is for.
    final boolean isFor(LeaseWish wish) {
        return hardware.equals(wish.hardware()) && namespace.equals(wish.namespace());
    }

    /// Whether its interface is no more.
    final boolean isGone() {
        return isGone;
    }

    /// The socket that it waits on.
    final Optional<FrameSocket> frames() {
        return Optional.ofNullable(frames);
    }

    /// The lease that its interface has.
    abstract Optional<Granted> lease();

    /// When to call [#advance], if nothing comes before.
    abstract long wakeUpMillis();

    /// Does what is due.
    abstract void advance(long nowMillis);

    /// Takes a packet that has come.
    abstract void hear(Packet packet, long nowMillis);

    /// Takes what has come.
    final void receive(FramePoll poll, long nowMillis) {
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

    /// Begins to listen, on an interface of this lease.
    final void listen(LeasedLink link) {
        frames = link.listen(key.family());
    }

    /// Does something with a socket that listens, if the interface is still there.
    final void listening(Consumer<FrameSocket> action) {
        if (frames == null) {
            onLink(this::listen);
        }
        if (frames != null) {
            action.accept(frames);
        }
    }

    /// Does something with the interface, if it is still there.
    final void onLink(Consumer<LeasedLink> action) {
        Optional<LeasedLink> found = find();
        isGone = found.isEmpty();
        if (found.isPresent()) {
            try (LeasedLink link = found.get()) {
                action.accept(link);
            }
        }
    }

    /// The interface, if it is still there. One of the same name and another link address is
    /// another container's.
    final Optional<LeasedLink> find() {
        Optional<LeasedLink> found = LeasedLink.find(namespace, key.attachment().interfaceName());
        if (found.isPresent() && !found.get().hardware().equals(Optional.of(hardware))) {
            found.get().close();
            return Optional.empty();
        }
        return found;
    }

    /// Looks whether the interface is still there.
    final void look() {
        onLink(_ -> {});
    }

    /// Puts a lease on the interface, or takes it away.
    final void change(Optional<Granted> before, Optional<Granted> after) {
        LeaseDifference difference = LeaseDifference.of(before, after);
        if (!difference.isEmpty()) {
            note(difference.text());
            onLink(link -> link.change(difference));
        }
    }

    /// Takes what a server granted.
    ///
    /// @param before what the interface has
    /// @param save keeps it for the next process
    final void accept(Optional<Granted> before, Granted now, Runnable save) {
        try {
            save.run();
        } catch (LinuxException | CniException failed) {
            if (!acquired.isDone()) {
                acquired.completeExceptionally(failed);
                return;
            }
            note("cannot save the lease: " + failed.getMessage());
        }
        if (acquired.isDone()) {
            change(before, Optional.of(now));
        } else {
            acquired.complete(now);
        }
    }

    /// Ends it.
    ///
    /// @return what there is to tell the server
    abstract Consumer<LeasedLink> end(long nowMillis);

    /// Ends the wait of who asked for it.
    final void stop(String reason) {
        acquired.completeExceptionally(new CniException(ErrorCode.TRY_AGAIN_LATER, reason));
    }

    /// Whether it waits for nothing that would come by a socket.
    abstract boolean isIdle();

    /// The sockets that it does not need any more, to be closed by whoever has the time.
    final Optional<AutoCloseable> takeIdleSockets() {
        return isIdle() ? takeSockets() : Optional.empty();
    }

    Optional<AutoCloseable> takeSockets() {
        FrameSocket old = frames;
        frames = null;
        return Optional.ofNullable(old);
    }

    final void note(String what) {
        journal.accept("DHCP lease of " + key + ": " + what);
    }
}
