package dev.weft.cli.cni;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
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

    private static final long PATIENCE_SECONDS = 20;

    private final ServerSocketChannel listener;
    private final CompletableFuture<Request> request = new CompletableFuture<>();

    private FakeAgent(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /// What a shim sent.
    ///
    /// @param head its first eight bytes, in hexadecimal
    /// @param strings the plugin's name, then the environment
    record Request(String head, List<String> strings, String input) {
        Request {
            strings = List.copyOf(strings);
        }
    }

    static FakeAgent answering(Path directory, byte[] answer) throws IOException {
        FakeAgent agent = listening(directory);
        Thread.startVirtualThread(() -> agent.serve(answer));
        return agent;
    }

    /// One that takes no call.
    static FakeAgent listening(Path directory) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(directory.resolve("cni.sock")));
        return new FakeAgent(listener);
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
        return request.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean wasCalled() {
        return request.isDone();
    }

    private void serve(byte[] answer) {
        try (SocketChannel connection = listener.accept()) {
            request.complete(read(connection));
            ByteBuffer left = ByteBuffer.wrap(answer);
            while (left.hasRemaining()) {
                connection.write(left);
            }
        } catch (IOException closed) {
            request.completeExceptionally(new UncheckedIOException(closed));
        }
    }

    private static Request read(SocketChannel connection) throws IOException {
        byte[] start = read(connection, HEADER_BYTES);
        String head = HexFormat.of().formatHex(start, 0, OUTPUT_SIZE_AT);
        ByteBuffer sizes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        String strings = new String(read(connection, sizes.getInt(OUTPUT_SIZE_AT)), UTF_8);
        String input = new String(read(connection, sizes.getInt(ERRORS_SIZE_AT)), UTF_8);
        return new Request(head, List.of(strings.split("\0", 0)), input);
    }

    private static byte[] read(SocketChannel connection, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && connection.read(bytes) >= 0) {
            // Until it is full.
        }
        if (bytes.hasRemaining()) {
            throw new IOException("a request that ends too early");
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
