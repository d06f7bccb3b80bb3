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
    private static final int CAP_ACK = 10;
    private static final int EXT_ACK = 11;
    private static final int GET_STRICT_CHK = 12;
    private static final int MSG_PEEK = 0x2;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int ADDRESS_BYTES = 12;

    /// The kernel makes the pieces of a dump as large as what the socket was seen to receive into,
    /// up to this (`netlink_recvmsg` in `net/netlink/af_netlink.c`).
    static final int DUMP_BYTES = 32 << 10;

    /// Far below what any system grants a socket without being asked.
    private static final int SEND_BYTES = 64 << 10;

    /// No single datagram of any family comes near this.
    private static final int MAX_DATAGRAM_BYTES = 64 << 20;

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
        return receive(0, operation, object);
    }

    /// As [#receive(String,String)].
    ///
    /// @param room offered to the kernel at least, in bytes
    Slice receive(int room, String operation, String object) {
        while (true) {
            Optional<Slice> datagram = receiveOne(room, operation, object);
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
            long waiting = peek(MSG_DONTWAIT);
            if (-waiting == Errno.EAGAIN.number()) {
                return Optional.empty();
            }
            KernelException.check(waiting, operation, object);
            Optional<Slice> datagram = receiveOne(0, operation, object);
            if (datagram.isPresent()) {
                return datagram;
            }
        }
    }

    /// A datagram, or nothing when it came from another process instead of the kernel.
    private Optional<Slice> receiveOne(int least, String operation, String object) {
        long waiting = KernelException.check(peek(0), operation, object);
        long room = Math.min(Math.max(waiting, least), MAX_DATAGRAM_BYTES);
        try (Memory buffer = Memory.ofThread(room);
                Memory source = Memory.ofThread(ADDRESS_BYTES);
                Memory sourceLength = Memory.ofThread(Integer.BYTES).putS32(0, ADDRESS_BYTES)) {
            long length =
                    Syscalls.recvfrom(
                            descriptor.number(), buffer, room, MSG_TRUNC, source, sourceLength);
            KernelException.check(length, operation, object);
            boolean fromKernel = source.s32(4) == 0;
            return fromKernel && length <= room
                    ? Optional.of(Slice.of(buffer.bytes(0, (int) length)))
                    : Optional.empty();
        }
    }

    /// The length of the datagram that is next.
    private long peek(int flags) {
        return Syscalls.recvfrom(
                descriptor.number(),
                Memory.NONE,
                0,
                MSG_PEEK | MSG_TRUNC | flags,
                Memory.NONE,
                Memory.NONE);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
