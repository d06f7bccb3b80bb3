package dev.weft.linux.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.FileCalls;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnixListenerKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int THREADS = 16;
    private static final int BACKLOG = 128;

    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("sock");
    }

    private UnixListener open() {
        return UnixListener.open(path, 0600, BACKLOG);
    }

    private UnixConnection connect() {
        return UnixConnection.connect(path, LIMIT);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task;
    }

    /// Answers every connection with what it sent, until the listener ends.
    ///
    /// @return how many there were
    private static int serve(UnixListener listener) {
        int served = 0;
        Optional<UnixConnection> accepted = listener.accept();
        while (accepted.isPresent()) {
            try (UnixConnection connection = accepted.get()) {
                connection.send(connection.receive(4, LIMIT), LIMIT);
                served++;
            }
            accepted = listener.accept();
        }
        return served;
    }

    private static List<FutureTask<Integer>> startServing(UnixListener listener) {
        return IntStream.range(0, THREADS).mapToObj(_ -> start(() -> serve(listener))).toList();
    }

    private static int total(List<FutureTask<Integer>> serving) throws Exception {
        int total = 0;
        for (FutureTask<Integer> task : serving) {
            total += task.get();
        }
        return total;
    }

    private static byte[] request(int number) {
        return new byte[] {'w', 'e', (byte) (number >> 8), (byte) number};
    }

    @Test
    void open_makesTheFileWithItsPermissions_andStopRemovesIt() throws IOException {
        for (String permissions : List.of("rw-------", "rw-rw-rw-")) {
            int mode = permissions.equals("rw-------") ? 0600 : 0666;
            try (UnixListener listener = UnixListener.open(path, mode, BACKLOG)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo(permissions);
                assertThat(files()).containsExactly(".sock.lock", "sock");
                listener.stop();
                assertThat(files()).containsExactly(".sock.lock");
            }
        }
    }

    /// Why the file is never open to others, not even before it is renamed.
    @Test
    void bind_ofSocketWithMode_makesTheFileWithIt() throws IOException {
        try (Descriptor socket = UnixConnection.socket(path);
                Memory address = UnixAddress.encode(path)) {
            assertThat(FileCalls.fchmod(socket.number(), 0600)).isZero();
            assertThat(Syscalls.bind(socket.number(), address)).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void open_whereAKilledProcessListened_takesItsPlace() throws IOException {
        String bind =
                "socket($s, AF_UNIX, SOCK_STREAM, 0); bind($s, sockaddr_un($ARGV[0])) or die;"
                        + "listen($s, 9); kill 9, $$; sleep 1 while 1";
        Command.run("perl", "-MSocket", "-e", bind, path.toString());
        Command.run("perl", "-MSocket", "-e", bind, directory.resolve(".sock.new").toString());
        assertThat(files()).containsExactly(".sock.new", "sock");
        try (UnixListener listener = open();
                UnixConnection client = connect();
                UnixConnection server = listener.accept().orElseThrow()) {
            client.send(request(1), LIMIT);
            assertThat(server.receive(4, LIMIT)).isEqualTo(request(1));
            assertThat(files()).containsExactly(".sock.lock", "sock");
        }
    }

    @Test
    void open_whereSomebodyListens_isRefused() {
        try (UnixListener listener = open();
                UnixConnection client = connect()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EADDRINUSE")
                    .hasMessageEndingWith("another process has locked it");
            assertThat(listener.accept()).get().satisfies(UnixConnection::close);
            assertThat(client.isPeerGone()).isTrue();
        }
    }

    @Test
    void open_whereSomebodyListensWithoutTheLock_isRefused() {
        long self = ProcessHandle.current().pid();
        try (Descriptor socket = UnixConnection.socket(path);
                Memory address = UnixAddress.encode(path)) {
            assertThat(Syscalls.bind(socket.number(), address)).isZero();
            assertThat(Syscalls.listen(socket.number(), 0)).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOf(KernelException.class)
                    .hasMessageEndingWith("process " + self + " of user 0 listens there");
            assertThatThrownBy(this::open)
                    .isInstanceOf(KernelException.class)
                    .hasMessageEndingWith("somebody listens there, with a full queue");
        }
        try (UnixListener listener = open();
                UnixConnection client = connect()) {
            assertThat(listener.accept()).get().satisfies(UnixConnection::close);
            assertThat(client.isPeerGone()).isTrue();
        }
    }

    @Test
    void open_whereAnotherFileIs_isRefusedAndLeavesIt() throws IOException {
        Files.writeString(path, "precious");
        assertThatThrownBy(this::open)
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EEXIST")
                .hasMessageEndingWith("the file is no socket");
        assertThat(path).hasContent("precious");
        assertThatThrownBy(() -> UnixListener.open(directory.resolve("none/sock"), 0600, 1))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
    }

    @Test
    void accept_onManyThreads_answersEveryConnection() throws Exception {
        int connections = 500;
        try (UnixListener listener = open()) {
            List<FutureTask<Integer>> serving = startServing(listener);
            List<FutureTask<Integer>> clients =
                    IntStream.range(0, 5).mapToObj(_ -> start(() -> ask(connections / 5))).toList();
            assertThat(total(clients)).isEqualTo(connections);
            listener.stop();
            assertThat(total(serving)).isEqualTo(connections);
        }
    }

    /// @return how many answers were right
    private int ask(int times) {
        int right = 0;
        for (int i = 0; i < times; i++) {
            try (UnixConnection client = connect()) {
                client.send(request(i), LIMIT);
                right += Arrays.equals(client.receive(4, LIMIT), request(i)) ? 1 : 0;
            }
        }
        return right;
    }

    @Test
    void stop_whileConnectionsAreQueued_losesNone() throws Exception {
        int connections = 100;
        List<UnixConnection> clients = new ArrayList<>();
        try (UnixListener listener = open()) {
            for (int i = 0; i < connections; i++) {
                clients.add(connect());
                clients.get(i).send(request(i), LIMIT);
            }
            listener.stop();
            assertThatThrownBy(this::connect)
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("ENOENT");
            assertThat(total(startServing(listener))).isEqualTo(connections);
            for (int i = 0; i < connections; i++) {
                assertThat(clients.get(i).receive(4, LIMIT)).isEqualTo(request(i));
            }
        } finally {
            clients.forEach(UnixConnection::close);
        }
    }

    @Test
    void stop_whileOthersConnect_answersOrRefuses() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (UnixListener listener = open()) {
                List<FutureTask<Integer>> serving = startServing(listener);
                List<FutureTask<Integer>> clients =
                        IntStream.range(0, 4).mapToObj(_ -> start(this::askUntilRefused)).toList();
                assertThat(ask(10)).isEqualTo(10);
                listener.stop();
                assertThat(total(serving)).isEqualTo(total(clients) + 10);
            }
        }
    }

    /// @return how many were answered; an answer that is missing throws
    private int askUntilRefused() {
        int answered = 0;
        while (true) {
            try (UnixConnection client = connect()) {
                client.send(request(1), LIMIT);
                client.receive(4, LIMIT);
                answered++;
            } catch (KernelException refused) {
                if (refused.is(Errno.ENOENT) || refused.is(Errno.ECONNREFUSED)) {
                    return answered;
                }
                throw refused;
            }
        }
    }

    @Test
    void stop_whenAnotherFileHasThePath_leavesIt() throws IOException {
        UnixListener listener = open();
        Files.delete(path);
        Files.writeString(path, "successor");
        listener.close();
        assertThat(path).hasContent("successor");
    }

    @Test
    void open_afterStop_neverWaitsForTheFormer() throws Exception {
        try (UnixListener former = open();
                UnixConnection late = connect()) {
            former.stop();
            try (UnixListener next = open();
                    UnixConnection client = connect()) {
                List<FutureTask<Integer>> serving = startServing(former);
                late.send(request(1), LIMIT);
                assertThat(late.receive(4, LIMIT)).isEqualTo(request(1));
                assertThat(total(serving)).isEqualTo(1);
                assertThat(next.accept()).get().satisfies(UnixConnection::close);
                assertThat(client.isPeerGone()).isTrue();
            }
        }
    }

    @Test
    void close_wakesThoseWhoAccept_andDropsTheRest() throws Exception {
        UnixListener listener = open();
        List<FutureTask<Integer>> serving = startServing(listener);
        listener.close();
        listener.close();
        assertThat(total(serving)).isZero();
        assertThat(listener.accept()).isEmpty();

        UnixListener unheard = open();
        try (UnixConnection client = connect()) {
            unheard.close();
            assertThat(client.isPeerGone()).isTrue();
        }
    }
}
