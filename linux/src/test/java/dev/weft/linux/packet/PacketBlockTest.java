package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Slice;
import dev.weft.linux.sys.Architecture;
import dev.weft.linux.sys.CompiledHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PacketBlockTest {
    private static final int VLAN_VALID = 0x10;
    private static final int VLAN_PROTOCOL_VALID = 0x40;
    private static final int FRAME_OFFSET = 82;
    private static final int STRIDE = 160;

    /// A block of packets of 64 bytes on link 3, 60 of them captured, of which byte 0 counts.
    private static ByteBuffer block(int packets, int status) {
        ByteBuffer block =
                ByteBuffer.allocate(48 + packets * STRIDE).order(ByteOrder.nativeOrder());
        block.putInt(PacketBlock.PACKET_COUNT, packets).putInt(PacketBlock.FIRST_PACKET, 48);
        for (int i = 0; i < packets; i++) {
            int at = 48 + i * STRIDE;
            block.putInt(at + PacketBlock.NEXT_OFFSET, i == packets - 1 ? 0 : STRIDE)
                    .putInt(at + PacketBlock.SECONDS, -1)
                    .putInt(at + PacketBlock.NANOSECONDS, 999_999_999)
                    .putInt(at + PacketBlock.CAPTURED_LENGTH, 60)
                    .putInt(at + PacketBlock.ORIGINAL_LENGTH, 64)
                    .putInt(at + PacketBlock.PACKET_STATUS, status)
                    .putShort(at + PacketBlock.FRAME_OFFSET, (short) FRAME_OFFSET)
                    .putInt(at + PacketBlock.VLAN_TAG, 0x2042)
                    .putShort(at + PacketBlock.VLAN_PROTOCOL, (short) 0x88a8)
                    .put(at + PacketBlock.ADDRESS_PROTOCOL, (byte) 0x86)
                    .put(at + PacketBlock.ADDRESS_PROTOCOL + 1, (byte) 0xdd)
                    .putInt(at + PacketBlock.ADDRESS_LINK, 3)
                    .putShort(at + PacketBlock.ADDRESS_HARDWARE, (short) 1)
                    .put(at + PacketBlock.ADDRESS_TYPE, (byte) 4)
                    .put(at + FRAME_OFFSET, (byte) i);
        }
        return block;
    }

    private static List<CapturedPacket> decode(ByteBuffer block) {
        byte[] bytes = new byte[block.limit()];
        block.get(0, bytes);
        return PacketBlock.decode(Slice.of(bytes));
    }

    @Test
    void decode_ofBlock_answersItsPacketsInOrder() {
        List<CapturedPacket> packets = decode(block(3, 0x8));
        assertThat(packets).extracting(packet -> packet.frame().u8(0)).containsExactly(0, 1, 2);
        assertThat(packets)
                .allSatisfy(packet -> {
                    assertThat(packet.timeNanoseconds()).isEqualTo(4_294_967_295_999_999_999L);
                    assertThat(packet.linkIndex()).isEqualTo(3);
                    assertThat(packet.hardwareType()).isEqualTo(1);
                    assertThat(packet.protocol()).isEqualTo(0x86dd);
                    assertThat(packet.type()).isEqualTo(PacketType.OUTGOING);
                    assertThat(packet.checksum()).isEqualTo(PacketChecksum.NOT_READY);
                    assertThat(packet.frame().length()).isEqualTo(60);
                    assertThat(packet.originalLength()).isEqualTo(64);
                });
    }

    @Test
    void decode_ofEmptyBlock_answersNone() {
        assertThat(decode(block(0, 0))).isEmpty();
    }

    @Test
    void vlanTag_outsideOfTheFrame_isPutBack() {
        CapturedPacket named = decode(block(1, VLAN_VALID | VLAN_PROTOCOL_VALID)).getFirst();
        assertThat(named.frame().be32(12)).isEqualTo(0x88a82042);
        assertThat(named.frame().length()).isEqualTo(64);
        assertThat(named.originalLength()).isEqualTo(68);
        CapturedPacket unnamed = decode(block(1, VLAN_VALID)).getFirst();
        assertThat(unnamed.frame().be32(12)).isEqualTo(0x81002042);
    }

    @Test
    void decode_ofImpossibleFields_isMalformed() {
        List<ByteBuffer> blocks =
                List.of(
                        block(1, 0).putInt(PacketBlock.FIRST_PACKET, -1),
                        block(1, 0).putInt(PacketBlock.FIRST_PACKET, 1 << 30),
                        block(1, 0).putInt(PacketBlock.PACKET_COUNT, 2),
                        block(1, 0).putInt(48 + PacketBlock.CAPTURED_LENGTH, 65),
                        block(1, 0).putInt(48 + PacketBlock.CAPTURED_LENGTH, -1),
                        block(1, 0).putInt(48 + PacketBlock.ORIGINAL_LENGTH, Integer.MAX_VALUE),
                        block(2, 0).putInt(48 + PacketBlock.NEXT_OFFSET, -8),
                        block(1, 0).put(48 + PacketBlock.ADDRESS_TYPE, (byte) 8));
        assertThat(blocks)
                .allSatisfy(block ->
                        assertThatThrownBy(() -> decode(block))
                                .isInstanceOf(MalformedMessageException.class));
    }

    @ParameterizedTest
    @EnumSource
    void fields_areWhereTheHeadersSay(Architecture architecture, @TempDir Path directory) {
        String block = "offsetof(struct tpacket_block_desc, hdr.bh1.";
        String packet = "offsetof(struct tpacket3_hdr, ";
        String address =
                "TPACKET_ALIGN(sizeof(struct tpacket3_hdr)) + offsetof(struct sockaddr_ll, ";
        Map<String, Long> layout = new HashMap<>();
        layout.put(block + "block_status)", (long) PacketBlock.STATUS);
        layout.put(block + "num_pkts)", (long) PacketBlock.PACKET_COUNT);
        layout.put(block + "offset_to_first_pkt)", (long) PacketBlock.FIRST_PACKET);
        layout.put(block + "blk_len)", (long) PacketBlock.LENGTH);
        layout.put(packet + "tp_next_offset)", (long) PacketBlock.NEXT_OFFSET);
        layout.put(packet + "tp_sec)", (long) PacketBlock.SECONDS);
        layout.put(packet + "tp_nsec)", (long) PacketBlock.NANOSECONDS);
        layout.put(packet + "tp_snaplen)", (long) PacketBlock.CAPTURED_LENGTH);
        layout.put(packet + "tp_len)", (long) PacketBlock.ORIGINAL_LENGTH);
        layout.put(packet + "tp_status)", (long) PacketBlock.PACKET_STATUS);
        layout.put(packet + "tp_mac)", (long) PacketBlock.FRAME_OFFSET);
        layout.put(packet + "hv1.tp_vlan_tci)", (long) PacketBlock.VLAN_TAG);
        layout.put(packet + "hv1.tp_vlan_tpid)", (long) PacketBlock.VLAN_PROTOCOL);
        layout.put(address + "sll_protocol)", (long) PacketBlock.ADDRESS_PROTOCOL);
        layout.put(address + "sll_ifindex)", (long) PacketBlock.ADDRESS_LINK);
        layout.put(address + "sll_hatype)", (long) PacketBlock.ADDRESS_HARDWARE);
        layout.put(address + "sll_pkttype)", (long) PacketBlock.ADDRESS_TYPE);
        assertThat(new CompiledHeaders(architecture, directory).values(layout.keySet()))
                .isEqualTo(layout);
    }

    @FuzzTest
    void decode_ofAnyBytes_answersPacketsOrIsMalformed(byte[] bytes) {
        try {
            for (CapturedPacket packet : PacketBlock.decode(Slice.of(bytes))) {
                assertThat(packet.frame().length()).isLessThanOrEqualTo(packet.originalLength());
                assertThat(packet.toString()).isNotEmpty();
            }
        } catch (MalformedMessageException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }
}
