package dev.weft.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;

/// A peer that stays open: a line in, a line or two out. What it has to say about a failure goes to
/// this process's standard error.
final class PeerProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader();
        this.requests = process.outputWriter();
    }

    /// Starts a program in the namespaces of this process.
    static PeerProcess start(Path program) {
        try {
            Process process =
                    new ProcessBuilder(program.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return new PeerProcess(program.getFileName().toString(), process);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start " + program, refused);
        }
    }

    void send(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(name + " ended", gone);
        }
    }

    /// The numbers of the next line, which begins with a word.
    long[] numbers(String word) {
        String[] words = line().split(" ");
        if (!words[0].equals(word)) {
            throw new IllegalStateException(name + " answered '" + words[0] + "', not " + word);
        }
        return Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
    }

    private String line() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(name + " ended");
            }
            return line;
        } catch (IOException gone) {
            throw new UncheckedIOException(name + " ended", gone);
        }
    }

    /// Ends it and waits until it has cleaned up.
    @Override
    public void close() {
        try {
            requests.close();
            process.waitFor();
        } catch (IOException gone) {
            throw new UncheckedIOException(name + " ended", gone);
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
