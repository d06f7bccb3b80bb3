package dev.weft.linux.packet;

import dev.weft.linux.netlink.Slice;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.net.InetAddress;
import java.util.Optional;

/// What `recvmsg` fills: a `struct msghdr` with one `struct iovec`, and room for the sender's
/// address, control messages and the datagram, in one piece of memory.
final class MessageBuffer implements AutoCloseable {
    private static final int HEADER_BYTES = 56;
    private static final int VECTOR = HEADER_BYTES;
    private static final int NAME = VECTOR + 16;
    private static final int CONTROL = NAME + 32;
    private static final int CONTROL_BYTES = 256;
    private static final int DATA = CONTROL + CONTROL_BYTES;
    private static final int MAX_DATAGRAM_BYTES = 64 << 10;

    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_POINTER = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int CONTROL_HEADER_BYTES = 16;

    private final Memory memory = Memory.allocate((long) DATA + MAX_DATAGRAM_BYTES);
    private int length;

    MessageBuffer() {
        long start = memory.address();
        memory.putS64(VECTOR, start + DATA).putS64(VECTOR + 8L, MAX_DATAGRAM_BYTES);
        memory.putS64(0, start + NAME)
                .putS64(16, start + VECTOR)
                .putS64(24, 1)
                .putS64(CONTROL_POINTER, start + CONTROL);
    }

    /// Receives a datagram.
    ///
    /// @return its length or the negative errno
    long receive(int descriptor, int flags) {
        memory.putS32(NAME_LENGTH, InternetAddress.MAX_BYTES);
        memory.putS64(CONTROL_LENGTH, CONTROL_BYTES);
        long result = Syscalls.recvmsg(descriptor, memory, flags);
        length = (int) Math.max(0, result);
        return result;
    }

    InetAddress source() {
        return InternetAddress.decode(memory, NAME);
    }

    Slice data() {
        return Slice.of(memory.bytes(DATA, length));
    }

    /// The data of a control message, if there is one.
    Optional<Slice> control(int level, int type) {
        int used = Math.clamp(memory.s64(CONTROL_LENGTH), 0, CONTROL_BYTES);
        return control(Slice.of(memory.bytes(CONTROL, used)), level, type);
    }

    /// Looks through a run of `struct cmsghdr`, each padded to eight bytes.
    static Optional<Slice> control(Slice messages, int level, int type) {
        Slice rest = messages;
        while (rest.length() >= CONTROL_HEADER_BYTES) {
            int size = Math.clamp(rest.s64(0), CONTROL_HEADER_BYTES, Integer.MAX_VALUE);
            Slice data = rest.part(0, size).from(CONTROL_HEADER_BYTES);
            if (rest.s32(8) == level && rest.s32(12) == type) {
                return Optional.of(data);
            }
            rest = rest.from(Math.min(rest.length(), size + Long.BYTES - 1 & -Long.BYTES));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        memory.close();
    }
}
