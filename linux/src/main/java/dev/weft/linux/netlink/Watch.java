package dev.weft.linux.netlink;

import dev.weft.linux.LinuxException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Follows a table of the kernel: the rows as they are, and every change of them as a value.
///
/// ```
///  subscribe -> dump -> event, event ... overrun -> throw the queue away -> dump -> differences
/// ```
///
/// It subscribes before it reads, so nothing falls between. When the kernel lost notifications, it
/// empties the queue first and reads the table again then: what waits in the queue is older than
/// the loss, and while any of it waits the kernel loses further messages without a word
/// (`netlink_overrun` in `net/netlink/af_netlink.c`). Changes in between may be skipped; the final
/// state never is.
///
/// One thread takes changes; any thread may [#close], which wakes it.
public final class Watch<K, T> implements AutoCloseable {
    private final WatchedTable<K, T> table;
    private final Subscription subscription;
    private final NetlinkSocket socket;
    private final ReentrantLock taking = new ReentrantLock();
    private final Map<K, T> rows = new LinkedHashMap<>();
    private final AtomicLong overruns = new AtomicLong();
    private volatile boolean open = true;
    private boolean stale = true;

    /// What happened to a row.
    public sealed interface Change<T> {
        /// A row that was not there.
        record Added<T>(T row) implements Change<T> {}

        /// A row that is different now.
        record Changed<T>(T before, T after) implements Change<T> {}

        /// A row that is gone, as it was last seen.
        record Removed<T>(T row) implements Change<T> {}
    }

    private Watch(WatchedTable<K, T> table, Subscription subscription, NetlinkSocket socket) {
        this.table = table;
        this.subscription = subscription;
        this.socket = socket;
    }

    /// Begins to follow a table of a namespace. The rows that are there come as the first changes.
    public static <K, T> Watch<K, T> open(
            NetlinkProtocol protocol, NetworkNamespace namespace, WatchedTable<K, T> table) {
        Subscription subscription =
                Subscription.open(protocol, namespace, table.name(), table.groups());
        try {
            return new Watch<>(table, subscription, NetlinkSocket.open(protocol, namespace));
        } catch (LinuxException failed) {
            subscription.close();
            throw failed;
        }
    }

    /// The rows after the changes that were handed out, in the order they were first seen.
    public List<T> rows() {
        taking.lock();
        try {
            return List.copyOf(rows.values());
        } finally {
            taking.unlock();
        }
    }

    /// How often the kernel lost notifications and the table was read again.
    public long overruns() {
        return overruns.get();
    }

    /// Whether nobody closed it yet: tells a wait that was too short from the end.
    public boolean isOpen() {
        return open;
    }

    /// Makes the kernel's queue small, so that a test can overrun it.
    void receiveRoom(int bytes) {
        subscription.receiveRoom(bytes);
    }

    /// The next changes: those of one notification, or all differences after reading the table
    /// again. None when nothing changed in time or the watch is closed.
    public List<Change<T>> next(Duration limit) {
        taking.lock();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            List<Change<T>> changes = new ArrayList<>();
            while (open && changes.isEmpty()) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                boolean progress = stale ? readAgain(changes) : take(left, changes);
                if (!progress && left.isZero()) {
                    break;
                }
            }
            return changes;
        } finally {
            taking.unlock();
        }
    }

    /// Empties the queue and reads the table; a reading of a table that kept changing is no base
    /// for differences, so it is thrown away and tried again.
    private boolean readAgain(List<Change<T>> changes) {
        while (subscription.next(Duration.ZERO).isPresent()) {
            // Older than the reading that follows.
        }
        if (!open) {
            return false;
        }
        Dump<T> dump = table.dump(socket);
        if (dump.consistent()) {
            stale = false;
            replaceAll(dump.rows(), changes);
        }
        return dump.consistent();
    }

    private void replaceAll(List<T> actual, List<Change<T>> changes) {
        Set<K> gone = new LinkedHashSet<>(rows.keySet());
        actual.forEach(row -> gone.remove(table.key(row)));
        gone.forEach(key -> remove(key, changes));
        actual.forEach(row -> put(row, changes));
    }

    private boolean take(Duration limit, List<Change<T>> changes) {
        Optional<Subscription.Notification> next = subscription.next(limit);
        next.ifPresent(notification -> apply(notification, changes));
        return next.isPresent();
    }

    private void apply(Subscription.Notification notification, List<Change<T>> changes) {
        switch (notification) {
            case Subscription.Notification.Event(NetlinkMessage message) ->
                    table.updates(message, rows).forEach(update -> apply(update, changes));
            case Subscription.Notification.Overrun() -> {
                overruns.incrementAndGet();
                stale = true;
            }
        }
    }

    private void apply(WatchedTable.Update<T> update, List<Change<T>> changes) {
        switch (update) {
            case WatchedTable.Update.Present<T>(T row) -> put(row, changes);
            case WatchedTable.Update.Absent<T>(T row) -> remove(table.key(row), changes);
            case WatchedTable.Update.Unknown<T>() -> stale = true;
        }
    }

    private void put(T row, List<Change<T>> changes) {
        T before = rows.put(table.key(row), row);
        if (before == null) {
            changes.add(new Change.Added<>(row));
        } else if (!table.same(before, row)) {
            changes.add(new Change.Changed<>(before, row));
        }
    }

    private void remove(K key, List<Change<T>> changes) {
        T before = rows.remove(key);
        if (before != null) {
            changes.add(new Change.Removed<>(before));
        }
    }

    @Override
    public void close() {
        open = false;
        subscription.close();
        taking.lock();
        try {
            socket.close();
        } finally {
            taking.unlock();
        }
    }
}
