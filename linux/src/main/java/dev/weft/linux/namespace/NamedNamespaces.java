package dev.weft.linux.namespace;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Syscalls;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Namespaces with names, kept exactly as `ip netns` keeps them: each a file under `/run/netns`
/// with the namespace mounted over it, on a mount that is shared, so that other mount namespaces
/// see names come and go. Either program can use and delete what the other made.
public final class NamedNamespaces {
    /// Where names are kept; `/var/run` is the same place.
    public static final Path DIRECTORY = Path.of("/run/netns");

    private static final int MAX_NAME_BYTES = 255;
    private static final int MS_BIND = 0x1000;
    private static final int MS_REC = 0x4000;
    private static final int MS_SHARED = 0x100000;
    private static final int MNT_DETACH = 2;
    private static final int O_CREATE_EXCLUSIVE = 0x80000 | 0x40 | 0x80;
    private static final int O_DIRECTORY = 0x80000 | 0x10000;
    private static final int LOCK_EXCLUSIVE = 2;
    private static final int READABLE_BY_ALL = 0755;

    private NamedNamespaces() {}

    /// The file of a name, whether or not it exists.
    ///
    /// @throws InvalidRequestException when it cannot be a file's name
    public static Path pathOf(String name) {
        if (name.isEmpty()
                || name.length() > MAX_NAME_BYTES
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0
                || name.equals(".")
                || name.equals("..")) {
            throw new InvalidRequestException(
                    "'" + name + "' cannot name a namespace: use 1 to 255 characters without '/'");
        }
        return DIRECTORY.resolve(name);
    }

    /// Makes a namespace with a name.
    ///
    /// @throws KernelException EEXIST when the name is taken; nothing is left behind on any failure
    public static NetworkNamespace create(String name) {
        pathOf(name);
        NetworkNamespace namespace = NetworkNamespace.create();
        try {
            name(namespace, name);
            return namespace;
        } catch (KernelException failed) {
            namespace.close();
            throw failed;
        }
    }

    /// Gives an existing namespace a name.
    public static void name(NetworkNamespace namespace, String name) {
        Path path = pathOf(name);
        String object = "namespace name " + name;
        prepareDirectory();
        Descriptor.of(
                        Syscalls.openat(Syscalls.AT_FDCWD, path.toString(), O_CREATE_EXCLUSIVE, 0),
                        "create",
                        object)
                .close();
        int mounted = Syscalls.mount(namespace.path().toString(), path.toString(), "none", MS_BIND);
        if (mounted < 0) {
            unlink(path);
            KernelException.check(mounted, "mount", object);
        }
    }

    /// Removes a name. The namespace itself ends when nothing else holds it.
    ///
    /// @throws KernelException ENOENT when there is no such name
    public static void delete(String name) {
        Path path = pathOf(name);
        int unmounted = Syscalls.umount2(path.toString(), MNT_DETACH);
        // EINVAL: a file that nothing is mounted on, left by a crash between the two steps.
        if (unmounted < 0 && -unmounted != Errno.EINVAL.number()) {
            KernelException.check(unmounted, "unmount", "namespace name " + name);
        }
        if (!unlink(path)) {
            throw KernelException.of(Errno.ENOENT.number(), "delete", "namespace name " + name);
        }
    }

    /// All names, sorted.
    public static List<String> list() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            Errno errno = unreadable instanceof AccessDeniedException ? Errno.EACCES : Errno.EIO;
            throw KernelException.of(
                    errno.number(), "list", DIRECTORY.toString(), unreadable.toString());
        }
    }

    /// Makes the directory a shared mount of its own, once; under a lock, as two first users at
    /// once would mount it twice.
    private static void prepareDirectory() {
        String directory = DIRECTORY.toString();
        int made = Syscalls.mkdirat(Syscalls.AT_FDCWD, directory, READABLE_BY_ALL);
        if (-made != Errno.EEXIST.number()) {
            KernelException.check(made, "create", directory);
        }
        try (Descriptor lock =
                Descriptor.of(
                        Syscalls.openat(Syscalls.AT_FDCWD, directory, O_DIRECTORY, 0),
                        "open",
                        directory)) {
            KernelException.check(Syscalls.flock(lock.number(), LOCK_EXCLUSIVE), "lock", directory);
            int shared = share(directory);
            if (-shared == Errno.EINVAL.number()) {
                KernelException.check(
                        Syscalls.mount(directory, directory, "none", MS_BIND | MS_REC),
                        "mount",
                        directory);
                shared = share(directory);
            }
            KernelException.check(shared, "share", directory);
        }
    }

    private static int share(String directory) {
        return Syscalls.mount("", directory, "none", MS_SHARED | MS_REC);
    }

    private static boolean unlink(Path path) {
        File file = path.toFile();
        return file.delete();
    }
}
