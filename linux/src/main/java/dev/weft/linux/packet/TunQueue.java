package dev.weft.linux.packet;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import dev.weft.linux.sys.WakeableDescriptor;
import java.time.Duration;
import java.util.Optional;

/// A queue of a TUN or TAP device: what the kernel sends through the link is read here, what is
/// written here the kernel receives from the link. The device ends with its last queue, unless it
/// is [#persist]ent.
///
/// One thread reads; any may write or close. The link itself (address, up, master) is changed as
/// any other by [dev.weft.linux.link.Links].
public final class TunQueue implements AutoCloseable {
    private static final String DEVICE = "/dev/net/tun";
    private static final int O_RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int NO_PACKET_INFORMATION = 0x1000;
    private static final long TUNSETIFF = 0x400454ca;
    private static final long TUNSETPERSIST = 0x400454cb;
    private static final long TUNSETOWNER = 0x400454cc;
    private static final long TUNSETGROUP = 0x400454ce;
    private static final long TUNSETOFFLOAD = 0x400454d0;
    private static final int REQUEST_BYTES = 40;
    private static final int NAME_BYTES = 16;

    /// More than any packet with its headers: aggregated ones have up to 64 KiB.
    private static final int BUFFER_BYTES = 128 << 10;

    private final WakeableDescriptor descriptor;
    private final Memory buffer;
    private final String name;

    private TunQueue(WakeableDescriptor descriptor, Memory buffer, String name) {
        this.descriptor = descriptor;
        this.buffer = buffer;
        this.name = name;
    }

    /// Opens a queue in a namespace; makes the device where there is none of that name.
    ///
    /// @throws KernelException ENOENT without `/dev/net/tun`, EPERM without CAP_NET_ADMIN, EBUSY
    ///   when the device has all its queues or is to be new, EINVAL when it is of the other mode
    public static TunQueue open(NetworkNamespace namespace, TunRequest request) {
        Descriptor descriptor =
                namespace.open(() ->
                        Descriptor.of(
                                Syscalls.openat(
                                        Syscalls.AT_FDCWD, DEVICE, O_RDWR_NONBLOCK_CLOEXEC, 0),
                                "open",
                                DEVICE + " for " + request));
        try {
            String name = attach(descriptor.number(), request);
            Memory buffer = Memory.allocate(BUFFER_BYTES);
            return new TunQueue(WakeableDescriptor.of(descriptor, buffer::close), buffer, name);
        } catch (KernelException failed) {
            descriptor.close();
            throw failed;
        }
    }

    private static String attach(int number, TunRequest request) {
        byte[] name = request.nameBytes();
        Memory argument =
                Memory.ofAuto(REQUEST_BYTES)
                        .put(0, name, 0, name.length)
                        .putU16(NAME_BYTES, request.flagBits() | NO_PACKET_INFORMATION);
        KernelException.check(
                Syscalls.ioctl(number, TUNSETIFF, argument), "open queue of", request.toString());
        if (!request.offloads().isEmpty()) {
            KernelException.check(
                    Syscalls.ioctl(number, TUNSETOFFLOAD, (long) request.offloadBits()),
                    "take offloads of",
                    request.toString());
        }
        return argument.string(0, NAME_BYTES);
    }

    /// The link's name when it was opened.
    public String name() {
        return name;
    }

    /// The next packet, after the virtio header if there is one; nothing when none came in time, or
    /// the queue was closed.
    ///
    /// @throws KernelException EBADFD when the link was deleted
    public Optional<byte[]> read(Duration limit) {
        return descriptor.receive(limit, this::take);
    }

    private Optional<byte[]> take(int number) {
        long length = Syscalls.read(number, buffer, 0, buffer.size());
        if (-length == Errno.EAGAIN.number()) {
            return Optional.empty();
        }
        KernelException.check(length, "read from", name);
        return Optional.of(buffer.bytes(0, (int) length));
    }

    /// Has the kernel receive a packet, with the virtio header before it if there is one.
    ///
    /// @throws KernelException EIO while the link is down, EINVAL when it is no packet
    public void write(byte[] packet) {
        Memory bytes = Memory.ofAuto(Math.max(1, packet.length)).put(0, packet, 0, packet.length);
        long written = descriptor.use(number -> Syscalls.write(number, bytes, 0, packet.length));
        KernelException.check(written, "write " + packet.length + " bytes to", name);
    }

    /// Keeps the device when its last queue is closed, or no longer.
    public void persist(boolean keep) {
        change(TUNSETPERSIST, keep ? 1 : 0, keep ? "keep" : "stop keeping");
    }

    /// Lets a user open the device without privilege.
    public void owner(int userId) {
        change(TUNSETOWNER, userId, "give user " + userId);
    }

    /// Lets a group open the device without privilege.
    public void group(int groupId) {
        change(TUNSETGROUP, groupId, "give group " + groupId);
    }

    private void change(long request, long argument, String operation) {
        int result = descriptor.use(number -> Syscalls.ioctl(number, request, argument));
        KernelException.check(result, operation, name);
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
