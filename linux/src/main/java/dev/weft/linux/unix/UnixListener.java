package dev.weft.linux.unix;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.FileCalls;
import dev.weft.linux.sys.FileStatus;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// A socket that listens at a path.
///
/// Any number of platform threads may wait in [#accept]; the kernel wakes one for each connection.
/// A graceful end is [#stop], which lets them take what has connected already, then [#close].
///
/// Beside the socket stands an empty file `.NAME.lock`, locked while a process listens.
public final class UnixListener implements AutoCloseable {
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SHUT_RD = 0;
    private static final int OWNER_ONLY = 0600;

    private final Path path;
    private final FileStatus file;
    private final Descriptor socket;
    private final FileLock lock;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /// Read by threads that use the socket, written by the one that closes it.
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private UnixListener(Path path, FileStatus file, Descriptor socket, FileLock lock) {
        this.path = path;
        this.file = file;
        this.socket = socket;
        this.lock = lock;
    }

    /// Listens at a path, in place of a socket that nobody listens at any more. Until the moment at
    /// which it can answer, and has its permissions, the file has another name: `.NAME.new`.
    ///
    /// @param path in an existing directory, which others should not be able to write
    /// @param mode the file's permissions, whatever the process's mask; to connect is to write
    /// @param backlog how many connections may wait to be accepted, before further ones wait
    /// @throws KernelException EADDRINUSE when somebody listens there, EEXIST when the file is no
    ///   socket, ENOENT without the directory
    public static UnixListener open(Path path, int mode, int backlog) {
        Path target = path.toAbsolutePath();
        FileLock lock =
                FileLock.tryAcquire(hidden(target, ".lock"), OWNER_ONLY)
                        .orElseThrow(() -> taken(target, "another process has locked it"));
        try {
            requireUnused(target);
            return listening(target, mode, backlog, lock);
        } catch (LinuxException failed) {
            lock.close();
            throw failed;
        }
    }

    private static Path hidden(Path path, String ending) {
        return path.resolveSibling("." + path.getFileName() + ending);
    }

    private static KernelException taken(Path path, String why) {
        return KernelException.explained(
                Errno.EADDRINUSE.number(), "listen at", path.toString(), why);
    }

    private static void requireUnused(Path path) {
        Optional<FileStatus> present = FileStatus.find(path.toString());
        if (present.isPresent() && !present.get().isSocket()) {
            throw KernelException.explained(
                    Errno.EEXIST.number(), "listen at", path.toString(), "the file is no socket");
        }
        if (present.isPresent()) {
            requireNobody(path);
        }
    }

    private static void requireNobody(Path path) {
        try (UnixConnection answered = UnixConnection.connect(path, Duration.ZERO)) {
            throw taken(path, answered.peer() + " listens there");
        } catch (KernelException refused) {
            if (refused.is(Errno.ETIMEDOUT)) {
                throw taken(path, "somebody listens there, with a full queue");
            }
            if (!refused.is(Errno.ECONNREFUSED) && !refused.is(Errno.ENOENT)) {
                throw refused;
            }
        }
    }

    private static UnixListener listening(Path path, int mode, int backlog, FileLock lock) {
        Path temporary = hidden(path, ".new");
        String name = temporary.toString();
        FileCalls.unlink(name);
        Descriptor socket = UnixConnection.socket(path);
        try (Memory address = UnixAddress.encode(temporary)) {
            bind(socket.number(), address, mode, path);
            check(FileCalls.chmod(name, mode), "set mode of", path);
            check(Syscalls.listen(socket.number(), backlog), "listen at", path);
            FileStatus file = FileStatus.ofPath(name);
            check(FileCalls.rename(name, path.toString()), "listen at", path);
            return new UnixListener(path, file, socket, lock);
        } catch (LinuxException failed) {
            FileCalls.unlink(name);
            socket.close();
            throw failed;
        }
    }

    /// The kernel makes the file with the socket's own permissions, less those of the process's
    /// mask, which is no thread's to change.
    private static void bind(int number, Memory address, int mode, Path path) {
        check(FileCalls.fchmod(number, mode), "set mode of", path);
        check(Syscalls.bind(number, address), "listen at", path);
    }

    private static void check(int result, String operation, Path path) {
        KernelException.check(result, operation, path.toString());
    }

    /// Takes the next connection, and waits for it.
    ///
    /// @return nothing once the listener is stopped and everything that had connected is taken
    /// @throws KernelException EMFILE when the process may not open more; the connection waits on
    public Optional<UnixConnection> accept() {
        life.readLock().lock();
        try {
            if (!socket.isOpen()) {
                return Optional.empty();
            }
            int accepted = Syscalls.accept4(socket.number(), SOCK_CLOEXEC);
            if (-accepted == Errno.EINVAL.number() && stopped.get()) {
                return Optional.empty();
            }
            return Optional.of(
                    new UnixConnection(
                            Descriptor.of(accepted, "accept connection at", path.toString())));
        } finally {
            life.readLock().unlock();
        }
    }

    /// Takes the path away, unless another listener has it by now, then refuses new connections.
    /// Those that wait are still accepted; where none is left, accepting threads return.
    public void stop() {
        life.readLock().lock();
        try {
            if (socket.isOpen() && stopped.compareAndSet(false, true)) {
                if (FileStatus.find(path.toString()).filter(file::isSameFile).isPresent()) {
                    FileCalls.unlink(path.toString());
                }
                // What is in the queue stays there: only joining it, and waiting for it, ends.
                Syscalls.shutdown(socket.number(), SHUT_RD);
                lock.close();
            }
        } finally {
            life.readLock().unlock();
        }
    }

    /// Stops, and drops the connections that no thread has taken.
    @Override
    public void close() {
        stop();
        life.writeLock().lock();
        try {
            socket.close();
        } finally {
            life.writeLock().unlock();
        }
    }
}
