package dev.weft.agent;

import dev.weft.linux.LinuxException;
import dev.weft.linux.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What processes left that were killed: files half written, directories of warm-ups.
///
/// Attachment records are none of these. A runtime deletes, or collects, what it added, also after
/// a kill and after a reboot, and the records are there for that.
final class Leftovers {
    /// A file takes milliseconds to write.
    private static final Duration AGE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /// Removes them. What cannot be removed is logged, and harmless.
    static void sweep(AgentConfiguration configuration) {
        try {
            for (Path path : list(configuration.runDirectory())) {
                if (path.getFileName().toString().startsWith(WarmUp.PREFIX)) {
                    WarmUp.remove(path);
                }
            }
            Instant limit = Instant.now().minus(AGE);
            int removed = 0;
            for (Path network : list(configuration.stateDirectory().resolve("attachments"))) {
                removed += DurableFile.sweep(network, limit);
            }
            LOG.debug("{} files were left half written", removed);
        } catch (IOException | UncheckedIOException | LinuxException failed) {
            LOG.warn("what killed processes left could not be removed: {}", failed.toString());
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(Files::isDirectory).toList();
        }
    }
}
