package dev.weft.linux.netlink;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.sys.WakeableDescriptor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;

/// Notifications of multicast groups, in the order the kernel sent them, and word of every gap.
///
/// One thread takes them; any thread may [#close], which wakes it.
public final class Subscription implements AutoCloseable {
    /// A busy node sends thousands of notifications while a reader works on one.
    private static final int RECEIVE_BYTES = 4 << 20;

    private final String what;
    private final List<Integer> groups;
    private final NetlinkChannel channel;
    private final WakeableDescriptor descriptor;

    /// Used by the one who receives from the descriptor.
    private final Queue<NetlinkMessage> pending = new ArrayDeque<>();

    /// What a subscriber is told.
    public sealed interface Notification {
        /// A message of one of the groups.
        record Event(NetlinkMessage message) implements Notification {}

        /// Some messages were lost, as they came faster than they were taken. What is known by now
        /// is out of date and has to be read again.
        record Overrun() implements Notification {}
    }

    private Subscription(String what, List<Integer> groups, NetlinkChannel channel) {
        this.what = what;
        this.groups = groups;
        this.channel = channel;
        descriptor = channel.wakeable();
    }

    /// Subscribes in a namespace.
    ///
    /// @param what the events, for messages: "link events"
    /// @param groups numbers of multicast groups, `RTNLGRP_LINK` and the like, any number
    public static Subscription open(
            NetlinkProtocol protocol, NetworkNamespace namespace, String what, int... groups) {
        return namespace.open(() -> open(protocol, what, groups));
    }

    private static Subscription open(NetlinkProtocol protocol, String what, int... groups) {
        NetlinkChannel channel = NetlinkChannel.open(protocol);
        try {
            channel.receiveRoom(RECEIVE_BYTES);
            Subscription subscription =
                    new Subscription(what, IntStream.of(groups).boxed().toList(), channel);
            subscription.resume();
            return subscription;
        } catch (KernelException failed) {
            channel.close();
            throw failed;
        }
    }

    /// Is told nothing until [#resume]; what has been sent by then is forgotten. Cheaper than to
    /// close and to open again. Nothing happens once it is closed, by whichever thread.
    public void pause() {
        descriptor.whileOpen(this::leaveAndForget);
    }

    private void leaveAndForget() {
        groups.forEach(group -> channel.leave(group, what));
        pending.clear();
        boolean isMore = true;
        while (isMore) {
            isMore = forgetsOne();
        }
    }

    private boolean forgetsOne() {
        try {
            return channel.receiveWaiting("receive", what).isPresent();
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOBUFS)) {
                return true;
            }
            throw failed;
        }
    }

    /// Is told again what is sent from now on. Nothing happens once it is closed.
    public void resume() {
        descriptor.whileOpen(() -> groups.forEach(group -> channel.join(group, what)));
    }

    /// Makes the kernel's queue small, so that a test can overrun it.
    void receiveRoom(int bytes) {
        channel.receiveRoom(bytes);
    }

    /// The next notification; nothing when none comes in time or the subscription is closed.
    public Optional<Notification> next(Duration limit) {
        return descriptor.receive(limit, number -> take());
    }

    private Optional<Notification> take() {
        if (pending.isEmpty()) {
            try {
                channel.receiveWaiting("receive", what)
                        .map(NetlinkMessage::decodeAll)
                        .ifPresent(pending::addAll);
            } catch (KernelException failed) {
                if (failed.is(Errno.ENOBUFS)) {
                    return Optional.of(new Notification.Overrun());
                }
                throw failed;
            }
        }
        return Optional.ofNullable(pending.poll()).map(Notification.Event::new);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
