package dev.weft.agent;

import dev.weft.cni.Reply;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Does in one process, between namespaces of its own, what single processes do: the JVM notes what
/// it loads for that.
final class OneShotTraining {
    private OneShotTraining() {}

    static Reply run() throws IOException {
        Path directory = Files.createTempDirectory("weft-training-");
        try (Site site = OneShot.site(NetworkNamespace.create(), directory.resolve("state"));
                NetworkNamespace container = NetworkNamespace.create()) {
            // There is nothing to read, but a plugin would.
            StringBuilder told = new StringBuilder(OneShot.input(Map.of("CNI_COMMAND", "ADD")));
            Map<String, String> environment = new HashMap<>(System.getenv());
            Rehearsal.in(directory)
                    .play(
                            container,
                            call -> {
                                environment.putAll(call.environment());
                                Reply reply =
                                        OneShot.serve(
                                                call.plugin(), environment, call.input(), site);
                                told.append(call.plugin()).append(' ').append(reply).append('\n');
                                return reply;
                            });
            return new Reply(0, "", told.toString());
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
