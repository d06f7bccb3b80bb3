package dev.weft.cli.cni;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileIdentity;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.linux.unix.UnixListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Takes one call, reads it whole, answers with given bytes and closes the connection.
final class FakeAgent implements AutoCloseable {
    static final int HEADER_BYTES = 16;

    private static final int KIND_AT = 5;
    private static final int EXIT_CODE_AT = 6;

    /// Of an answer; of a request, the size of its strings.
    private static final int OUTPUT_SIZE_AT = 8;

    /// Of an answer; of a request, the size of its input.
    private static final int ERRORS_SIZE_AT = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final UnixListener listener;
    private final CompletableFuture<Request> request = new CompletableFuture<>();

    private FakeAgent(UnixListener listener) {
        this.listener = listener;
    }

    /// What a shim sent.
    ///
    /// @param head its first eight bytes, in hexadecimal
    /// @param strings the plugin's name, then the environment
    /// @param files what the descriptors stand for that came along
    record Request(String head, List<String> strings, String input, List<FileIdentity> files) {
        Request {
            files = List.copyOf(files);
            strings = List.copyOf(strings);
        }
    }

    static FakeAgent answering(Path directory, byte[] answer) {
        FakeAgent agent = listening(directory);
        Thread.ofPlatform().daemon().start(() -> agent.serve(answer));
        return agent;
    }

    /// One that answers without having read anything.
    static FakeAgent refusing(Path directory, byte[] answer) {
        FakeAgent agent = listening(directory);
        Thread.ofPlatform().daemon().start(() -> agent.refuse(answer));
        return agent;
    }

    /// One that takes no call.
    static FakeAgent listening(Path directory) {
        return new FakeAgent(UnixListener.open(directory.resolve("cni.sock"), 0600, 1));
    }

    static byte[] answer(int exitCode, String output, String errors) {
        byte[] out = output.getBytes(UTF_8);
        byte[] err = errors.getBytes(UTF_8);
        return ByteBuffer.allocate(HEADER_BYTES + out.length + err.length)
                .put(header(0, exitCode, out.length, err.length))
                .put(out)
                .put(err)
                .array();
    }

    static byte[] declined() {
        return header(1, 0, 0, 0);
    }

    static byte[] header(int kind, int exitCode, int outputSize, int errorsSize) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("WEFT\1".getBytes(US_ASCII))
                .put(KIND_AT, (byte) kind)
                .put(EXIT_CODE_AT, (byte) exitCode)
                .putInt(OUTPUT_SIZE_AT, outputSize)
                .putInt(ERRORS_SIZE_AT, errorsSize)
                .array();
    }

    /// The call, once it was read.
    Request request() {
        return request.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    boolean wasCalled() {
        return request.isDone();
    }

    private void serve(byte[] answer) {
        try (UnixConnection connection = listener.accept().orElseThrow()) {
            request.complete(read(connection));
            connection.send(answer, PATIENCE);
        } catch (KernelException | NoSuchElementException broken) {
            request.completeExceptionally(broken);
        }
    }

    private void refuse(byte[] answer) {
        try (UnixConnection connection = listener.accept().orElseThrow()) {
            connection.send(answer, PATIENCE);
        }
    }

    private static Request read(UnixConnection connection) {
        byte[] start = connection.receive(HEADER_BYTES, PATIENCE);
        ByteBuffer sizes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        String strings = text(connection, sizes.getInt(OUTPUT_SIZE_AT));
        String input = text(connection, sizes.getInt(ERRORS_SIZE_AT));
        return new Request(
                HexFormat.of().formatHex(start, 0, OUTPUT_SIZE_AT),
                List.of(strings.split("\0", 0)),
                input,
                connection.descriptors().stream()
                        .map(file -> FileIdentity.ofDescriptor(file.number()))
                        .toList());
    }

    private static String text(UnixConnection connection, int size) {
        return new String(connection.receive(size, PATIENCE), UTF_8);
    }

    @Override
    public void close() {
        listener.close();
    }
}
