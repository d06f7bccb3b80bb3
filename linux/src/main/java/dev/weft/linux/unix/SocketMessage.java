package dev.weft.linux.unix;

import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.util.List;

/// What `sendmsg`, `recvmsg` and `ppoll` of one thread read and write: a `struct msghdr` with one
/// `struct iovec`, one control message with descriptors, and a piece of the stream.
final class SocketMessage {
    /// The most descriptors that travel with a message.
    static final int MAX_DESCRIPTORS = 8;

    /// The most bytes of the stream that one call moves.
    static final int DATA_BYTES = 64 << 10;

    private static final int VECTOR = 56;
    private static final int CONTROL = VECTOR + 16;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int DESCRIPTORS = CONTROL + CONTROL_HEADER_BYTES;
    private static final int CONTROL_BYTES = CONTROL_HEADER_BYTES + MAX_DESCRIPTORS * Integer.BYTES;
    private static final int POLL = CONTROL + CONTROL_BYTES;
    private static final int TIMESPEC = POLL + 8;
    private static final int DATA = TIMESPEC + 16;

    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;
    private static final int MSG_FLAGS = 48;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CTRUNC = 8;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final long NANOS = 1_000_000_000L;

    private static final ThreadLocal<SocketMessage> OWN =
            ThreadLocal.withInitial(SocketMessage::new);

    private final Memory memory = Memory.ofAuto((long) DATA + DATA_BYTES);
    private final long start = memory.address();

    private SocketMessage() {
        memory.putS64(VECTOR, start + DATA);
        memory.putS64(MSG_IOV, start + VECTOR).putS64(MSG_IOVLEN, 1);
    }

    /// The calling thread's.
    static SocketMessage ofThread() {
        return OWN.get();
    }

    /// Receives what there is, up to a length; does not wait.
    ///
    /// @return how many bytes, 0 at the end of the stream, or the negative errno
    long receive(int socket, int length) {
        memory.putS64(VECTOR + 8L, Math.min(length, DATA_BYTES));
        memory.putS64(MSG_CONTROL, start + CONTROL).putS64(MSG_CONTROLLEN, CONTROL_BYTES);
        return Syscalls.recvmsg(socket, memory, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    }

    /// How many descriptors came with what was received: they are open.
    int descriptorCount() {
        if (memory.s64(MSG_CONTROLLEN) < CONTROL_HEADER_BYTES
                || memory.s32(CONTROL + 8L) != SOL_SOCKET
                || memory.s32(CONTROL + 12L) != SCM_RIGHTS) {
            return 0;
        }
        long bytes = memory.s64(CONTROL) - CONTROL_HEADER_BYTES;
        return Math.clamp(bytes / Integer.BYTES, 0, MAX_DESCRIPTORS);
    }

    int descriptor(int index) {
        return memory.s32(DESCRIPTORS + (long) index * Integer.BYTES);
    }

    /// Whether more descriptors came than there was room for; the kernel has closed those.
    boolean isTruncated() {
        return (memory.s32(MSG_FLAGS) & MSG_CTRUNC) != 0;
    }

    /// Copies what was received.
    void copyTo(byte[] target, int from, int length) {
        memory.copyTo(DATA, target, from, length);
    }

    /// Sends as much as there is room for, with descriptors; does not wait.
    ///
    /// @return how many bytes, or the negative errno
    long send(int socket, byte[] bytes, int from, List<Integer> descriptors) {
        int length = Math.min(bytes.length - from, DATA_BYTES);
        memory.put(DATA, bytes, from, length).putS64(VECTOR + 8L, length);
        putDescriptors(descriptors);
        return Syscalls.sendmsg(socket, memory, MSG_DONTWAIT | MSG_NOSIGNAL);
    }

    private void putDescriptors(List<Integer> descriptors) {
        if (descriptors.isEmpty()) {
            memory.putS64(MSG_CONTROL, 0).putS64(MSG_CONTROLLEN, 0);
            return;
        }
        long used = CONTROL_HEADER_BYTES + (long) descriptors.size() * Integer.BYTES;
        memory.putS64(MSG_CONTROL, start + CONTROL).putS64(MSG_CONTROLLEN, used);
        memory.putS64(CONTROL, used).putS32(CONTROL + 8L, SOL_SOCKET);
        memory.putS32(CONTROL + 12L, SCM_RIGHTS);
        for (int i = 0; i < descriptors.size(); i++) {
            memory.putS32(DESCRIPTORS + (long) i * Integer.BYTES, descriptors.get(i));
        }
    }

    /// Waits for events of a socket.
    ///
    /// @return those that happened, 0 when the time is over, or the negative errno
    int poll(int socket, int events, long nanoseconds) {
        long left = Math.max(0, nanoseconds);
        memory.putS32(POLL, socket).putS32(POLL + 4L, events);
        memory.putS64(TIMESPEC, left / NANOS).putS64(TIMESPEC + 8L, left % NANOS);
        int ready = Syscalls.ppoll(memory, POLL, 1, TIMESPEC);
        return ready <= 0 ? ready : memory.u16(POLL + 6L);
    }
}
