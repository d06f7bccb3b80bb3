package dev.weft.linux.packet;

import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.Slice;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.util.List;
import java.util.Optional;

/// The memory that the kernel shares with a packet socket: blocks in a circle, each owned by one of
/// both sides, whoever its status names.
///
/// ```
///   kernel fills --> [ 4 ] [ 5 ] [ 6 ] [ 3 ] <-- next to be taken, in order
///                      kernel      user
/// ```
///
/// The status is read with acquire ordering before the block and written with release ordering
/// after it, as the kernel does on its side (`net/packet/af_packet.c`). Not for two threads at
/// once.
final class PacketRing implements AutoCloseable {
    private static final int PACKET_RX_RING = 5;
    private static final int REQUEST_BYTES = 28;

    /// The kernel wants a frame size, which this version of the ring does not use.
    private static final int FRAME_BYTES = 2048;

    private final Memory memory;
    private final RingSize size;
    private int nextBlock;

    private PacketRing(Memory memory, RingSize size) {
        this.memory = memory;
        this.size = size;
    }

    /// Makes and maps the ring of a packet socket that has none yet.
    static PacketRing map(int descriptor, RingSize size, String object) {
        Memory request =
                Memory.ofAuto(REQUEST_BYTES)
                        .putS32(0, size.blockBytes())
                        .putS32(4, size.blocks())
                        .putS32(8, FRAME_BYTES)
                        .putS32(12, size.bytes() / FRAME_BYTES)
                        .putS32(16, (int) size.retirement().toMillis());
        PacketSocket.option(descriptor, PACKET_RX_RING, request, "make the ring of", object);
        long address =
                KernelException.check(
                        Syscalls.mmapShared(descriptor, size.bytes()), "map the ring of", object);
        return new PacketRing(Syscalls.mapped(address, size.bytes()), size);
    }

    /// The next block's packets, copied, if the kernel has handed it over.
    Optional<List<CapturedPacket>> take() {
        long block = (long) nextBlock * size.blockBytes();
        long status = block + PacketBlock.STATUS;
        if ((memory.s32Acquire(status) & PacketBlock.STATUS_USER) == 0) {
            return Optional.empty();
        }
        int used = Math.clamp(memory.s32(block + PacketBlock.LENGTH), 0, size.blockBytes());
        Slice bytes = Slice.of(memory.bytes(block, used));
        memory.putS32Release(status, 0);
        nextBlock = (nextBlock + 1) % size.blocks();
        return Optional.of(PacketBlock.decode(bytes));
    }

    /// Unmaps it; nothing may use it any more.
    @Override
    public void close() {
        memory.close();
    }
}
