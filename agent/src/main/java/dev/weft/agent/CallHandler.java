package dev.weft.agent;

import dev.weft.agent.protocol.Answer;
import dev.weft.agent.protocol.CallRequest;
import dev.weft.agent.protocol.MalformedCallException;
import dev.weft.agent.protocol.RequestHeader;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileIdentity;
import dev.weft.linux.namespace.NamespaceId;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.PeerCredentials;
import dev.weft.linux.unix.ReceivedDescriptor;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.plugins.PluginSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// One connection from its beginning to its end: who calls, what is asked, the work, the answer.
final class CallHandler {
    /// The shim sends everything at once, so a caller that is silent is none; beyond this it is
    /// served only while nobody else waits.
    private static final Duration SILENCE = Duration.ofMillis(200);

    private static final int MOST_SILENCES = 10;
    private static final Duration BODY_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /// What is larger is read and parsed one at a time, which bounds the heap.
    private static final int LARGE_BYTES = 256 << 10;

    private static final Answer TRY_AGAIN =
            answer(
                    PluginSkeleton.failure(
                            new CniException(
                                    ErrorCode.TRY_AGAIN_LATER,
                                    "the agent has too many calls to serve",
                                    "it took none of this one; raise \"workers\" or \"queue\" in"
                                            + " its configuration if this happens often")));

    private final Sites sites;
    private final Tracing tracing;
    private final Operations operations;
    private final Pools pools;
    private final BooleanSupplier othersWait;
    private final FileIdentity root = FileIdentity.ofPath(Path.of("/"));
    private final long ownUser;
    private final Semaphore largeCalls = new Semaphore(1);
    private final Turns turns = new Turns();

    /// @param operations are told of every call
    /// @param othersWait whether there are connections that no thread has time for
    CallHandler(
            Sites sites,
            Tracing tracing,
            Operations operations,
            Pools pools,
            BooleanSupplier othersWait) {
        this.sites = sites;
        this.tracing = tracing;
        this.operations = operations;
        this.pools = pools;
        this.othersWait = othersWait;
        this.ownUser = OwnUser.id();
    }

    /// Answers that there is no room, without reading anything.
    void refuse(UnixConnection connection) {
        operations.refused("busy");
        send(connection, TRY_AGAIN);
    }

    /// Serves the connection. Does not close it.
    void handle(UnixConnection connection) {
        try {
            PeerCredentials peer = connection.peer();
            if (peer.userId() != 0 && peer.userId() != ownUser) {
                decline(connection, "user", peer.toString());
                return;
            }
            RequestHeader header = RequestHeader.decode(awaitHeader(connection));
            if (!header.isSupported()) {
                decline(connection, "version", "protocol version " + header.version());
                return;
            }
            if (header.bodyBytes() <= LARGE_BYTES) {
                read(connection, header);
                return;
            }
            largeCalls.acquireUninterruptibly();
            try {
                read(connection, header);
            } finally {
                largeCalls.release();
            }
        } catch (MalformedCallException malformed) {
            operations.dropped("malformed", String.valueOf(malformed.getMessage()));
        } catch (KernelException failed) {
            operations.dropped("broken", String.valueOf(failed.getMessage()));
        }
    }

    private byte[] awaitHeader(UnixConnection connection) {
        for (int silences = 1; ; silences++) {
            try {
                return connection.receive(RequestHeader.BYTES, SILENCE);
            } catch (KernelException silent) {
                boolean patient = silences < MOST_SILENCES && !othersWait.getAsBoolean();
                if (!silent.is(Errno.ETIMEDOUT) || !patient) {
                    throw silent;
                }
            }
        }
    }

