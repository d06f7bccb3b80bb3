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

/// A piece of memory outside the heap, for the structures and buffers that the kernel reads and
/// writes. Every access is bounds-checked. Multi-byte values are in the machine's byte order.
///
/// Not for use by two threads at once. Freed by [#close], or, for [#ofAuto], when unreachable. What
/// a single call needs is [#ofThread]: the others cost more than the call.
public final class Memory implements AutoCloseable {
    /// No memory: what a call takes for an argument left out.
    public static final Memory NONE = new Memory(MemorySegment.NULL, () -> {});

    private final MemorySegment segment;
    private final Runnable free;

    private Memory(MemorySegment segment, Runnable free) {
        this.segment = segment;
        this.free = free;
    }

    /// Zeroed memory that only the calling thread may use, and closes.
    public static Memory ofThread(long bytes) {
        Arena arena = Arena.ofConfined();
        return new Memory(arena.allocate(bytes, Long.BYTES), arena::close);
    }

    /// Zeroed memory that its owner closes, from whichever thread. The JVM stops all threads for a
    /// moment to free it.
    public static Memory allocate(long bytes) {
        Arena arena = Arena.ofShared();
        return new Memory(arena.allocate(bytes, Long.BYTES), arena::close);
    }

    /// Zeroed memory that the garbage collector frees, for short-lived structures.
    public static Memory ofAuto(long bytes) {
        return new Memory(Arena.ofAuto().allocate(bytes, Long.BYTES), () -> {});
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
        return new Memory(mapping, () -> Syscalls.munmap(address, bytes));
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

    @Override
    public void close() {
        free.run();
    }

    /// Linked only where a ring is read, to keep it off the start of programs that have none.
    private static final class Ordered {
        static final VarHandle INT = JAVA_INT.varHandle();
    }
}
