package dev.weft.linux.namespace;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The network sysctls of one namespace: files below `/proc/sys/net`, which show the namespace of
/// the thread that opens them.
public final class Sysctls {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_WRONLY = 1;
    private static final int MAX_VALUE_BYTES = 4096;

    private final NetworkNamespace namespace;

    Sysctls(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /// A sysctl's value, without the line's end.
    ///
    /// @param key its path below `/proc/sys`, by parts, since an interface's name may contain a
    ///   dot: `"net", "ipv4", "conf", "eth0.10", "forwarding"`
    /// @throws KernelException ENOENT when there is no such sysctl
    public String read(String... key) {
        String path = path(key);
        try (Descriptor file = open(path, O_CLOEXEC)) {
            Memory buffer = Memory.ofAuto(MAX_VALUE_BYTES);
            long length =
                    KernelException.check(
                            Syscalls.read(file.number(), buffer, 0, buffer.size()), "read", path);
            return buffer.string(0, (int) length).stripTrailing();
        }
    }

    /// A sysctl's value, or nothing when this kernel or namespace has no such sysctl.
    public Optional<String> find(String... key) {
        try {
            return Optional.of(read(key));
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /// Sets a sysctl.
    ///
    /// @throws KernelException ENOENT when there is no such sysctl, EINVAL when it refuses the
    ///   value
    public void write(String value, String... key) {
        String path = path(key);
        byte[] bytes = (value + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_VALUE_BYTES) {
            throw new InvalidRequestException("a value for " + path + " is too long");
        }
        try (Descriptor file = open(path, O_WRONLY | O_CLOEXEC)) {
            Memory buffer = Memory.ofAuto(bytes.length).put(0, bytes, 0, bytes.length);
            KernelException.check(
                    Syscalls.write(file.number(), buffer, 0, bytes.length),
                    "set",
                    path + " to " + value);
        }
    }

    private Descriptor open(String path, int flags) {
        return namespace.open(() ->
                Descriptor.of(Syscalls.openat(Syscalls.AT_FDCWD, path, flags, 0), "open", path));
    }

    private static String path(String... key) {
        for (String part : List.of(key)) {
            if (part.isEmpty() || part.indexOf('/') >= 0 || part.equals(".") || part.equals("..")) {
                throw new InvalidRequestException(
                        "'" + part + "' is no part of a sysctl's name in " + List.of(key));
            }
        }
        return "/proc/sys/" + String.join("/", key);
    }
}
