package dev.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// Somebody's plugin `dhcp`, and the process that holds its leases.
///
/// @param plugins where it is
/// @param network the network's name
/// @param holder the process, for its memory
/// @param ipam more keys of the object, each with a comma before it
record DhcpPeer(CniPlugins plugins, String network, long holder, String ipam) {
    private static final int KIBIBYTE = 1024;

    /// Executes the plugin for a container.
    ///
    /// @return when it had ended, in nanoseconds of the time of day
    long call(String command, int container, Path namespace) {
        ProcessBuilder program =
                new ProcessBuilder(plugins.directory().resolve("dhcp").toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = program.environment();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", "dhcp" + container);
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_NETNS", namespace.toString());
        environment.put("CNI_PATH", plugins.directory().toString());
        for (String variable : plugins.variables()) {
            int end = variable.indexOf('=');
            environment.put(variable.substring(0, end), variable.substring(end + 1));
        }
        try {
            Process process = program.start();
            try (Writer input = process.outputWriter()) {
                input.write(configuration());
            }
            int status = process.waitFor();
            Instant end = Instant.now();
            if (status != 0) {
                throw new IllegalStateException(network + ": " + command + " failed");
            }
            return end.getEpochSecond() * 1_000_000_000L + end.getNano();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot execute dhcp of " + plugins, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private String configuration() {
        return """
        {"cniVersion": "1.0.0", "name": "NAME", "type": "bridge", "ipam": {"type": "dhcp"MORE}}
        """
                .replace("NAME", network)
                .replace("MORE", ipam);
    }

    /// What the holder has in memory, in bytes; what it shares counts in shares.
    long memoryBytes() {
        try (var lines = Files.lines(Path.of("/proc/" + holder + "/smaps_rollup"))) {
            String line = lines.filter(one -> one.startsWith("Pss:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
        } catch (IOException gone) {
            throw new UncheckedIOException("the holder of leases ended", gone);
        }
    }
}
