package dev.weft.plugins.site;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.LinuxException;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Subscription;
import dev.weft.linux.netlink.Subscription.Notification;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Deletes links without waiting for what the kernel does after they are gone.
///
/// RTM_DELLINK is answered after a grace period of 16 ms and more (`netdev_run_todo` in
/// `net/core/dev.c`), but the link has left the namespace, and its name is free, when the kernel
/// sends its notification, a third of a millisecond after the request. So a thread of its own waits
/// for the answer, and the caller for the notification, on a pair of sockets that is used again by
/// a later removal.
public final class LinkRemoval implements AutoCloseable {
    /// Nothing to wait for.
    public static final Pending NONE = () -> {};

    /// As many grace periods as are waited for at once; beyond that, callers wait themselves.
    private static final int MOST_THREADS = 64;

    /// As many removals as follow each other within a grace period on a node at work.
    private static final int MOST_IDLE = 4;

    private static final int RTNLGRP_LINK = 1;
    private static final int RTM_DELLINK = 17;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NetworkNamespace home;
    private final Queue<Lane> idle = new ArrayBlockingQueue<>(MOST_IDLE);
    private final Set<Lane> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService waiting;

    /// Deletes links of any namespace.
    ///
    /// @param home where most links are, whose sockets are kept; the caller closes it afterwards
    public LinkRemoval(NetworkNamespace home) {
        this.home = home;
        this.waiting =
                new ThreadPoolExecutor(
                        0,
                        MOST_THREADS,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().name("link removal ", 0).daemon().factory(),
                        new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /// A removal that is under way.
    @FunctionalInterface
    public interface Pending {
        /// Returns when the link is gone. To be called once.
        ///
        /// @throws KernelException when the kernel refused
        void await();
    }

    /// Begins to delete a link. One that is gone by then is as good as deleted. The namespace may
    /// be closed as soon as this returns.
    public Pending begin(NetworkNamespace namespace, int index) {
        Lane lane = lane(namespace);
        lane.events.resume();
        Future<?> answer = waiting.submit(() -> lane.delete(index));
        return () -> lane.await(index, answer);
    }

    private Lane lane(NetworkNamespace namespace) {
        if (!namespace.equals(home)) {
            return new Lane(namespace, false);
        }
        Lane kept = idle.poll();
        return kept == null ? new Lane(home, true) : kept;
    }

    /// A socket for the request and one for the notification; whoever of the two users is the last
    /// puts them away.
    private final class Lane implements AutoCloseable {
        private final NetlinkSocket requests;
        private final Subscription events;
        private final boolean isKept;
        private final AtomicInteger users = new AtomicInteger(2);
        private volatile boolean isRefused;

        Lane(NetworkNamespace namespace, boolean isKept) {
            this.isKept = isKept;
            this.requests = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace);
            try {
                this.events =
                        Subscription.open(
                                NetlinkProtocol.ROUTE, namespace, "link events", RTNLGRP_LINK);
                events.pause();
                open.add(this);
            } catch (LinuxException failed) {
                requests.close();
                throw failed;
            }
        }

        void delete(int index) {
            try {
                new Links(requests).delete(index);
            } catch (KernelException refused) {
                isRefused = true;
                events.close();
                throw refused;
            } finally {
                left();
            }
        }

        void await(int index, Future<?> answer) {
            try {
                awaitRemoval(index, answer);
                if (isKept && !isRefused) {
                    events.pause();
                }
            } finally {
                left();
            }
        }

        private void left() {
            if (users.decrementAndGet() > 0) {
                return;
            }
            users.set(2);
            boolean isUsable = isKept && !isRefused && !waiting.isShutdown();
            if (!isUsable || !idle.offer(this)) {
                close();
            }
        }

        private void awaitRemoval(int index, Future<?> answer) {
            while (true) {
                Optional<Notification> next = events.next(LIMIT);
                if (next.isEmpty() || next.get() instanceof Notification.Overrun) {
                    awaitAnswer(index, answer);
                    return;
                }
                if (next.get() instanceof Notification.Event(NetlinkMessage message)
                        && isRemoval(message, index)) {
                    return;
                }
            }
        }

        @Override
        public void close() {
            open.remove(this);
            requests.close();
            events.close();
        }
    }

    /// A bridge tells of a port that leaves it with a message of the same type and its own family,
    /// earlier.
    private static boolean isRemoval(NetlinkMessage message, int index) {
        return message.type() == RTM_DELLINK
                && message.body().u8(0) == 0
                && message.body().s32(4) == index;
    }

    private static void awaitAnswer(int index, Future<?> answer) {
        try {
            answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof KernelException refused)) {
                throw new AssertionError(failed);
            }
            if (!refused.is(Errno.ENODEV)) {
                throw refused;
            }
        } catch (TimeoutException late) {
            throw KernelException.of(Errno.ETIMEDOUT.number(), "delete", "link " + index);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KernelException.of(Errno.EINTR.number(), "delete", "link " + index);
        }
    }

    /// Returns when the kernel has answered every request.
    @Override
    public void close() {
        waiting.close();
        open.forEach(Lane::close);
    }
}
