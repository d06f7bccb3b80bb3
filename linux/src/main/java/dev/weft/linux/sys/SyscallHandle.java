package dev.weft.linux.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The one native handle: the C library's `long syscall(long number, ...)` with six arguments.
final class SyscallHandle {
    private static final MethodHandle SYSCALL = link();
    private static final VarHandle ERRNO = JAVA_INT.varHandle();

    /// Where the linker leaves errno after a call; one a thread, as calls of two threads overlap.
    private static final ThreadLocal<MemorySegment> CALL_STATE =
            ThreadLocal.withInitial(
                    () -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private SyscallHandle() {}

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor type =
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG);
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                type,
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    /// Makes the call.
    ///
    /// @return the call's result, or the negative errno, as the kernel itself answers
    static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
        MemorySegment state = CALL_STATE.get();
        long number = call.number(Architecture.current());
        long result;
        try {
            result = (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError("the system call handle threw", impossible);
        }
        return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    }
}
