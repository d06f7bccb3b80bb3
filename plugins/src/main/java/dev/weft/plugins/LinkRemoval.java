package dev.weft.plugins;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Deletes links without waiting for what the kernel does after they are gone.
///
/// RTM_DELLINK is answered after a grace period of 16 ms and more (`netdev_run_todo` in
/// `net/core/dev.c`), but the link has left the namespace, and its name is free, when the kernel
/// sends its notification, a third of a millisecond after the request. So a thread of its own waits
/// for the answer, and the caller for the notification.
final class LinkRemoval implements AutoCloseable {
    /// As many grace periods as are waited for at once; beyond that, callers wait themselves.
    private static final int MOST_THREADS = 64;

    private static final int RTNLGRP_LINK = 1;
    private static final int RTM_DELLINK = 17;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ExecutorService waiting;

    LinkRemoval() {
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
    final class Pending {
        private final int index;
        private final Subscription subscription;
        private final Future<?> answer;

        private Pending(NetworkNamespace namespace, int index) {
            this.index = index;
            this.subscription =
                    Subscription.open(
                            NetlinkProtocol.ROUTE, namespace, "link events", RTNLGRP_LINK);
            this.answer = submit(namespace);
        }

        /// The namespace may be closed as soon as the removal has begun.
        private Future<?> submit(NetworkNamespace namespace) {
            try {
                NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace);
                return waiting.submit(() -> delete(socket));
            } catch (LinuxException failed) {
                subscription.close();
                throw failed;
            }
        }

        private void delete(NetlinkSocket socket) {
            try (socket;
                    subscription) {
                new Links(socket).delete(index);
            }
        }

        /// Returns when the link is gone.
        ///
        /// @throws KernelException when the kernel refused
        void await() {
            while (true) {
                Optional<Notification> next = subscription.next(LIMIT);
                if (next.isEmpty() || next.get() instanceof Notification.Overrun) {
                    awaitAnswer();
                    return;
                }
                if (next.get() instanceof Notification.Event(NetlinkMessage message)
                        && isRemoval(message)) {
                    subscription.close();
                    return;
                }
            }
        }

        /// A bridge tells of a port that leaves it with a message of the same type and its own
        /// family, earlier.
        private boolean isRemoval(NetlinkMessage message) {
            return message.type() == RTM_DELLINK
                    && message.body().u8(0) == 0
                    && message.body().s32(4) == index;
        }

        private void awaitAnswer() {
            try {
                answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof KernelException refused) {
                    if (refused.is(Errno.ENODEV)) {
                        return;
                    }
                    throw refused;
                }
                throw new AssertionError(failed);
            } catch (TimeoutException late) {
                throw KernelException.of(Errno.ETIMEDOUT.number(), "delete", "link " + index);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw KernelException.of(Errno.EINTR.number(), "delete", "link " + index);
            }
        }
    }

    /// Begins to delete a link. One that is gone by then is as good as deleted.
    Pending begin(NetworkNamespace namespace, int index) {
        return new Pending(namespace, index);
    }

    /// Returns when the kernel has answered every request.
    @Override
    public void close() {
        waiting.close();
    }
}
