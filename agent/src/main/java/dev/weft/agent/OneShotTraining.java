package dev.weft.agent;

import dev.weft.cni.Reply;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.Site;
import dev.weft.plugins.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Does in one process, between namespaces of its own, what single processes do: the JVM notes what
/// it loads for that.
final class OneShotTraining {
    private OneShotTraining() {}

    static Reply run() throws IOException {
        Path directory = Files.createTempDirectory("weft-training-");
        try (Site site =
                        Site.open(
                                NetworkNamespace.create(), directory.resolve("state"), Steps.NONE);
                NetworkNamespace container = NetworkNamespace.create()) {
            StringBuilder told = new StringBuilder();
            Rehearsal.in(directory)
                    .play(
                            container,
                            call -> {
                                Reply reply =
                                        OneShot.serve(
                                                call.plugin(),
                                                call.environment(),
                                                call.input(),
                                                site);
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
