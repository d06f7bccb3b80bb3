package dev.weft.linux.tc;

/// One instruction of a BPF program (`struct bpf_insn`, RFC 9669 section 3).
///
/// @param code operation, source kind and class, 0 to 255
/// @param destination register, 0 to 10
/// @param source register, 0 to 10
/// @param offset of a jump, in instructions, or of an access, in bytes
/// @param immediate a constant
public record BpfInstruction(int code, int destination, int source, int offset, int immediate) {
    private static final int MOVE_IMMEDIATE_64 = 0xb7;
    private static final int EXIT = 0x95;
    private static final int OFFSET_SHIFT = 16;
    private static final int IMMEDIATE_SHIFT = 32;

    /// Puts a constant into a register; the result of a program is register 0.
    public static BpfInstruction move(int register, int constant) {
        return new BpfInstruction(MOVE_IMMEDIATE_64, register, 0, 0, constant);
    }

    /// Ends the program.
    public static BpfInstruction exit() {
        return new BpfInstruction(EXIT, 0, 0, 0, 0);
    }

    /// The instruction as one little-endian word, as both architectures have it.
    long encoded() {
        long registers = (long) (source << 4 | destination) << 8;
        long jump = (offset & 0xffffL) << OFFSET_SHIFT;
        return (code & 0xffL) | registers | jump | (long) immediate << IMMEDIATE_SHIFT;
    }
}
