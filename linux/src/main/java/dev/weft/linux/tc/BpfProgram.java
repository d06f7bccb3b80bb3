package dev.weft.linux.tc;

import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.util.List;

/// A classifier program in the kernel (`BPF_PROG_TYPE_SCHED_CLS`). The kernel keeps it for as long
/// as this or a filter holds it.
public final class BpfProgram implements AutoCloseable {
    private static final int PROG_LOAD = 5;
    private static final int SCHED_CLS = 3;
    private static final int ATTRIBUTE_BYTES = 64;
    private static final int LOG_BYTES = 64 << 10;

    private final Descriptor descriptor;

    private BpfProgram(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /// Has the kernel check and compile a program.
    ///
    /// @param license which decides what kernel functions it may call; "GPL" may call all
    /// @throws KernelException when the verifier refuses, with the end of its log; EPERM without
    ///   CAP_BPF and CAP_NET_ADMIN
    public static BpfProgram load(List<BpfInstruction> instructions, String license) {
        long bytes = (long) Long.BYTES * instructions.size();
        try (Memory program = Memory.ofThread(bytes);
                Memory terms = Memory.ofString(license)) {
            for (int i = 0; i < instructions.size(); i++) {
                program.putS64((long) Long.BYTES * i, instructions.get(i).encoded());
            }
            int result = load(program, terms, Memory.NONE);
            if (result >= 0) {
                return new BpfProgram(Descriptor.of(result, "load", "BPF program"));
            }
            throw refusal(program, terms, result);
        }
    }

    /// A verifier writes its log only when asked, which slows it down: ask when it has refused.
    private static KernelException refusal(Memory program, Memory license, int result) {
        try (Memory log = Memory.allocate(LOG_BYTES)) {
            int again = load(program, license, log);
            if (again >= 0) {
                Descriptor.of(again, "load", "BPF program").close();
            }
            String said = log.string(0, LOG_BYTES).strip();
            return said.isEmpty()
                    ? KernelException.of(-result, "load", "BPF program")
                    : KernelException.explained(-result, "load", "BPF program", said);
        }
    }

    /// Fills the part of `union bpf_attr` that loading reads.
    private static int load(Memory program, Memory license, Memory log) {
        Memory attributes =
                Memory.ofAuto(ATTRIBUTE_BYTES)
                        .putS32(0, SCHED_CLS)
                        .putS32(4, (int) (program.size() / Long.BYTES))
                        .putS64(8, program.address())
                        .putS64(16, license.address())
                        .putS32(24, log.size() == 0 ? 0 : 1)
                        .putS32(28, (int) log.size())
                        .putS64(32, log.address());
        return Syscalls.bpf(PROG_LOAD, attributes, program, license, log);
    }

    /// The descriptor, for [FilterRequest#bpf].
    public int descriptor() {
        return descriptor.number();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