    private void read(UnixConnection connection, RequestHeader header) {
        long start = System.nanoTime();
        byte[] body = connection.receive(header.bodyBytes(), BODY_LIMIT);
        CallRequest request = CallRequest.decode(header, body);
        List<ReceivedDescriptor> descriptors = connection.descriptors();
        if (descriptors.size() < 2 || descriptors.size() > 3) {
            throw new MalformedCallException(descriptors.size() + " descriptors, not 2 or 3");
        }
        if (!FileIdentity.ofDescriptor(descriptors.get(1).number()).equals(root)) {
            decline(connection, "root", "another root directory");
            return;
        }
        FileIdentity own = FileIdentity.ofDescriptor(descriptors.getFirst().number());
        NamespaceId id = new NamespaceId(own.device(), own.inode());
        try (Sites.OpenSite site = sites.use(id, descriptors.getFirst().number())) {
            serve(connection, site, call(request, site, descriptors), start);
        } catch (InvalidRequestException notOne) {
            throw new MalformedCallException("the caller's namespace is none");
        }
    }

    private static PluginCall call(
            CallRequest request, Sites.OpenSite site, List<ReceivedDescriptor> descriptors) {
        return new PluginCall(
                request.plugin(),
                request.environment(),
                request.input(),
                site.host(),
                descriptors.size() < 3
                        ? Optional.empty()
                        : Optional.of(sandbox(descriptors.get(1), descriptors.get(2))));
    }

    /// A path at which plugins can open the container's namespace. They open it anew, and that must
    /// not take for ever, as it does for a FIFO: what is no namespace is replaced by a directory,
    /// which is none either.
    private static Path sandbox(ReceivedDescriptor root, ReceivedDescriptor given) {
        ReceivedDescriptor opened = NetworkNamespace.isOne(given.number()) ? given : root;
        return Path.of("/proc/self/fd/" + opened.number());
    }

    private void serve(
            UnixConnection connection, Sites.OpenSite site, PluginCall call, long start) {
        Operation operation = new Operation(call, start);
        tracing.follow(operation);
        Reply reply;
        try (Operations.Running running = operations.begin(call)) {
            Reply made = inTurn(site, call, operation);
            reply = running.isInterrupted() ? late(made) : made;
        } finally {
            tracing.leave();
        }
        Operation.Ended ended = operation.end(reply);
        // Whoever has the answer may unmount the container's namespace at once.
        connection.descriptors().forEach(ReceivedDescriptor::close);
        send(connection, answer(reply));
        operations.ended(ended);
    }

    private Reply inTurn(Sites.OpenSite site, PluginCall call, Operation operation) {
        String container = call.environment().getOrDefault("CNI_CONTAINERID", "");
        if (container.isEmpty()) {
            return reply(site, call, operation);
        }
        try (Turns.Turn _ = turns.await(call.plugin() + ' ' + container)) {
            return reply(site, call, operation);
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
            return PluginSkeleton.failure(
                    new CniException(
                            ErrorCode.TRY_AGAIN_LATER,
                            "another operation on container " + container + " has not ended yet"));
        }
    }

    private Reply reply(Sites.OpenSite site, PluginCall call, Operation operation) {
        Optional<Plugin> plugin = site.plugins().find(call.plugin());
        return plugin.map(found -> new ObservedPlugin(found, operation, pools))
                .map(observed -> new PluginSkeleton(observed, Release.VERSION).serve(call))
                .orElseGet(() -> unknown(call));
    }

    /// What an interrupted operation says of itself is about the interruption.
    private static Reply late(Reply made) {
        if (made.exitCode() == 0) {
            return made;
        }
        return PluginSkeleton.failure(
                new CniException(
                        ErrorCode.TRY_AGAIN_LATER,
                        "the operation took longer than the agent's limit and was interrupted",
                        made.output()));
    }

    private static Reply unknown(PluginCall call) {
        return PluginSkeleton.failure(
                new CniException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "Weft has no plugin \"" + call.plugin() + '"',
                        "it has " + String.join(", ", PluginSet.TYPES)));
    }

    private static Answer answer(Reply reply) {
        return new Answer.Answered(reply.exitCode(), reply.output(), reply.errors());
    }

    private void decline(UnixConnection connection, String reason, String detail) {
        operations.declined(reason, detail);
        send(connection, new Answer.Declined());
    }

    /// A caller that is gone does not read; it was killed, and its runtime will delete.
    private void send(UnixConnection connection, Answer answer) {
        try {
            connection.send(answer.encode(), ANSWER_LIMIT);
        } catch (KernelException gone) {
            operations.dropped("unread", String.valueOf(gone.getMessage()));
        }
    }
}
