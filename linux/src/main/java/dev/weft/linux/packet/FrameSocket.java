package dev.weft.linux.packet;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.util.Optional;

/// A few frames of one link, received one by one: for protocols that exchange a handful of
/// messages. It has no ring, which costs a grace period to make and a timer to keep; a [FramePoll]
/// tells which of many sockets, of any namespaces, have something.
///
/// For one thread at a time. Closing waits for the kernel's grace periods, as with [PacketSocket].
public final class FrameSocket implements AutoCloseable {
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int PACKET_AUXDATA = 8;

    private final Descriptor descriptor;
    private final int linkIndex;
    private final String object;

    private FrameSocket(Descriptor descriptor, int linkIndex, String object) {
        this.descriptor = descriptor;
        this.linkIndex = linkIndex;
        this.object = object;
    }

    /// Opens a socket in a namespace, on one link.
    ///
    /// @param options of which the ring does not matter
    /// @throws KernelException EPERM without CAP_NET_RAW, ENODEV when there is no such link
    public static FrameSocket open(NetworkNamespace namespace, PacketSocketOptions options) {
        if (options.linkIndex() == 0 || options.isPromiscuous()) {
            throw new InvalidRequestException("frames are exchanged on one link, as itself");
        }
        String object = "packet socket on link " + options.linkIndex();
        Descriptor descriptor =
                namespace.open(() ->
                        Descriptor.of(
                                Syscalls.socket(
                                        PacketSocket.AF_PACKET,
                                        PacketSocket.SOCK_RAW_CLOEXEC | SOCK_NONBLOCK,
                                        0),
                                "open",
                                object));
        try {
            configure(descriptor.number(), options, object);
            return new FrameSocket(descriptor, options.linkIndex(), object);
        } catch (KernelException failed) {
            descriptor.close();
            throw failed;
        }
    }

    private static void configure(int number, PacketSocketOptions options, String object) {
        options.filter().attach(number, object);
        PacketSocket.option(number, PACKET_AUXDATA, PacketSocket.word(1), "configure", object);
        if (options.ignoresOutgoing()) {
            PacketSocket.option(
                    number,
                    PacketSocket.PACKET_IGNORE_OUTGOING,
                    PacketSocket.word(1),
                    "ignore outgoing packets on",
                    object);
        }
        Memory address = PacketSocket.address(options.linkIndex(), options.protocol());
        KernelException.check(Syscalls.bind(number, address), "bind", object);
        PacketSocket.pendingError(number, object);
    }

    int number() {
        return descriptor.number();
    }

    /// The next frame that waits, if one does.
    ///
    /// @throws KernelException ENETDOWN, once, when the link went down or away
    Optional<ReceivedFrame> receive(MessageBuffer buffer) {
        long length = buffer.receive(descriptor.number(), 0);
        if (-length == Errno.EAGAIN.number()) {
            return Optional.empty();
        }
        KernelException.check(length, "receive from", object);
        PacketChecksum checksum =
                buffer.control(PacketSocket.SOL_PACKET, PACKET_AUXDATA)
                        .map(auxiliary -> PacketChecksum.of(auxiliary.s32(0)))
                        .orElse(PacketChecksum.UNKNOWN);
        return Optional.of(new ReceivedFrame(buffer.data(), checksum));
    }

    /// Sends a frame as it is, from the link-layer header on.
    ///
    /// @throws KernelException EMSGSIZE when it is longer than the link takes, ENETDOWN when the
    ///   link is down, ENXIO when it is gone
    public void send(byte[] frame) {
        Memory bytes = Memory.ofAuto(Math.max(1, frame.length)).put(0, frame, 0, frame.length);
        KernelException.check(
                Syscalls.sendto(
                        descriptor.number(),
                        bytes,
                        frame.length,
                        0,
                        PacketSocket.address(linkIndex, 0)),
                "send frame of " + frame.length + " bytes on",
                "link " + linkIndex);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
