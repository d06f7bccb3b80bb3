package dev.weft.linux.unix;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One end of a stream between two processes of a machine. For one thread at a time, best a
/// platform thread: waiting is the kernel's.
///
/// Limits are of whole calls, however many pieces the bytes come in.
public final class UnixConnection implements AutoCloseable {
    /// The most descriptors that a peer may send over a connection.
    public static final int MAX_DESCRIPTORS = SocketMessage.MAX_DESCRIPTORS;

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SO_SNDTIMEO = 21;
    private static final int POLLIN = 1;
    private static final int POLLOUT = 4;
    private static final int POLLHUP = 0x10;

    private final Descriptor socket;
    private final List<ReceivedDescriptor> descriptors = new ArrayList<>();

    UnixConnection(Descriptor socket) {
        this.socket = socket;
    }

    /// Connects to who listens at a path.
    ///
    /// @param limit how long to wait while the listener's queue is full
    /// @throws KernelException ENOENT without the file, ECONNREFUSED when nobody listens, EACCES
    ///   without permission to write the file, ETIMEDOUT when the queue stayed full
    public static UnixConnection connect(Path path, Duration limit) {
        try (Memory address = UnixAddress.encode(path)) {
            Descriptor socket = socket(path);
            try {
                limitSending(socket.number(), limit);
                int connected = Syscalls.connect(socket.number(), address, address.size());
                if (-connected == Errno.EAGAIN.number()) {
                    throw KernelException.explained(
                            Errno.ETIMEDOUT.number(),
                            "connect to",
                            path.toString(),
                            "its queue was full for " + limit);
                }
                KernelException.check(connected, "connect to", path.toString());
                return new UnixConnection(socket);
            } catch (KernelException refused) {
                socket.close();
                throw refused;
            }
        }
    }

    static Descriptor socket(Path path) {
        int type = SOCK_STREAM | SOCK_CLOEXEC;
        return Descriptor.of(
                Syscalls.socket(UnixAddress.AF_UNIX, type, 0), "open", "socket for " + path);
    }

