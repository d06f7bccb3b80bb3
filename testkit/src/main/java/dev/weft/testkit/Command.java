package dev.weft.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A peer program run to its end in bounded time, with both outputs captured.
///
/// ```java
/// String links = Command.run("ip", "-j", "link").orFail().stdout();
/// Command.of("tshark", "-r", "-").stdin(capture).within(Duration.ofSeconds(30)).run().orFail();
/// ```
///
/// The program inherits the environment and the namespaces of the calling thread's process. One
/// that outlives its time is killed together with its children, and that is a test failure.
public final class Command {
    /// Java under an emulated processor needs twenty seconds to start.
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    private final List<String> argv;
    private final byte[] stdin;
    private final Duration limit;

    private Command(List<String> argv, byte[] stdin, Duration limit) {
        this.argv = argv;
        this.stdin = stdin;
        this.limit = limit;
    }

    /// What a finished program left: its exit code and outputs (decoded as UTF-8).
    public record Result(List<String> argv, int exit, String stdout, String stderr) {
        /// This result, or a test failure showing everything when the exit code is not zero.
        public Result orFail() {
            if (exit != 0) {
                throw new AssertionError(
                        String.join(" ", argv)
                                + " exited with "
                                + exit
                                + "\nstdout: "
                                + stdout
                                + "\nstderr: "
                                + stderr);
            }
            return this;
        }
    }

    /// A command with empty standard input and a limit of a minute.
    public static Command of(String... argv) {
        return new Command(List.of(argv), new byte[0], DEFAULT_LIMIT);
    }

    /// Runs `argv` with empty standard input and a limit of a minute.
    public static Result run(String... argv) {
        return of(argv).run();
    }

    /// Whether a program of this name stands in a directory of PATH, or in the system directories
    /// that an ordinary user's PATH lacks.
    public static boolean isInstalled(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /// The same command, given these bytes on its standard input.
    public Command stdin(byte[] bytes) {
        return new Command(argv, bytes.clone(), limit);
    }

    /// The same command with another time limit.
    public Command within(Duration newLimit) {
        return new Command(argv, stdin, newLimit);
    }

    /// Runs the program and waits for its end, whatever its exit code.
    public Result run() {
        try {
            return finish(new ProcessBuilder(argv).start());
        } catch (IOException e) {
            throw new AssertionError("cannot run " + String.join(" ", argv), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + String.join(" ", argv), e);
        }
    }

    private Result finish(Process process) throws InterruptedException {
        CompletableFuture<String> stdout = drain(process.getInputStream());
        CompletableFuture<String> stderr = drain(process.getErrorStream());
        Thread.startVirtualThread(() -> feed(process.getOutputStream()));
        boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        Result result = new Result(argv, process.exitValue(), stdout.join(), stderr.join());
        if (!inTime) {
            throw new AssertionError("not finished within " + limit + ": " + result);
        }
        return result;
    }

    private void feed(OutputStream out) {
        try (out) {
            out.write(stdin);
        } catch (IOException _) {
            // The program may end without reading all of its input; its exit code tells the rest.
        }
    }

    private static CompletableFuture<String> drain(InputStream in) {
        var text = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
            try (in) {
                text.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(new UncheckedIOException(e));
            }
        });
        return text;
    }
}
