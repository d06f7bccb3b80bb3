package dev.weft.cni;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.process.Program;
import dev.weft.linux.process.ProgramException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A plugin's executable.
///
/// @param type the plugin's name, which is the file's
/// @param path absolute
public record PluginFile(String type, Path path) {
    /// The last bytes of Weft's shim.
    public static final String SHIM_MARK = "WEFTSHIM";

    /// A file that is being copied cannot be executed; copying takes a moment.
    private static final Duration BUSY_INTERVAL = Duration.ofMillis(100);

    private static final int BUSY_ATTEMPTS = 50;

    /// Far beyond any result: what a plugin writes is kept in memory.
    private static final int MAX_OUTPUT_BYTES = 16 << 20;

    /// Whether it is Weft's own, so that what it does can be done without executing it. A file that
    /// cannot be read is not.
    public boolean isShim() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[SHIM_MARK.length()];
            if (file.length() < end.length) {
                return false;
            }
            file.seek(file.length() - end.length);
            file.readFully(end);
            return new String(end, StandardCharsets.ISO_8859_1).equals(SHIM_MARK);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// Executes it, and waits for its end. While somebody writes to the file, as an installer that
    /// copies does, this tries again, for five seconds.
    ///
    /// @param environment all variables that it gets
    /// @param input for its standard input
    /// @param limit after this time it is killed
    /// @param where the network namespace that it runs in
    /// @throws CniException when it cannot be executed, or was killed
    public Reply execute(
            Map<String, String> environment, String input, Duration limit, NetworkNamespace where) {
        Program program =
                Program.of(path, List.of())
                        .withEnvironment(environment)
                        .withInput(input)
                        .withLimit(limit)
                        .withOutputLimit(MAX_OUTPUT_BYTES);
        try {
            Program.Result result = patiently(program, where);
            return new Reply(result.status(), result.output(), result.errors());
        } catch (KernelException | ProgramException failed) {
            throw CniException.of(failed);
        }
    }

    /// Which versions the plugin takes, whatever its age.
    ///
    /// @throws CniException when it does not answer
    public List<CniVersion> versions(
            Map<String, String> environment, Duration limit, NetworkNamespace where) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("CNI_COMMAND", Command.VERSION.name());
        // Plugins of before VERSION require these.
        List.of("CNI_NETNS", "CNI_IFNAME", "CNI_PATH")
                .forEach(name -> variables.put(name, "dummy"));
        String input = "{\"cniVersion\":\"" + CniVersion.newest() + "\"}";
        return execute(variables, input, limit, where).versions();
    }

    private static Program.Result patiently(Program program, NetworkNamespace where) {
        for (int attempt = 1; ; attempt++) {
            try {
                return program.run(where);
            } catch (KernelException refused) {
                if (!refused.is(Errno.ETXTBSY) || attempt == BUSY_ATTEMPTS || isInterrupted()) {
                    throw refused;
                }
            }
        }
    }

    /// Waits for the next attempt. The kernel tells nobody when a file is no longer written to that
    /// somebody had opened before.
    private static boolean isInterrupted() {
        try {
            return new CountDownLatch(1).await(BUSY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