    /// Connecting waits as long as sending may; a limit of nothing would mean none.
    private static void limitSending(int number, Duration limit) {
        long microseconds = Math.max(1, limit.toNanos() / 1000);
        try (Memory timeval = Memory.ofThread(16)) {
            timeval.putS64(0, microseconds / 1_000_000).putS64(8, microseconds % 1_000_000);
            KernelException.check(
                    Syscalls.setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, timeval),
                    "limit",
                    "sending");
        }
    }

    /// The kernel's number of the socket.
    int number() {
        return socket.number();
    }

    /// Who is at the other end.
    public PeerCredentials peer() {
        try (Memory credentials = Memory.ofThread(PeerCredentials.BYTES);
                Memory length = Memory.ofThread(Integer.BYTES)) {
            length.putS32(0, PeerCredentials.BYTES);
            KernelException.check(
                    Syscalls.getsockopt(
                            socket.number(), SOL_SOCKET, SO_PEERCRED, credentials, length),
                    "identify",
                    "peer");
            return PeerCredentials.decode(credentials);
        }
    }

    /// Receives exactly so many bytes. Descriptors that come with them join [#descriptors].
    ///
    /// @throws KernelException ECONNRESET when the peer ended the stream before, ETIMEDOUT when the
    ///   bytes did not come in time, E2BIG when it sent more than eight descriptors, or more than
    ///   this process can open; the stream is then of no more use
    public byte[] receive(int length, Duration limit) {
        byte[] bytes = new byte[length];
        SocketMessage message = SocketMessage.ofThread();
        long start = System.nanoTime();
        int filled = 0;
        while (filled < length) {
            long received = message.receive(socket.number(), length - filled);
            if (-received == Errno.EAGAIN.number()) {
                await(POLLIN, "receive " + length + " bytes", start, limit);
                continue;
            }
            KernelException.check(received, "receive from", "peer");
            takeDescriptors(message);
            if (received == 0) {
                throw KernelException.explained(
                        Errno.ECONNRESET.number(),
                        "receive " + length + " bytes",
                        "",
                        "the peer ended the stream after " + filled);
            }
            message.copyTo(bytes, filled, (int) received);
            filled += (int) received;
        }
        return bytes;
    }

    /// Receives what comes next, at least a byte, up to a length.
    ///
    /// @return nothing at the end of the stream
    /// @throws KernelException as [#receive], but for the end of the stream
    public byte[] receiveSome(int most, Duration limit) {
        SocketMessage message = SocketMessage.ofThread();
        long start = System.nanoTime();
        long received;
        while ((received = message.receive(socket.number(), most)) == -Errno.EAGAIN.number()) {
            await(POLLIN, "receive", start, limit);
        }
        KernelException.check(received, "receive from", "peer");
        takeDescriptors(message);
        byte[] bytes = new byte[(int) received];
        message.copyTo(bytes, 0, bytes.length);
        return bytes;
    }

    /// Owns all of them before any may be refused.
    private void takeDescriptors(SocketMessage message) {
        int count = message.descriptorCount();
        for (int i = 0; i < count; i++) {
            Descriptor open = Descriptor.of(message.descriptor(i), "receive", "descriptor");
            descriptors.add(new ReceivedDescriptor(open));
        }
        if (message.isTruncated() || descriptors.size() > MAX_DESCRIPTORS) {
            closeDescriptors();
            throw KernelException.explained(
                    Errno.E2BIG.number(),
                    "receive descriptors",
                    "",
                    "more than " + MAX_DESCRIPTORS + ", or than this process may open");
        }
    }

    /// The descriptors received so far, in the order in which they were sent. They are closed with
    /// the connection.
    public List<ReceivedDescriptor> descriptors() {
        return List.copyOf(descriptors);
    }

    /// Sends bytes.
    ///
    /// @throws KernelException EPIPE or ECONNRESET when the peer is gone, ETIMEDOUT when it does
    ///   not take them in time
    public void send(byte[] bytes, Duration limit) {
        send(bytes, List.of(), limit);
    }

    /// Sends bytes, and with the first of them descriptors of this process, which stay open here.
    ///
    /// @throws InvalidRequestException for more than eight, or without a byte to go with
    /// @throws KernelException as [#send(byte\[\], Duration)], and EBADF when one is not open
    public void send(byte[] bytes, List<Integer> numbers, Duration limit) {
        boolean alone = bytes.length == 0 && !numbers.isEmpty();
        if (alone || numbers.size() > MAX_DESCRIPTORS) {
            throw new InvalidRequestException(
                    "up to "
                            + MAX_DESCRIPTORS
                            + " descriptors go with the first byte of a message");
        }
        SocketMessage message = SocketMessage.ofThread();
        long start = System.nanoTime();
        int sent = 0;
        while (sent < bytes.length) {
            List<Integer> along = sent == 0 ? numbers : List.of();
            long result = message.send(socket.number(), bytes, sent, along);
            if (-result == Errno.EAGAIN.number()) {
                await(POLLOUT, "send " + bytes.length + " bytes", start, limit);
                continue;
            }
            sent += (int) KernelException.check(result, "send to", "peer");
        }
    }

    private void await(int event, String operation, long start, Duration limit) {
        int happened;
        do {
            long left = limit.toNanos() - (System.nanoTime() - start);
            happened = SocketMessage.ofThread().poll(socket.number(), event, left);
        } while (-happened == Errno.EINTR.number());
        if (happened == 0) {
            throw KernelException.explained(
                    Errno.ETIMEDOUT.number(), operation, "", "the peer did not go on in " + limit);
        }
        KernelException.check(happened, "wait for", "peer");
    }

    /// Whether the peer has closed its end, or ended: nobody will read an answer.
    public boolean isPeerGone() {
        int happened = SocketMessage.ofThread().poll(socket.number(), 0, 0);
        return happened > 0 && (happened & POLLHUP) != 0;
    }

    /// Closes the stream and the descriptors that it brought. What was sent still arrives, unless
    /// something received was not read.
    @Override
    public void close() {
        socket.close();
        closeDescriptors();
    }

    private void closeDescriptors() {
        descriptors.forEach(ReceivedDescriptor::close);
        descriptors.clear();
    }
}
