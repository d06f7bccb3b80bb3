package dev.weft.linux.namespace;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The network sysctls of one namespace: files below `/proc/sys/net`, which show the namespace of
/// the thread that opens them.
public final class Sysctls {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_WRONLY = 1;

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
        try (OpenSysctl sysctl = open(key)) {
            return sysctl.read();
        }
    }

    /// Opens a sysctl to be read again and again.
    ///
    /// @throws KernelException ENOENT when there is no such sysctl
    public OpenSysctl open(String... key) {
        String path = path(key);
        return new OpenSysctl(open(path, O_CLOEXEC), path);
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
        try (Descriptor file = open(path, O_WRONLY | O_CLOEXEC)) {
            write(file, path, value);
        }
    }

    private static void write(Descriptor file, String path, String value) {
        byte[] bytes = (value + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > OpenSysctl.MAX_VALUE_BYTES) {
            throw new InvalidRequestException("a value for " + path + " is too long");
        }
        try (Memory buffer = Memory.ofThread(bytes.length)) {
            buffer.put(0, bytes, 0, bytes.length);
            KernelException.check(
                    Syscalls.write(file.number(), buffer, 0, bytes.length),
                    "set",
                    path + " to " + value);
        }
    }

    /// A sysctl and what it shall be.
    ///
    /// @param key as for [#read]
    public record Setting(List<String> key, String value) {
        public Setting {
            key = List.copyOf(key);
        }

        /// Of the parts of a key.
        public static Setting of(String value, String... key) {
            return new Setting(List.of(key), value);
        }
    }

    /// Sets several, which takes one visit to the namespace.
    ///
    /// @return those that this kernel or namespace does not have; the others are set
    /// @throws KernelException EINVAL when one refuses its value; those before it are set
    public List<Setting> writeAll(List<Setting> settings) {
        List<Setting> absent = new ArrayList<>();
        List<Runnable> writes = new ArrayList<>();
        List<Descriptor> opened = new ArrayList<>();
        try {
            namespace.open(() -> {
                settings.forEach(setting -> openToWrite(setting, opened, writes, absent));
                return opened;
            });
            writes.forEach(Runnable::run);
        } finally {
            opened.forEach(Descriptor::close);
        }
        return absent;
    }

    private static void openToWrite(
            Setting setting, List<Descriptor> opened, List<Runnable> writes, List<Setting> absent) {
        String path = path(setting.key().toArray(String[]::new));
        int result = Syscalls.openat(Syscalls.AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
        if (-result == Errno.ENOENT.number()) {
            absent.add(setting);
            return;
        }
        Descriptor file = Descriptor.of(result, "open", path);
        opened.add(file);
        writes.add(() -> write(file, path, setting.value()));
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
