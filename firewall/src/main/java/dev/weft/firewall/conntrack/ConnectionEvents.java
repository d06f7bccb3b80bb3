package dev.weft.firewall.conntrack;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.Subscription;
import java.time.Duration;
import java.util.Optional;

/// Follows the connections of a namespace, as they begin, change and end.
///
/// Waiting events take a bounded amount of memory, in the kernel; when it is full, further ones are
/// dropped and [ConnectionEvent.Resynchronise] says so. A filter applies as they are taken, so it
/// does not save room.
///
/// By default the kernel tells of connections that began while somebody followed
/// (`net.netfilter.nf_conntrack_events` is 2 since Linux 5.19), so the end of an older one is not
/// seen; set it to 1 to have all of them.
///
/// One thread takes events; any thread may [#close], which wakes it.
public final class ConnectionEvents implements AutoCloseable {
    /// `NFNLGRP_CONNTRACK_NEW`, `_UPDATE`, `_DESTROY`.
    private static final int[] GROUPS = {1, 2, 3};

    private static final int MADE = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;

    private final Subscription subscription;
    private final ConntrackFilter filter;

    private ConnectionEvents(Subscription subscription, ConntrackFilter filter) {
        this.subscription = subscription;
        this.filter = filter;
    }

    /// Follows all connections.
    public static ConnectionEvents open(NetworkNamespace namespace) {
        return open(namespace, ConntrackFilter.all());
    }

    /// Follows some connections.
    public static ConnectionEvents open(NetworkNamespace namespace, ConntrackFilter filter) {
        return new ConnectionEvents(
                Subscription.open(
                        NetlinkProtocol.NETFILTER, namespace, "connection events", GROUPS),
                filter);
    }

    /// The next event; nothing when none comes in time or it is closed.
    ///
    /// @throws MalformedMessageException when an event is not what it should be
    public Optional<ConnectionEvent> next(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration left = limit;
        while (true) {
            Optional<Subscription.Notification> next = subscription.next(left);
            Optional<ConnectionEvent> event = next.flatMap(this::event);
            left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (next.isEmpty() || event.isPresent()) {
                return event;
            }
        }
    }

    private Optional<ConnectionEvent> event(Subscription.Notification notification) {
        return switch (notification) {
            case Subscription.Notification.Event(NetlinkMessage message) -> decode(message);
            case Subscription.Notification.Overrun() ->
                    Optional.of(new ConnectionEvent.Resynchronise());
        };
    }

    private Optional<ConnectionEvent> decode(NetlinkMessage message) {
        Connection connection = Connection.decode(message);
        return filter.accepts(connection)
                ? Optional.of(event(message, connection))
                : Optional.empty();
    }

    private static ConnectionEvent event(NetlinkMessage message, Connection connection) {
        if (message.type() == Conntrack.DELETE) {
            return new ConnectionEvent.Destroyed(connection);
        }
        return (message.flags() & MADE) == 0
                ? new ConnectionEvent.Updated(connection)
                : new ConnectionEvent.Created(connection);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
