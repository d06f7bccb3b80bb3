package dev.weft.linux.netlink;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import dev.weft.linux.sys.WakeableDescriptor;
import java.util.Optional;

/// The socket under requests and subscriptions: whole datagrams in and out, whatever their size.
final class NetlinkChannel implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int DROP_MEMBERSHIP = 2;
    private static final int CAP_ACK = 10;
    private static final int EXT_ACK = 11;
    private static final int GET_STRICT_CHK = 12;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int ADDRESS_BYTES = 12;

    /// The sender's address, in which its port stands, and after it the address's length.
    private static final int SOURCE_PORT = 4;

    private static final int SOURCE_LENGTH = 16;
    private static final int SOURCE_BYTES = SOURCE_LENGTH + Integer.BYTES;

    /// Far below what any system grants a socket without being asked.
    private static final int SEND_BYTES = 64 << 10;

    /// No datagram of any family comes near this.
    private static final int MAX_DATAGRAM_BYTES = 512 << 10;

    /// Room for about a thousand acknowledgements; the kernel's default takes 500.
    private static final int REQUEST_RECEIVE_BYTES = 1 << 20;

    /// What one waiting acknowledgement takes of the receive buffer, with the kernel's overhead.
    private static final int ANSWER_BYTES = 1 << 10;

    private static final int MAX_RECEIVE_BYTES = 128 << 20;

    /// The kernel answers a request before the send returns; this only ends a wait for an answer
    /// that never comes.
    private static final int ANSWER_SECONDS = 10;

    private final Descriptor descriptor;
    private final int portId;
    private int sendRoom;
    private int answerRoom = REQUEST_RECEIVE_BYTES;

    private NetlinkChannel(Descriptor descriptor, int portId) {
        this.descriptor = descriptor;
        this.portId = portId;
    }

    static NetlinkChannel open(NetlinkProtocol protocol) {
        String object = "netlink socket of " + protocol;
        Descriptor descriptor =
                Descriptor.of(
                        Syscalls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol.number()),
                        "open",
                        object);
        try {
            NetlinkChannel channel = new NetlinkChannel(descriptor, bind(descriptor, object));
            channel.configure();
            return channel;
        } catch (KernelException failed) {
            descriptor.close();
            throw failed;
        }
    }

    /// Has the kernel choose a port, and asks which.
    private static int bind(Descriptor descriptor, String object) {
        try (Memory name = Memory.ofThread(ADDRESS_BYTES).putU16(0, AF_NETLINK);
                Memory length = Memory.ofThread(Integer.BYTES).putS32(0, ADDRESS_BYTES)) {
            KernelException.check(Syscalls.bind(descriptor.number(), name), "bind", object);
            KernelException.check(
                    Syscalls.getsockname(descriptor.number(), name, length), "name", object);
            return name.s32(4);
        }
    }

    private void configure() {
        // Older kernels lack some of these; everything works without them, only less precisely.
        option(SOL_NETLINK, CAP_ACK, 1);
        option(SOL_NETLINK, EXT_ACK, 1);
        option(SOL_NETLINK, GET_STRICT_CHK, 1);
        receiveRoom(REQUEST_RECEIVE_BYTES);
        try (Memory limit = Memory.ofThread(2L * Long.BYTES).putS64(0, ANSWER_SECONDS)) {
            Syscalls.setsockopt(descriptor.number(), SOL_SOCKET, SO_RCVTIMEO, limit);
        }
    }

    private int option(int level, int option, int value) {
        return Syscalls.setsockopt(descriptor.number(), level, option, value);
    }

    int portId() {
        return portId;
    }

    int descriptor() {
        return descriptor.number();
    }

    /// The channel for one who waits without end, and whom another wakes by closing it.
    WakeableDescriptor wakeable() {
        return WakeableDescriptor.of(descriptor, () -> {});
    }

    /// Makes room for what waits to be received; beyond the system's limit where privileged.
    void receiveRoom(int bytes) {
        if (option(SOL_SOCKET, SO_RCVBUFFORCE, bytes) < 0) {
            option(SOL_SOCKET, SO_RCVBUF, bytes);
        }
    }

    /// Makes room for the answers to many requests, which all wait at once.
    void receiveRoomFor(int requests) {
        int needed = (int) Math.min((long) requests * ANSWER_BYTES, MAX_RECEIVE_BYTES);
        if (needed > answerRoom) {
            receiveRoom(needed);
            answerRoom = needed;
        }
    }

    /// Joins a multicast group; by number, as the bind mask ends at 31.
    void join(int group, String object) {
        KernelException.check(option(SOL_NETLINK, ADD_MEMBERSHIP, group), "subscribe to", object);
    }

    void leave(int group, String object) {
        KernelException.check(
                option(SOL_NETLINK, DROP_MEMBERSHIP, group), "unsubscribe from", object);
    }

    void send(ByteWriter message, String operation, String object) {
        int length = message.length();
        sendRoom(length);
        try (Memory copy = Memory.ofThread(length).put(0, message.array(), 0, length)) {
            KernelException.check(
                    Syscalls.sendto(descriptor.number(), copy, length, 0, Memory.NONE),
                    operation,
                    object);
        }
    }

    /// A message must fit the send buffer as a whole, with the kernel's own overhead.
    private void sendRoom(int length) {
        int needed = Math.multiplyExact(length, 2);
        if (needed > SEND_BYTES && needed > sendRoom) {
            if (option(SOL_SOCKET, SO_SNDBUFFORCE, needed) < 0) {
                option(SOL_SOCKET, SO_SNDBUF, needed);
            }
            sendRoom = needed;
        }
    }

    /// The next datagram from the kernel.
    ///
    /// @throws KernelException ENOBUFS when some were lost, EAGAIN when none came in time
    Slice receive(String operation, String object) {
        while (true) {
            Optional<Slice> datagram = receiveOne(operation, object);
            if (datagram.isPresent()) {
                return datagram.get();
            }
        }
    }

    /// A datagram that is there already, if there is one.
    ///
    /// @throws KernelException ENOBUFS when some were lost
    Optional<Slice> receiveWaiting(String operation, String object) {
        while (true) {
            try (Datagram datagram = new Datagram(MSG_DONTWAIT)) {
                if (-datagram.length == Errno.EAGAIN.number()) {
                    return Optional.empty();
                }
                Optional<Slice> received = datagram.received(operation, object);
                if (received.isPresent()) {
                    return received;
                }
            }
        }
    }

    /// A datagram, or nothing when it came from another process instead of the kernel.
    private Optional<Slice> receiveOne(String operation, String object) {
        try (Datagram datagram = new Datagram(0)) {
            return datagram.received(operation, object);
        }
    }

    /// One call to receive. The room is more than the kernel ever fills, which spares asking for
    /// the length first; what is not filled costs nothing.
    private final class Datagram implements AutoCloseable {
        private final Memory buffer = Memory.bufferOfThread(MAX_DATAGRAM_BYTES);
        private final Memory source = Memory.ofThread(SOURCE_BYTES);
        final long length;

        Datagram(int flags) {
            source.putS32(SOURCE_LENGTH, ADDRESS_BYTES);
            this.length =
                    Syscalls.recvfrom(
                            descriptor.number(),
                            buffer,
                            MAX_DATAGRAM_BYTES,
                            MSG_TRUNC | flags,
                            source,
                            SOURCE_LENGTH);
        }

        Optional<Slice> received(String operation, String object) {
            KernelException.check(length, operation, object);
            if (source.s32(SOURCE_PORT) != 0) {
                return Optional.empty();
            }
            if (length > MAX_DATAGRAM_BYTES) {
                throw KernelException.explained(
                        Errno.EMSGSIZE.number(),
                        operation,
                        object,
                        "the answer has " + length + " bytes");
            }
            return Optional.of(Slice.of(buffer.bytes(0, (int) length)));
        }

        @Override
        public void close() {
            source.close();
            buffer.close();
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
