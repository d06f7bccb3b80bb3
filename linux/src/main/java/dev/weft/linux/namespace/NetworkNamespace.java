package dev.weft.linux.namespace;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.FileStatus;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A network namespace, held open: it exists at least until [#close].
public final class NetworkNamespace implements AutoCloseable {
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final String LIMIT = "/proc/sys/user/max_net_namespaces";
    private static final String OWN = "/proc/thread-self/ns/net";

    private final Descriptor descriptor;
    private final NamespaceId id;

    private NetworkNamespace(Descriptor descriptor, NamespaceId id) {
        this.descriptor = descriptor;
        this.id = id;
    }

    /// The namespace of the calling thread.
    public static NetworkNamespace current() {
        return open(OWN, "own namespace");
    }

    /// The namespace that a file stands for: `/run/netns/blue`, `/proc/1/ns/net`.
    public static NetworkNamespace ofPath(Path path) {
        return open(path.toString(), path.toString());
    }

    /// The namespace of a name, as `ip netns` keeps them.
    public static NetworkNamespace named(String name) {
        return open(NamedNamespaces.pathOf(name).toString(), "namespace " + name);
    }

    /// The namespace of a process.
    public static NetworkNamespace ofPid(long pid) {
        return open("/proc/" + pid + "/ns/net", "namespace of process " + pid);
    }

    /// The namespace behind a descriptor of this process, which stays open and the caller's.
    public static NetworkNamespace ofDescriptor(int number) {
        String object = "namespace descriptor " + number;
        return of(
                Descriptor.of(Syscalls.fcntl(number, F_DUPFD_CLOEXEC, 0), "duplicate", object),
                object);
    }

    /// Whether a descriptor is of a network namespace.
    public static boolean isOne(int number) {
        return NamespaceFile.isNetwork(number);
    }

    /// A new namespace without a name. It ends, with everything in it, when the last descriptor,
    /// process and mount of it is gone: a killed process leaves nothing.
    public static NetworkNamespace create() {
        return onOwnThread(() -> {
            int result = Syscalls.unshare(CLONE_NEWNET);
            if (result == -Errno.ENOSPC.number()) {
                throw KernelException.explained(
                        Errno.ENOSPC.number(), "create", "network namespace", "raise " + LIMIT);
            }
            KernelException.check(result, "create", "network namespace");
            return current();
        });
    }

    private static NetworkNamespace open(String path, String object) {
        return of(
                Descriptor.of(
                        Syscalls.openat(Syscalls.AT_FDCWD, path, O_RDONLY_CLOEXEC, 0),
                        "open",
                        object),
                object);
    }

    private static NetworkNamespace of(Descriptor descriptor, String object) {
        try {
            NamespaceFile.requireNetwork(descriptor, object);
            return new NetworkNamespace(descriptor, NamespaceFile.identity(descriptor, object));
        } catch (KernelException | InvalidRequestException failed) {
            descriptor.close();
            throw failed;
        }
    }

    /// Which namespace it is.
    public NamespaceId id() {
        return id;
    }

    /// The number of the descriptor that holds it, for requests that name a namespace by it.
    public int descriptor() {
        return descriptor.number();
    }

    /// A path to it that is good while it is open and this process lives.
    public Path path() {
        return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor.number());
    }

    /// Its sysctls.
    public Sysctls sysctls() {
        return new Sysctls(this);
    }

    /// Opens something inside: a socket, a file of `/proc`. On a platform thread it is done in
    /// place; the action must not start threads, which would be born inside.
    ///
    /// @throws KernelException EPERM when the caller may not enter
    public <T> T open(Supplier<T> action) {
        if (Thread.currentThread().isVirtual()) {
            return onOwnThread(() -> inside(action));
        }
        return inside(action);
    }

    /// Runs code inside, on a platform thread of its own that ends afterwards. Threads that the
    /// code starts are inside as well, also those that the JVM starts on its behalf and keeps: so
    /// no virtual threads, selectors or client libraries.
    ///
    /// @throws CompletionException around a checked exception of the code
    public <T> T call(Callable<T> code) {
        return onOwnThread(() -> {
            enter();
            return code.call();
        });
    }

    private <T> T inside(Supplier<T> action) {
        try (Descriptor back =
                Descriptor.of(
                        Syscalls.openat(Syscalls.AT_FDCWD, OWN, O_RDONLY_CLOEXEC, 0),
                        "open",
                        "own namespace")) {
            enter();
            try {
                return action.get();
            } finally {
                leave(back);
            }
        }
    }

    private void enter() {
        int result = Syscalls.setns(descriptor.number(), CLONE_NEWNET);
        if (result < 0) {
            throw KernelException.of(-result, "enter", "namespace " + id);
        }
    }

    /// A thread that cannot go back would act on the wrong network from then on, unnoticed.
    private static void leave(Descriptor back) {
        int result = Syscalls.setns(back.number(), CLONE_NEWNET);
        if (result < 0) {
            System.err.println("weft: cannot return from a network namespace, errno " + -result);
            Runtime.getRuntime().halt(70);
        }
    }

    private static <T> T onOwnThread(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(code);
        Thread.ofPlatform().name("namespace").daemon().start(task);
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw rethrown(Objects.requireNonNull(failed.getCause()));
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new CompletionException(cause);
        };
    }

    @Override
    public void close() {
        descriptor.close();
    }

    /// Whether both are the same namespace.
    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkNamespace that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id.toString();
    }

    /// What the kernel says of a descriptor that should be a network namespace.
    private static final class NamespaceFile {
        private static final long NS_GET_NSTYPE = 0xb703;

        static void requireNetwork(Descriptor descriptor, String object) {
            if (!isNetwork(descriptor.number())) {
                throw new InvalidRequestException(
                        "cannot open " + object + ": it is no network namespace");
            }
        }

        static boolean isNetwork(int number) {
            return Syscalls.ioctl(number, NS_GET_NSTYPE, 0L) == CLONE_NEWNET;
        }

        static NamespaceId identity(Descriptor descriptor, String object) {
            FileStatus status = FileStatus.ofDescriptor(descriptor.number(), object);
            return new NamespaceId(status.device(), status.inode());
        }
    }
}
