package dev.weft.linux.packet;

import dev.weft.linux.InvalidRequestException;

/// One instruction of a classic BPF program (`struct sock_filter`, `include/uapi/linux/filter.h`,
/// codes in `bpf_common.h`). The machine has an accumulator; loads are in network byte order, from
/// the start of the frame or, with the offsets below added, from elsewhere.
///
/// @param code the operation, 16 bits
/// @param jumpTrue instructions to skip when a comparison holds, 0 to 255
/// @param jumpFalse instructions to skip when it does not
/// @param operand offset, value or result
public record FilterInstruction(int code, int jumpTrue, int jumpFalse, int operand) {
    /// Added to an offset: counts from the network-layer header, on every kind of link
    /// (`SKF_NET_OFF`).
    public static final int FROM_NETWORK_HEADER = -0x100000;

    /// As the offset of [#loadHalf]: the EtherType, on every kind of link and whether or not a VLAN
    /// tag was taken out (`SKF_AD_OFF + SKF_AD_PROTOCOL`).
    public static final int PROTOCOL = -0x1000;

    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int AND = 0x54;
    private static final int JUMP_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int MAX_JUMP = 255;

    public FilterInstruction {
        if ((code & ~0xffff) != 0
                || jumpTrue < 0
                || jumpTrue > MAX_JUMP
                || jumpFalse < 0
                || jumpFalse > MAX_JUMP) {
            throw new InvalidRequestException(
                    "no BPF instruction: code "
                            + code
                            + ", jumps "
                            + jumpTrue
                            + " and "
                            + jumpFalse);
        }
    }

    /// Loads four bytes.
    public static FilterInstruction loadWord(int offset) {
        return new FilterInstruction(LOAD_WORD, 0, 0, offset);
    }

    /// Loads two bytes.
    public static FilterInstruction loadHalf(int offset) {
        return new FilterInstruction(LOAD_HALF, 0, 0, offset);
    }

    /// Loads one byte.
    public static FilterInstruction loadByte(int offset) {
        return new FilterInstruction(LOAD_BYTE, 0, 0, offset);
    }

    /// Keeps the accumulator's bits that are set in a mask.
    public static FilterInstruction and(int mask) {
        return new FilterInstruction(AND, 0, 0, mask);
    }

    /// Skips `jumpTrue` instructions when the accumulator equals a value, else `jumpFalse`.
    public static FilterInstruction ifEqual(int value, int jumpTrue, int jumpFalse) {
        return new FilterInstruction(JUMP_EQUAL, jumpTrue, jumpFalse, value);
    }

    /// Ends the program, accepting so many bytes of the packet; with 0 none of it is received.
    public static FilterInstruction accept(int bytes) {
        return new FilterInstruction(RETURN, 0, 0, bytes);
    }
}
