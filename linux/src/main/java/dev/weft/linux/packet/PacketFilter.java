package dev.weft.linux.packet;

import static dev.weft.linux.packet.FilterInstruction.FROM_NETWORK_HEADER;
import static dev.weft.linux.packet.FilterInstruction.PROTOCOL;
import static dev.weft.linux.packet.FilterInstruction.accept;
import static dev.weft.linux.packet.FilterInstruction.ifEqual;
import static dev.weft.linux.packet.FilterInstruction.loadByte;
import static dev.weft.linux.packet.FilterInstruction.loadHalf;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.util.List;

/// Which packets a socket receives, and how many bytes of them: a classic BPF program that the
/// kernel runs on each. A VLAN tag may already be out of the frame when it runs.
///
/// @param instructions 1 to 4096, the last one an [FilterInstruction#accept]
public record PacketFilter(List<FilterInstruction> instructions) {
    /// More than any packet has.
    public static final int WHOLE = 0x40000;

    private static final int MAX_INSTRUCTIONS = 4096;
    private static final int INSTRUCTION_BYTES = 8;
    private static final int PROGRAM_BYTES = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_LOCK_FILTER = 44;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV6_NEXT_HEADER = 6;

    public PacketFilter {
        instructions = List.copyOf(instructions);
        if (instructions.isEmpty() || instructions.size() > MAX_INSTRUCTIONS) {
            throw new InvalidRequestException(
                    "a filter has 1 to 4096 instructions, not " + instructions.size());
        }
    }

    /// Every packet.
    ///
    /// @param bytes how many of its bytes, [#WHOLE] for all
    public static PacketFilter all(int bytes) {
        return new PacketFilter(List.of(accept(bytes)));
    }

    /// No packet.
    public static PacketFilter none() {
        return all(0);
    }

    /// Packets of one EtherType: 0x0806 for ARP.
    public static PacketFilter etherType(int type) {
        return new PacketFilter(
                List.of(loadHalf(PROTOCOL), ifEqual(type, 0, 1), accept(WHOLE), accept(0)));
    }

    /// IPv4 packets of a protocol, and IPv6 packets whose first header after the fixed one is it.
    ///
    /// @param number 1 for ICMP, 6 for TCP, 17 for UDP, 58 for ICMPv6
    public static PacketFilter ipProtocol(int number) {
        return new PacketFilter(
                List.of(
                        loadHalf(PROTOCOL),
                        ifEqual(ETHERTYPE_IPV4, 0, 2),
                        loadByte(FROM_NETWORK_HEADER + IPV4_PROTOCOL),
                        ifEqual(number, 3, 4),
                        ifEqual(ETHERTYPE_IPV6, 0, 3),
                        loadByte(FROM_NETWORK_HEADER + IPV6_NEXT_HEADER),
                        ifEqual(number, 0, 1),
                        accept(WHOLE),
                        accept(0)));
    }

    /// Attaches it for good: neither this process nor one that inherits the socket can take it off.
    void attach(int descriptor, String object) {
        try (Memory program = Memory.allocate((long) instructions.size() * INSTRUCTION_BYTES)) {
            for (int i = 0; i < instructions.size(); i++) {
                encode(instructions.get(i), program, (long) i * INSTRUCTION_BYTES);
            }
            Memory header =
                    Memory.ofAuto(PROGRAM_BYTES)
                            .putU16(0, instructions.size())
                            .putS64(Long.BYTES, program.address());
            KernelException.check(
                    Syscalls.setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, header),
                    "attach filter to",
                    object);
        }
        KernelException.check(
                Syscalls.setsockopt(descriptor, SOL_SOCKET, SO_LOCK_FILTER, 1),
                "lock filter of",
                object);
    }

    private static void encode(FilterInstruction instruction, Memory program, long offset) {
        program.putU16(offset, instruction.code())
                .putU8(offset + 2, instruction.jumpTrue())
                .putU8(offset + 3, instruction.jumpFalse())
                .putS32(offset + 4, instruction.operand());
    }
}
