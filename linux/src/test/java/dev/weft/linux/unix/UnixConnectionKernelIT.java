package dev.weft.linux.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileIdentity;
import dev.weft.linux.file.PathDescriptor;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnixConnectionKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final byte[] HELLO = {1, 2, 3, 4, 5};

    @TempDir private Path directory;
    private Path path;
    private UnixListener listener;
    private UnixConnection client;
    private UnixConnection server;

    @BeforeEach
    void connect() {
        path = directory.resolve("sock");
        listener = UnixListener.open(path, 0600, 8);
        client = UnixConnection.connect(path, LIMIT);
        server = listener.accept().orElseThrow();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        listener.close();
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void descriptors_thatCameAlong_standForWhatWasSent() throws Exception {
        try (NetworkNamespace sent = NetworkNamespace.create()) {
            try (PathDescriptor root = PathDescriptor.open(Path.of("/"))) {
                client.send(HELLO, List.of(sent.descriptor(), root.number()), LIMIT);
            }
            assertThat(server.receive(2, LIMIT)).containsExactly(1, 2);
            List<ReceivedDescriptor> received = server.descriptors();
            assertThat(received).hasSize(2);
            try (NetworkNamespace namespace =
                    NetworkNamespace.ofDescriptor(received.getFirst().number())) {
                assertThat(namespace).isEqualTo(sent);
            }
            assertThat(FileIdentity.ofDescriptor(received.getLast().number()))
                    .isEqualTo(FileIdentity.ofPath(Path.of("/")));
            assertThat(server.receive(3, LIMIT)).containsExactly(3, 4, 5);
            assertThat(server.descriptors()).isEqualTo(received);
            requireClosedOnExecution(received.getFirst());

            server.close();
            assertThatThrownBy(received.getFirst()::number)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static void requireClosedOnExecution(ReceivedDescriptor descriptor) throws IOException {
        String flags =
                Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor.number())).stream()
                        .filter(line -> line.startsWith("flags:"))
                        .findFirst()
                        .orElseThrow();
        assertThat(Integer.parseInt(flags.substring(6).strip(), 8) & 02000000).isNotZero();
    }

    @Test
    void descriptors_moreThanEightInTwoMessages_areRefusedAndClosed() throws IOException {
        long before = openDescriptors();
        List<Integer> eight = Collections.nCopies(8, 0);
        client.send(HELLO, eight, LIMIT);
        client.send(HELLO, List.of(0), LIMIT);
        assertThat(server.receive(5, LIMIT)).isEqualTo(HELLO);
        assertThat(server.descriptors()).hasSize(8);
        assertThat(openDescriptors()).isEqualTo(before + 8);
        assertThatThrownBy(() -> server.receive(5, LIMIT))
                .isInstanceOf(KernelException.class)
                .hasMessage(
                        "cannot receive descriptors: E2BIG (7, too big): more than 8, or than"
                                + " this process may open");
        assertThat(openDescriptors()).isEqualTo(before);
    }

    @Test
    void descriptors_moreThanEightInOneMessage_areRefusedAndClosed() throws IOException {
        long before = openDescriptors();
        sendStandardInput(20);
        assertThatThrownBy(() -> server.receive(1, LIMIT))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("E2BIG");
        assertThat(server.descriptors()).isEmpty();
        assertThat(openDescriptors()).isEqualTo(before);
    }

    /// Sends one byte and standard input many times, which [UnixConnection#send] would not.
    private void sendStandardInput(int times) {
        int control = 16 + times * Integer.BYTES;
        try (Memory message = Memory.ofThread(256)) {
            long start = message.address();
            message.putS64(56, start + 72).putS64(64, 1);
            message.putS64(16, start + 56).putS64(24, 1).putS64(32, start + 80).putS64(40, control);
            message.putS64(80, control).putS32(88, 1).putS32(92, 1);
            assertThat(Syscalls.sendmsg(client.number(), message, 0)).isEqualTo(1);
        }
    }

    @Test
    void send_ofWhatCannotTravel_isRefused() {
        assertThatThrownBy(() -> client.send(HELLO, Collections.nCopies(9, 0), LIMIT))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> client.send(new byte[0], List.of(0), LIMIT))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> client.send(HELLO, List.of(99_999), LIMIT))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EBADF");
        client.send(new byte[0], LIMIT);
        assertThat(server.receive(0, LIMIT)).isEmpty();
    }

    @Test
    void bytes_moreThanTheSocketHolds_arriveWhole() throws Exception {
        byte[] much = new byte[4 << 20];
        new Random(4).nextBytes(much);
        FutureTask<Void> sending =
                new FutureTask<>(() -> client.send(much, List.of(0), LIMIT), null);
        Thread.ofPlatform().start(sending);
        assertThat(server.receive(much.length, LIMIT)).isEqualTo(much);
        assertThat(server.descriptors()).hasSize(1);
        sending.get();
    }

    @Test
    void receive_whatDoesNotCome_timesOut() {
        client.send(HELLO, LIMIT);
        assertThatThrownBy(() -> server.receive(6, SHORT))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot receive 6 bytes: ETIMEDOUT");
    }

    @Test
    void send_whatNobodyTakes_timesOut() {
        assertThatThrownBy(() -> client.send(new byte[8 << 20], SHORT))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot send 8388608 bytes: ETIMEDOUT");
    }

    @Test
    void peer_thatIsKilledWithinAMessage_isNoticed() {
        perl("syswrite $s, 'abcde'; kill 9, $$; sleep 1 while 1");
        try (UnixConnection connection = listener.accept().orElseThrow()) {
            assertThat(connection.isPeerGone()).isTrue();
            assertThatThrownBy(() -> connection.receive(16, LIMIT))
                    .isInstanceOf(KernelException.class)
                    .hasMessage(
                            "cannot receive 16 bytes: ECONNRESET (104, connection reset by the"
                                    + " peer): the peer ended the stream after 5");
            assertThatThrownBy(() -> connection.send(HELLO, LIMIT))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EPIPE");
        }
    }

    @Test
    void peer_isTheProcessThatConnected() {
        String processId = perl("print $$").orFail().stdout();
        try (UnixConnection connection = listener.accept().orElseThrow()) {
            assertThat(connection.peer())
                    .isEqualTo(new PeerCredentials(Integer.parseInt(processId), 0, 0));
        }
        assertThat(client.peer().processId()).isEqualTo((int) ProcessHandle.current().pid());
    }

    private Command.Result perl(String connected) {
        String connect = "socket($s, AF_UNIX, SOCK_STREAM, 0); connect($s, sockaddr_un($ARGV[0]));";
        return Command.run("perl", "-MSocket", "-e", connect + connected, path.toString());
    }

    @Test
    void isPeerGone_isTrueOnceItHasClosed() {
        assertThat(server.isPeerGone()).isFalse();
        client.send(HELLO, LIMIT);
        assertThat(server.isPeerGone()).isFalse();
        client.close();
        assertThat(server.isPeerGone()).isTrue();
        assertThat(server.receive(5, LIMIT)).as("sent before").isEqualTo(HELLO);
    }

    @Test
    void connect_whereNobodyAnswers_saysWhy() throws IOException {
        assertThatThrownBy(() -> UnixConnection.connect(directory.resolve("none"), LIMIT))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> UnixConnection.connect(file, LIMIT))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ECONNREFUSED");
        assertThatThrownBy(() -> UnixConnection.connect(directory.resolve("x".repeat(108)), LIMIT))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be the address of a socket");
    }

    @Test
    void connect_toFullQueue_timesOut() {
        Path narrow = directory.resolve("narrow");
        try (UnixListener busy = UnixListener.open(narrow, 0600, 0);
                UnixConnection first = UnixConnection.connect(narrow, LIMIT)) {
            assertThatThrownBy(() -> UnixConnection.connect(narrow, SHORT))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("ETIMEDOUT")
                    .hasMessageContaining("its queue was full for PT0.02S");
            assertThat(first.isPeerGone()).isFalse();
            busy.stop();
        }
    }
}
