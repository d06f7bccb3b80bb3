package dev.weft.linux.packet;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A block of the ring: `struct tpacket_block_desc`, then packets, each a `struct tpacket3_hdr`, a
/// `struct sockaddr_ll` and the frame (`include/uapi/linux/if_packet.h`).
final class PacketBlock {
    /// Where the status is that says whose the block is.
    static final int STATUS = 8;

    /// Where the number of bytes in use is.
    static final int LENGTH = 20;

    /// The block is ours; cleared to give it back.
    static final int STATUS_USER = 1;

    static final int PACKET_COUNT = 12;
    static final int FIRST_PACKET = 16;

    static final int NEXT_OFFSET = 0;
    static final int SECONDS = 4;
    static final int NANOSECONDS = 8;
    static final int CAPTURED_LENGTH = 12;
    static final int ORIGINAL_LENGTH = 16;
    static final int PACKET_STATUS = 20;
    static final int FRAME_OFFSET = 24;
    static final int VLAN_TAG = 32;
    static final int VLAN_PROTOCOL = 36;
    static final int ADDRESS = 48;
    static final int ADDRESS_PROTOCOL = ADDRESS + 2;
    static final int ADDRESS_LINK = ADDRESS + 4;
    static final int ADDRESS_HARDWARE = ADDRESS + 8;
    static final int ADDRESS_TYPE = ADDRESS + 10;

    private static final int VLAN_VALID = 0x10;
    private static final int VLAN_PROTOCOL_VALID = 0x40;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int ETHERNET_ADDRESSES = 12;
    private static final int VLAN_BYTES = 4;
    private static final int HARDWARE_ETHERNET = 1;
    private static final int MAX_PACKET_BYTES = 1 << 20;
    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;

    private PacketBlock() {}

    /// The packets in a block's used bytes.
    static List<CapturedPacket> decode(Slice block) {
        List<CapturedPacket> packets = new ArrayList<>();
        int count = block.s32(PACKET_COUNT);
        Slice rest = block.from(block.s32(FIRST_PACKET));
        for (int i = 0; i < count; i++) {
            packets.add(packet(rest));
            if (i < count - 1) {
                int next = rest.s32(NEXT_OFFSET);
                require(next > 0, "a packet's successor is " + next + " bytes after it");
                rest = rest.from(next);
            }
        }
        return packets;
    }

    private static CapturedPacket packet(Slice header) {
        int status = header.s32(PACKET_STATUS);
        int hardwareType = header.u16(ADDRESS_HARDWARE);
        Slice frame = header.part(header.u16(FRAME_OFFSET), header.s32(CAPTURED_LENGTH));
        int length = header.s32(ORIGINAL_LENGTH);
        require(
                length >= frame.length() && length <= MAX_PACKET_BYTES,
                "a packet of " + length + " bytes has " + frame.length() + " captured");
        boolean tagged = hasTag(status, hardwareType, frame);
        return new CapturedPacket(
                header.u32(SECONDS) * NANOSECONDS_PER_SECOND + header.u32(NANOSECONDS),
                header.s32(ADDRESS_LINK),
                hardwareType,
                header.be16(ADDRESS_PROTOCOL),
                PacketType.of(header.u8(ADDRESS_TYPE)),
                PacketChecksum.of(status),
                tagged ? length + VLAN_BYTES : length,
                tagged ? withTag(frame, header, status) : frame);
    }

    private static boolean hasTag(int status, int hardwareType, Slice frame) {
        return (status & VLAN_VALID) != 0
                && hardwareType == HARDWARE_ETHERNET
                && frame.length() >= ETHERNET_ADDRESSES;
    }

    /// Puts the tag, which the kernel or the device took out of the frame, where it was.
    private static Slice withTag(Slice frame, Slice header, int status) {
        boolean named = (status & VLAN_PROTOCOL_VALID) != 0;
        ByteBuffer tagged = ByteBuffer.allocate(frame.length() + VLAN_BYTES);
        tagged.put(frame.part(0, ETHERNET_ADDRESSES).bytes());
        tagged.putShort((short) (named ? header.u16(VLAN_PROTOCOL) : ETHERTYPE_VLAN));
        tagged.putShort((short) header.s32(VLAN_TAG));
        tagged.put(frame.from(ETHERNET_ADDRESSES).bytes());
        return Slice.of(tagged.array());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new MalformedMessageException(message);
        }
    }
}
