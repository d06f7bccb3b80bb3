package dev.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/// Executes programs as a C program would, and times them as whole processes: start, work, output
/// read, end.
final class Programs implements AutoCloseable {
    private final PeerProcess runner;

    private Programs(PeerProcess runner) {
        this.runner = runner;
    }

    /// Programs that run in the namespaces of this process.
    ///
    /// @param peers where the compiled peers are
    static Programs open(Path peers) {
        return new Programs(PeerProcess.start(peers.resolve("program_peer")));
    }

    /// How long a program takes, in nanoseconds.
    long run(String... words) {
        return run(List.of(words));
    }

    /// How long a program takes with a line on its standard input.
    long runWithInput(String line, String... words) {
        return run(List.of(String.join("\t", words), "<", line));
    }

    private long run(List<String> words) {
        runner.send(String.join("\t", words));
        return runner.numbers("time")[0];
    }

    /// Runs a program to its success, untimed, with any text on its standard input.
    static void feed(String input, String... words) {
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (Writer writer = process.outputWriter()) {
                writer.write(input);
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(words[0] + " ended with status " + status);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot run " + words[0], refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + words[0], interrupted);
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
