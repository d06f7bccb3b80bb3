package dev.weft.linux.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A piece of memory outside the heap, for the structures and buffers that the kernel reads and
/// writes. Every access is bounds-checked. Multi-byte values are in the machine's byte order.
///
/// Not for use by two threads at once. Freed by [#close], or, for [#ofAuto], when unreachable. What
/// a single call needs is [#ofThread]: the others cost more than the call.
public final class Memory implements AutoCloseable {
    /// No memory: what a call takes for an argument left out.
    public static final Memory NONE = new Memory(MemorySegment.NULL, _ -> {});

    private final Consumer<MemorySegment> free;
    private MemorySegment segment;

    private Memory(MemorySegment segment, Consumer<MemorySegment> free) {
        this.segment = segment;
        this.free = free;
    }

    /// Zeroed memory that only the calling thread may use, and closes.
    public static Memory ofThread(long bytes) {
        Memory memory = bufferOfThread(bytes);
        memory.segment.fill((byte) 0);
        return memory;
    }

    /// As [#ofThread], but with whatever it had in it before: for what the kernel fills.
    public static Memory bufferOfThread(long bytes) {
        if (!Thread.currentThread().isVirtual()) {
            ThreadStack stack = ThreadStack.CURRENT.get();
            if (stack.hasRoom(bytes)) {
                return new Memory(stack.push(bytes), stack.pop);
            }
        }
        Arena arena = Arena.ofConfined();
        return new Memory(arena.allocate(bytes, Long.BYTES), _ -> arena.close());
    }

    /// Zeroed memory that its owner closes, from whichever thread. The JVM stops all threads for a
    /// moment to free it.
    public static Memory allocate(long bytes) {
        Arena arena = Arena.ofShared();
        return new Memory(arena.allocate(bytes, Long.BYTES), _ -> arena.close());
    }

    /// Zeroed memory that the garbage collector frees, for short-lived structures.
    public static Memory ofAuto(long bytes) {
        return new Memory(Arena.ofAuto().allocate(bytes, Long.BYTES), _ -> {});
    }

    /// A NUL-terminated string for the kernel, as [#ofThread].
    public static Memory ofString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Memory memory = ofThread(bytes.length + 1L);
        memory.put(0, bytes, 0, bytes.length);
        return memory;
    }

    /// Memory that the kernel mapped; unmapped by [#close].
    static Memory ofMapping(long address, long bytes) {
        MemorySegment mapping = MemorySegment.ofAddress(address).reinterpret(bytes);
        return new Memory(mapping, _ -> Syscalls.munmap(address, bytes));
    }

    public long address() {
        return segment.address();
    }

    public long size() {
        return segment.byteSize();
    }

    public int u8(long offset) {
        return segment.get(JAVA_BYTE, offset) & 0xff;
    }

    public int u16(long offset) {
        return segment.get(JAVA_SHORT_UNALIGNED, offset) & 0xffff;
    }

    public int s32(long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset);
    }

    public long s64(long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset);
    }

    public Memory putU8(long offset, int value) {
        segment.set(JAVA_BYTE, offset, (byte) value);
        return this;
    }

    public Memory putU16(long offset, int value) {
        segment.set(JAVA_SHORT_UNALIGNED, offset, (short) value);
        return this;
    }

    public Memory putS32(long offset, int value) {
        segment.set(JAVA_INT_UNALIGNED, offset, value);
        return this;
    }

    public Memory putS64(long offset, long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset, value);
        return this;
    }

    /// Reads with acquire ordering, for a word that the kernel writes last.
    public int s32Acquire(long offset) {
        return (int) Ordered.INT.getAcquire(segment, offset);
    }

    /// Writes with release ordering, for a word that the kernel reads first.
    public void putS32Release(long offset, int value) {
        Ordered.INT.setRelease(segment, offset, value);
    }

    /// Copies heap bytes in.
    public Memory put(long offset, byte[] source, int from, int length) {
        MemorySegment.copy(source, from, segment, JAVA_BYTE, offset, length);
        return this;
    }

    /// Copies bytes out to a place in the heap.
    public void copyTo(long offset, byte[] target, int from, int length) {
        MemorySegment.copy(segment, JAVA_BYTE, offset, target, from, length);
    }

    /// Copies bytes out to the heap.
    public byte[] bytes(long offset, int length) {
        byte[] copy = new byte[length];
        copyTo(offset, copy, 0, length);
        return copy;
    }

    /// A NUL-terminated string of at most `limit` bytes.
    public String string(long offset, int limit) {
        int length = 0;
        while (length < limit && u8(offset + length) != 0) {
            length++;
        }
        return new String(bytes(offset, length), StandardCharsets.UTF_8);
    }

    /// Frees it, where it is the owner's to free; afterwards it has no byte left.
    @Override
    public void close() {
        MemorySegment freed = segment;
        if (freed.address() != 0) {
            segment = MemorySegment.NULL;
            free.accept(freed);
        }
    }

    /// A thread's own memory for single calls, given out and taken back as a stack is. Of the
    /// mapping only what was used takes memory.
    private static final class ThreadStack {
        static final ThreadLocal<ThreadStack> CURRENT = ThreadLocal.withInitial(ThreadStack::new);

        private static final long BYTES = 1 << 20;
        private static final long ALIGNMENT = 2L * Long.BYTES;

        final Consumer<MemorySegment> pop = this::popped;

        private final MemorySegment whole = map();
        private long top;
        private int pieces;

        /// Unmapped when the thread has ended.
        private static MemorySegment map() {
            long address = Syscalls.mmapAnonymous(BYTES);
            if (address < 0) {
                return Arena.ofAuto().allocate(BYTES);
            }
            return MemorySegment.ofAddress(address)
                    .reinterpret(BYTES, Arena.ofAuto(), _ -> Syscalls.munmap(address, BYTES));
        }

        boolean hasRoom(long bytes) {
            return bytes <= BYTES - top;
        }

        MemorySegment push(long bytes) {
            MemorySegment piece = whole.asSlice(top, bytes);
            top = end(piece);
            pieces++;
            return piece;
        }

        private long end(MemorySegment piece) {
            long end = piece.address() - whole.address() + piece.byteSize();
            return (end + ALIGNMENT - 1) & -ALIGNMENT;
        }

        /// One that is not the last is taken back with all others.
        private void popped(MemorySegment piece) {
            pieces--;
            if (pieces == 0) {
                top = 0;
            } else if (end(piece) == top) {
                top = piece.address() - whole.address();
            }
        }
    }

    /// Linked only where a ring is read, to keep it off the start of programs that have none.
    private static final class Ordered {
        static final VarHandle INT = JAVA_INT.varHandle();
    }
}
