package dev.weft.agent;

import dev.weft.agent.protocol.Answer;
import dev.weft.agent.protocol.CallRequest;
import dev.weft.cni.Reply;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.PathDescriptor;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.UnixConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the first calls as fast as the later ones: an agent of its own, in a directory of its own,
/// is called as a shim would call it, from a namespace that is made for this and vanishes with it.
/// The machine's network is not touched.
final class WarmUp {
    /// The calls of a warm-up are nobody's.
    static final String OPERATION_LOG = "weft.rehearsal";

    /// What its directories are called.
    static final String PREFIX = ".warm-up-";

    private static final int ROUNDS = 30;
    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger("weft.warm-up");

    private final Path directory;

    private WarmUp(Path directory) {
        this.directory = directory;
    }

    /// Does it. A failure is logged: the agent works without it.
    ///
    /// @param configuration of the agent to be warmed up
    static void run(AgentConfiguration configuration) {
        try {
            Path parent = Files.createDirectories(configuration.runDirectory());
            WarmUp warmUp = new WarmUp(Files.createTempDirectory(parent, PREFIX));
            try {
                warmUp.run();
            } finally {
                remove(warmUp.directory);
            }
        } catch (IOException | UncheckedIOException | LinuxException failed) {
            LOG.warn("the first calls will be slow: {}", failed.toString());
        }
    }

    /// Removes a directory and what is in it.
    static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void run() throws IOException {
        AgentConfiguration scratch =
                AgentConfiguration.standard()
                        .withRunDirectory(directory.resolve("run"))
                        .withStateDirectory(directory.resolve("state"));
        try (RunningAgent agent =
                        RunningAgent.open(
                                scratch,
                                LoggerFactory.getLogger(OPERATION_LOG),
                                UnaryOperator.identity());
                NetworkNamespace host = NetworkNamespace.create();
                PathDescriptor root = PathDescriptor.open(Path.of("/"))) {
            agent.start();
            Path socket = scratch.runDirectory().resolve(RunningAgent.SOCKET);
            Rehearsal rehearsal = Rehearsal.in(directory);
            long end = System.nanoTime() + LIMIT.toNanos();
            for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
                try (NetworkNamespace container = NetworkNamespace.create()) {
                    Caller caller = new Caller(socket, host, root, container);
                    rehearsal.play(container, caller::call);
                }
            }
        }
    }

    /// Stands for the shims of one container.
    private static final class Caller {
        private final Path socket;
        private final List<Integer> descriptors;

        Caller(
                Path socket,
                NetworkNamespace host,
                PathDescriptor root,
                NetworkNamespace container) {
            this.socket = socket;
            this.descriptors = List.of(host.descriptor(), root.number(), container.descriptor());
        }

        /// Calls what a plugin's process would be.
        Reply call(Rehearsal.Call call) {
            CallRequest request = new CallRequest(call.plugin(), call.environment(), call.input());
            try (UnixConnection connection = UnixConnection.connect(socket, ANSWER_LIMIT)) {
                connection.send(request.encode(), descriptors, ANSWER_LIMIT);
                byte[] header = connection.receive(Answer.HEADER_BYTES, ANSWER_LIMIT);
                byte[] body = connection.receive(Answer.bodyBytes(header), ANSWER_LIMIT);
                return switch (Answer.decode(header, body)) {
                    case Answer.Answered(int code, String output, String errors) ->
                            new Reply(code, output, errors);
                    case Answer.Declined() -> throw new IllegalStateException("declined");
                };
            }
        }
    }
}
