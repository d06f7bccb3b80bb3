package dev.weft.linux.packet;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import dev.weft.linux.sys.WakeableDescriptor;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Frames of a namespace's links: a copy of what they carry, and a way to send.
///
/// Received frames come through a ring that the kernel fills without being called (`TPACKET_V3`).
/// The filter is in place before the first packet can arrive. One thread receives; any may send or
/// close.
///
/// Opening and closing each wait for the kernel's grace periods, some 5 to 25 ms, which several
/// threads share: open and close many sockets in parallel.
public final class PacketSocket implements AutoCloseable {
    static final int AF_PACKET = 17;
    static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int TPACKET_V3 = 2;
    private static final int MEMBERSHIP_BYTES = 16;
    private static final int MEMBERSHIP_PROMISCUOUS = 1;
    private static final int ADDRESS_BYTES = 20;
    private static final int STATISTICS_BYTES = 12;

    private final WakeableDescriptor descriptor;
    private final PacketRing ring;
    private final String object;
    private PacketStatistics statistics = PacketStatistics.NONE;

    private PacketSocket(WakeableDescriptor descriptor, PacketRing ring, String object) {
        this.descriptor = descriptor;
        this.ring = ring;
        this.object = object;
    }

    /// Opens a socket in a namespace. A link that is down is accepted: its packets come once it is
    /// up.
    ///
    /// @throws KernelException EPERM without CAP_NET_RAW, ENODEV when there is no such link, ENOMEM
    ///   when there is no room for the ring
    public static PacketSocket open(NetworkNamespace namespace, PacketSocketOptions options) {
        String object =
                options.linkIndex() == 0
                        ? "packet socket on all links"
                        : "packet socket on link " + options.linkIndex();
        Descriptor descriptor =
                namespace.open(() ->
                        Descriptor.of(
                                Syscalls.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0), "open", object));
        try {
            configure(descriptor.number(), options, object);
            return bound(descriptor, options, object);
        } catch (KernelException failed) {
            descriptor.close();
            throw failed;
        }
    }

    private static void configure(int number, PacketSocketOptions options, String object) {
        options.filter().attach(number, object);
        option(number, PACKET_VERSION, word(TPACKET_V3), "choose the ring's version of", object);
        if (options.ignoresOutgoing()) {
            option(number, PACKET_IGNORE_OUTGOING, word(1), "ignore outgoing packets on", object);
        }
        if (options.isPromiscuous()) {
            Memory membership =
                    Memory.ofAuto(MEMBERSHIP_BYTES)
                            .putS32(0, options.linkIndex())
                            .putU16(4, MEMBERSHIP_PROMISCUOUS);
            option(number, PACKET_ADD_MEMBERSHIP, membership, "make promiscuous", object);
        }
    }

    private static PacketSocket bound(
            Descriptor descriptor, PacketSocketOptions options, String object) {
        int number = descriptor.number();
        PacketRing ring = PacketRing.map(number, options.ring(), object);
        try {
            Memory address = address(options.linkIndex(), options.protocol());
            KernelException.check(Syscalls.bind(number, address), "bind", object);
            // A link that is down leaves an error, which would be taken for one that goes down
            // later.
            pendingError(number, object);
            return new PacketSocket(WakeableDescriptor.of(descriptor, ring::close), ring, object);
        } catch (KernelException failed) {
            ring.close();
            throw failed;
        }
    }

    static void option(int number, int option, Memory value, String operation, String object) {
        KernelException.check(
                Syscalls.setsockopt(number, SOL_PACKET, option, value), operation, object);
    }

    static Memory word(int value) {
        return Memory.ofAuto(Integer.BYTES).putS32(0, value);
    }

    static Memory address(int linkIndex, int protocol) {
        return Memory.ofAuto(ADDRESS_BYTES)
                .putU16(0, AF_PACKET)
                .putU16(2, networkOrder(protocol))
                .putS32(4, linkIndex);
    }

    private static int networkOrder(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? value
                : Short.reverseBytes((short) value);
    }

    /// The packets of the next block: those of up to the ring's retirement time, in the order they
    /// passed. Copied, so the kernel has its block back.
    ///
    /// @return none when none came in time, or the socket was closed
    /// @throws KernelException ENETDOWN, once, when the link went down or away; packets come again
    ///   when it is up again
    public List<CapturedPacket> receive(Duration limit) {
        return descriptor.receive(limit, this::take).orElse(List.of());
    }

    private Optional<List<CapturedPacket>> take(int number) {
        Optional<List<CapturedPacket>> packets = ring.take();
        if (packets.isEmpty()) {
            int error = pendingError(number, object);
            if (error != 0) {
                throw KernelException.of(error, "receive from", object);
            }
        }
        return packets;
    }

    /// Reads and clears the socket's error.
    static int pendingError(int number, String object) {
        Memory error = word(0);
        KernelException.check(
                Syscalls.getsockopt(number, SOL_SOCKET, SO_ERROR, error, word(Integer.BYTES)),
                "ask for the error of",
                object);
        return error.s32(0);
    }

    /// Sends a frame as it is, from the link-layer header on.
    ///
    /// @throws KernelException EMSGSIZE when it is longer than the link takes, ENETDOWN when the
    ///   link is down, ENXIO when there is none
    public void send(int linkIndex, byte[] frame) {
        if (linkIndex <= 0) {
            throw new InvalidRequestException("a frame is sent on a link, not on " + linkIndex);
        }
        Memory bytes = Memory.ofAuto(Math.max(1, frame.length)).put(0, frame, 0, frame.length);
        long sent =
                descriptor.use(number ->
                        Syscalls.sendto(number, bytes, frame.length, 0, address(linkIndex, 0)));
        KernelException.check(
                sent, "send frame of " + frame.length + " bytes on", "link " + linkIndex);
    }

    /// What became of the packets since the socket was opened.
    public PacketStatistics statistics() {
        return descriptor.use(this::addStatistics);
    }

    /// The kernel counts anew after each reading.
    private synchronized PacketStatistics addStatistics(int number) {
        Memory counters = Memory.ofAuto(STATISTICS_BYTES);
        KernelException.check(
                Syscalls.getsockopt(
                        number, SOL_PACKET, PACKET_STATISTICS, counters, word(STATISTICS_BYTES)),
                "read statistics of",
                object);
        statistics =
                statistics.plus(
                        Integer.toUnsignedLong(counters.s32(0)),
                        Integer.toUnsignedLong(counters.s32(4)),
                        Integer.toUnsignedLong(counters.s32(8)));
        return statistics;
    }

    /// Whether [#close] has not been called.
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
