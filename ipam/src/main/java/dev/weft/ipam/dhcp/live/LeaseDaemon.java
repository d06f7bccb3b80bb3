package dev.weft.ipam.dhcp.live;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Request;
import dev.weft.linux.LinuxException;
import dev.weft.linux.unix.PeerCredentials;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.linux.unix.UnixListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Holds leases where no agent runs, for plugins that are processes of one call: they ask over a
/// Unix socket that only its owner may write to, and the daemon serves nobody else.
///
/// The namespaces that they name are opened by their paths, so the daemon has to be where the
/// runtime is.
public final class LeaseDaemon implements AutoCloseable {
    /// The socket's name in the directory of run-time files.
    public static final String SOCKET = "dhcp.sock";

    private static final int OWNER_ONLY = 0600;
    private static final int BACKLOG = 128;

    /// As many ADDs may wait for a server at once.
    private static final int MOST_CALLS = 64;

    private static final Duration QUESTION_LIMIT = Duration.ofSeconds(2);

    private final UnixListener listener;
    private final DhcpPlugin plugin;
    private final long owner;
    private final Consumer<String> journal;
    private final Semaphore places = new Semaphore(MOST_CALLS);

    private LeaseDaemon(
            UnixListener listener, DhcpPlugin plugin, long owner, Consumer<String> journal) {
        this.listener = listener;
        this.plugin = plugin;
        this.owner = owner;
        this.journal = journal;
    }

    /// Listens.
    ///
    /// @param socket in a directory that nobody else can write
    /// @param holder of the leases
    /// @param journal is told of callers that are refused
    /// @throws dev.weft.linux.KernelException EADDRINUSE when another daemon does
    public static LeaseDaemon open(Path socket, LeaseHolder holder, Consumer<String> journal) {
        return new LeaseDaemon(
                UnixListener.open(socket, OWNER_ONLY, BACKLOG),
                new DhcpPlugin(holder),
                ownUser(),
                journal);
    }

    private static long ownUser() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot tell the process's user", failed);
        }
    }

    /// Serves until [#close], which another thread calls.
    public void run() {
        Optional<UnixConnection> next = listener.accept();
        while (next.isPresent()) {
            UnixConnection connection = next.get();
            places.acquireUninterruptibly();
            Thread.ofPlatform().name("dhcp-call").daemon().start(() -> serve(connection));
            next = listener.accept();
        }
    }

    private void serve(UnixConnection connection) {
        try (connection) {
            PeerCredentials peer = connection.peer();
            if (peer.userId() == owner) {
                JsonObject question = DaemonMessage.receive(connection, QUESTION_LIMIT);
                DaemonMessage.send(connection, answer(question));
            } else {
                journal.accept("refused " + peer);
            }
        } catch (LinuxException | CniException gone) {
            // An ADD that nobody waits for any more is followed by a DEL.
            journal.accept("dropped a call: " + gone.getMessage());
        } finally {
            places.release();
        }
    }

    private JsonObject answer(JsonObject question) {
        try {
            return answer(DaemonMessage.request(question));
        } catch (CniException | LinuxException | UncheckedIOException failed) {
            return DaemonMessage.answer(CniException.of(failed));
        }
    }

    private JsonObject answer(Request request) {
        switch (request.command()) {
            case ADD -> {
                return DaemonMessage.answer(plugin.add(request));
            }
            case DEL -> plugin.delete(request);
            case CHECK -> plugin.check(request);
            case GC -> plugin.collect(request, request.validAttachments().orElse(Set.of()));
            case STATUS -> plugin.status(request);
            case VERSION -> {
                // The plugin's process knows.
            }
        }
        return new JsonObject();
    }

    /// Takes no more calls. The leases stay with their holder.
    @Override
    public void close() {
        listener.close();
    }
}
