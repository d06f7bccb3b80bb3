package dev.weft.linux.namespace;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Network privileges for an ordinary user: the whole program begins again as root of a user
/// namespace of its own, with a network and mount namespace that belong to it.
///
/// A user namespace can be entered only by a process with a single thread, which a JVM never is. So
/// this process becomes `unshare` of util-linux, which makes the namespaces and becomes the same
/// program with the same arguments. The process id stays; nothing is left between.
public final class PrivateNamespaces {
    private static final String MARK = "WEFT_PRIVATE_NAMESPACES";
    private static final List<Path> UNSHARE =
            List.of(Path.of("/usr/bin/unshare"), Path.of("/bin/unshare"));
    private static final List<Path> FORBIDDING =
            List.of(
                    Path.of("/proc/sys/user/max_user_namespaces"),
                    Path.of("/proc/sys/user/max_net_namespaces"),
                    Path.of("/proc/sys/user/max_mnt_namespaces"),
                    Path.of("/proc/sys/kernel/unprivileged_userns_clone"));
    private static final String TRUE = "true";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_ADMIN = 21;

    private PrivateNamespaces() {}

    /// Returns at once where the process may make network namespaces; else begins it anew in
    /// namespaces where it may, and does not return.
    ///
    /// @throws KernelException EPERM when the system does not let ordinary users do that
    public static void ensure() {
        if (isPrivileged()) {
            return;
        }
        if (System.getenv(MARK) != null) {
            throw KernelException.explained(
                    Errno.EPERM.number(),
                    "make",
                    "private namespaces",
                    "they gave no privileges; run as root");
        }
        Path unshare = unshare();
        requireAllowed(unshare);
        int result = become(unshare);
        throw KernelException.of(-result, "run", "unshare, to make private namespaces");
    }

    /// Whether this process is the one that [#ensure] began anew: its user namespace is not that of
    /// the user who started it.
    public static boolean isInside() {
        return System.getenv(MARK) != null;
    }

    /// Lets `unshare` try first: what it says when it may not becomes part of an answer of ours,
    /// where afterwards it would be all that the user gets.
    private static void requireAllowed(Path unshare) {
        try {
            List<String> trial = new ArrayList<>(command(unshare));
            trial.add(TRUE);
            Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw refused(answer.strip());
            }
        } catch (IOException failed) {
            throw refused(String.valueOf(failed.getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw KernelException.of(Errno.EINTR.number(), "wait for", "unshare");
        }
    }

    private static KernelException refused(String answer) {
        String reason =
                FORBIDDING.stream()
                        .filter(PrivateNamespaces::isZero)
                        .findFirst()
                        .map(sysctl -> sysctl + " is 0: set it")
                        .orElse(answer + "; allow user namespaces");
        return KernelException.explained(
                Errno.EPERM.number(),
                "make",
                "namespaces as an ordinary user",
                reason + ", or run as root");
    }

    private static boolean isZero(Path sysctl) {
        try {
            return Files.exists(sysctl) && Files.readString(sysctl).strip().equals("0");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// Whether both capabilities that namespaces need are in effect (capabilities(7)).
    private static boolean isPrivileged() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            long effective =
                    lines.filter(line -> line.startsWith("CapEff:"))
                            .map(line -> line.substring("CapEff:".length()).strip())
                            .mapToLong(hex -> Long.parseUnsignedLong(hex, 16))
                            .findFirst()
                            .orElse(0);
            long needed = 1L << CAP_NET_ADMIN | 1L << CAP_SYS_ADMIN;
            return (effective & needed) == needed;
        } catch (IOException unreadable) {
            throw KernelException.of(Errno.EIO.number(), "read", STATUS.toString());
        }
    }

    private static Path unshare() {
        return UNSHARE.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        KernelException.explained(
                                Errno.ENOENT.number(),
                                "find",
                                "unshare",
                                "install util-linux, or run as root"));
    }

    private static List<String> command(Path unshare) {
        return List.of(unshare.toString(), "--user", "--map-root-user", "--net", "--mount", "--");
    }

    private static int become(Path unshare) {
        List<String> arguments = new ArrayList<>(command(unshare));
        arguments.addAll(ownCommand());
        List<String> environment = new ArrayList<>();
        for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
            environment.add(entry.getKey() + "=" + entry.getValue());
        }
        environment.add(MARK + "=1");
        return Syscalls.execve(unshare.toString(), arguments, environment);
    }

    /// This process's program and arguments.
    private static List<String> ownCommand() {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
            String text = new String(line, StandardCharsets.UTF_8);
            List<String> command = new ArrayList<>(List.of(text.split("\0", -1)));
            command.removeLast();
            command.set(0, Files.readSymbolicLink(Path.of("/proc/self/exe")).toString());
            return command;
        } catch (IOException unreadable) {
            throw KernelException.of(Errno.EIO.number(), "read", "/proc/self/cmdline");
        }
    }
}
