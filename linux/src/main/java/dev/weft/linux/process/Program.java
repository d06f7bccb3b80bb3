package dev.weft.linux.process;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program to run, with everything it is given and what it may use.
///
/// @param executable an absolute path
/// @param arguments what follows the program's name; never seen by a shell
/// @param environment all variables that it gets
/// @param input what it reads from its standard input, sent as UTF-8
/// @param limit how long it may take; then it is killed, with all that it started
/// @param outputLimitBytes how much it may write to each output, before it is killed
public record Program(
        Path executable,
        List<String> arguments,
        Map<String, String> environment,
        String input,
        Duration limit,
        int outputLimitBytes) {
    /// How long a program may take that was given no limit.
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /// How much a program may write to each output that was given no limit: a table of 300,000
    /// rules of iptables.
    public static final int DEFAULT_OUTPUT_LIMIT_BYTES = 64 << 20;

    /// Where administrators' programs are, which the PATH of an ordinary user leaves out.
    private static final List<String> SYSTEM_DIRECTORIES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static final Pattern ERRNO = Pattern.compile("error[=:]\\s*(\\d{1,4})");

    /// What `nsenter` writes when it fails itself, instead of becoming the program.
    private static final String ENTERING = "nsenter: ";

    public Program {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (!executable.isAbsolute()) {
            throw new InvalidRequestException("'" + executable + "' is no absolute path");
        }
        if (limit.isNegative() || outputLimitBytes < 0) {
            throw new InvalidRequestException("the limits of a program are not negative");
        }
        Stream.of(arguments.stream(), environment.keySet().stream(), environment.values().stream())
                .flatMap(texts -> texts)
                .forEach(Program::requirePassable);
        if (environment.keySet().stream().anyMatch(name -> name.isEmpty() || name.contains("="))) {
            throw new InvalidRequestException("a variable's name is not empty and has no '='");
        }
    }

    /// What a finished program left. Outputs are read as UTF-8.
    ///
    /// @param status 0 to 255; 128 and a signal's number when it was ended by that signal
    public record Result(int status, String output, String errors) {
        private static final int SIGNALLED = 128;
        private static final int LAST_SIGNAL = 64;

        /// The signal that ended the program. As in shells, one that exits with such a status looks
        /// the same.
        public OptionalInt signal() {
            int signal = status - SIGNALLED;
            return signal >= 1 && signal <= LAST_SIGNAL
                    ? OptionalInt.of(signal)
                    : OptionalInt.empty();
        }
    }

    /// A program with an empty environment, no input and the default limits.
    public static Program of(Path executable, List<String> arguments) {
        return new Program(
                executable, arguments, Map.of(), "", DEFAULT_LIMIT, DEFAULT_OUTPUT_LIMIT_BYTES);
    }

    /// Where a program of this name is: in the directories of PATH, or in those of the system.
    public static Optional<Path> find(String name) {
        Stream<String> directories =
                Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                        SYSTEM_DIRECTORIES.stream());
        return directories
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, name))
                .filter(Program::isExecutable)
                .findFirst();
    }

    /// As [#find].
    ///
    /// @throws ProgramNotFoundException when there is none
    public static Path require(String name) {
        return find(name)
                .orElseThrow(() ->
                        new ProgramNotFoundException(name, "in PATH and the system's directories"));
    }

    private static boolean isExecutable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /// This with all variables of the environment.
    public Program withEnvironment(Map<String, String> variables) {
        return new Program(executable, arguments, variables, input, limit, outputLimitBytes);
    }

    /// This with the variables of the calling process, and these beside or instead.
    public Program withInheritedEnvironment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(variables);
        return withEnvironment(all);
    }

    /// This with something to read.
    public Program withInput(String text) {
        return new Program(executable, arguments, environment, text, limit, outputLimitBytes);
    }

    /// This with another limit of time.
    public Program withLimit(Duration time) {
        return new Program(executable, arguments, environment, input, time, outputLimitBytes);
    }

    /// This with another limit of each output.
    public Program withOutputLimit(int bytes) {
        return new Program(executable, arguments, environment, input, limit, bytes);
    }

    /// Runs it in the caller's network namespace. What it leaves running in the background is not
    /// waited for.
    ///
    /// @throws ProgramNotFoundException when it is no executable file
    /// @throws ProgramTimedOutException when its time was over
    /// @throws ProgramOutputException when it wrote too much
    /// @throws KernelException when the kernel would not execute it; EINTR when the thread was
    ///   interrupted, which ends the program
    public Result run() {
        return run(command());
    }

    /// Runs it in a network namespace, as [#run()] does.
    ///
    /// `nsenter` of util-linux enters: a thread that did would give birth there to the JVM's
    /// threads behind processes, which would keep the namespace for a minute.
    ///
    /// @throws KernelException also when the namespace may not be entered
    public Result run(NetworkNamespace namespace) {
        try (NetworkNamespace own = NetworkNamespace.current()) {
            if (own.equals(namespace)) {
                return run();
            }
        }
        requireExecutable();
        List<String> entering = new ArrayList<>();
        entering.add(require("nsenter").toString());
        entering.add("--net=" + namespace.path());
        entering.add("--");
        entering.addAll(command());
        return entered(run(entering), namespace);
    }

    private Result entered(Result result, NetworkNamespace namespace) {
        if (result.status() == 0 || !result.errors().startsWith(ENTERING)) {
            return result;
        }
        throw KernelException.explained(
                Errno.EPERM.number(),
                "run",
                executable + " in namespace " + namespace,
                result.errors().substring(ENTERING.length()).strip());
    }

    /// The program's path and its arguments.
    public List<String> command() {
        return Stream.concat(Stream.of(executable.toString()), arguments.stream()).toList();
    }

    /// A virtual thread would keep its carrier for as long as the program runs.
    private Result run(List<String> command) {
        requireExecutable();
        return Thread.currentThread().isVirtual() ? onPlatformThread(command) : converse(command);
    }

    private Result onPlatformThread(List<String> command) {
        FutureTask<Result> task = new FutureTask<>(() -> converse(command));
        Thread.ofPlatform().name("program").daemon().start(task);
        try {
            return task.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException refused -> throw refused;
                case Error error -> throw error;
                case null, default -> throw new AssertionError(failed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KernelException.of(Errno.EINTR.number(), "wait for", executable.toString());
        }
    }

    private Result converse(List<String> command) {
        try (Pipe in = Pipe.create();
                Pipe out = Pipe.create();
                Pipe err = Pipe.create();
                Conversation conversation = new Conversation(this, in, out, err)) {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(Pipe.file(in.reading()))
                            .redirectOutput(Pipe.file(out.writing()))
                            .redirectError(Pipe.file(err.writing()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return conversation.with(start(builder));
        }
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failed) {
            String text = String.valueOf(failed.getMessage());
            Matcher errno = ERRNO.matcher(text);
            int number = errno.find() ? Integer.parseInt(errno.group(1)) : Errno.EIO.number();
            throw KernelException.explained(number, "run", executable.toString(), text);
        }
    }

    private void requireExecutable() {
        if (!isExecutable(executable)) {
            throw new ProgramNotFoundException(
                    executable.toString(), "as a file that may be executed");
        }
    }

    /// The JVM passes texts in the encoding of its locale, and would put question marks for what
    /// that does not have.
    private static void requirePassable(String text) {
        if (text.indexOf(0) >= 0) {
            throw new InvalidRequestException(
                    "'" + text.replace('\0', '?') + "' has a NUL, which no argument can hold");
        }
        if (!Encoding.PASSES.apply(text)) {
            throw new InvalidRequestException(
                    "'"
                            + text
                            + "' cannot be passed to a program in the encoding "
                            + Encoding.CHARSET
                            + ": start with LC_ALL=C.UTF-8");
        }
    }

    /// Of arguments and variables.
    private static final class Encoding {
        static final Charset CHARSET =
                Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        static final Function<String, Boolean> PASSES =
                text -> {
                    CharsetEncoder encoder = CHARSET.newEncoder();
                    return text.chars().allMatch(c -> c < 0x80) || encoder.canEncode(text);
                };
    }
}
