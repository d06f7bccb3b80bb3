package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PcapngTest {
    private static final PcapngBlock.SectionHeader HEADER =
            new PcapngBlock.SectionHeader("a board", "Linux", "Weft", "a comment");
    private static final PcapngBlock.InterfaceDescription BRIDGE =
            new PcapngBlock.InterfaceDescription("br0", "a bridge", LinkType.ETHERNET, 65535);
    private static final PcapngBlock.EnhancedPacket PACKET =
            new PcapngBlock.EnhancedPacket(
                    0, 1_000_000_007L, Direction.OUTBOUND, 1500, Samples.HELLO, "cut");
    private static final PcapngBlock.InterfaceStatistics STATISTICS =
            new PcapngBlock.InterfaceStatistics(0, 2_000_000_000L, 10, -1);

    private static byte[] sampleFile() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new PcapngWriter(out, HEADER)) {
            assertThat(writer.addInterface(BRIDGE)).isZero();
            writer.write(PACKET);
            writer.write(STATISTICS);
        }
        return out.toByteArray();
    }

    private static List<PcapngBlock> read(byte[] file) throws IOException {
        List<PcapngBlock> blocks = new ArrayList<>();
        try (var reader = new PcapngReader(new ByteArrayInputStream(file))) {
            Optional<PcapngBlock> block = reader.next();
            while (block.isPresent()) {
                blocks.add(block.get());
                block = reader.next();
            }
        }
        return blocks;
    }

    /// A block of a hand-made file.
    private static byte[] block(ByteOrder order, int type, byte[] body) {
        return ByteBuffer.allocate(12 + body.length)
                .order(order)
                .putInt(type)
                .putInt(12 + body.length)
                .put(body)
                .putInt(12 + body.length)
                .array();
    }

    private static byte[] section(ByteOrder order) {
        ByteBuffer body = ByteBuffer.allocate(16).order(order);
        body.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1);
        return block(order, 0x0a0d0d0a, body.array());
    }

    /// An interface whose time resolution option is the byte given.
    private static byte[] description(ByteOrder order, int resolution) {
        ByteBuffer body = ByteBuffer.allocate(20).order(order);
        body.putShort((short) 1).putShort((short) 0).putInt(0);
        body.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
        body.putShort((short) 0).putShort((short) 0);
        return block(order, 1, body.array());
    }

    private static byte[] packet(ByteOrder order, long stamp) {
        ByteBuffer body = ByteBuffer.allocate(24).order(order);
        body.putInt(0).putInt((int) (stamp >>> 32)).putInt((int) stamp);
        body.putInt(3).putInt(3).put(new byte[] {7, 8, 9, 0});
        return block(order, 6, body.array());
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Test
    void blocks_returnAsTheyWereWritten() throws IOException {
        assertThat(read(sampleFile())).containsExactly(HEADER, BRIDGE, PACKET, STATISTICS);
    }

    @Test
    void randomPackets_returnAsTheyWereWritten() {
        Seeded.forAll(
                100,
                random -> {
                    List<PcapngBlock> written = new ArrayList<>();
                    var out = new ByteArrayOutputStream();
                    var writer = new PcapngWriter(out, HEADER);
                    int interfaces = random.between(1, 4);
                    for (int i = 0; i < interfaces; i++) {
                        writer.addInterface(BRIDGE);
                    }
                    for (int i = 0; i < 10; i++) {
                        var packet = randomPacket(random, interfaces);
                        written.add(packet);
                        writer.write(packet);
                    }
                    List<PcapngBlock> read = read(out.toByteArray());
                    assertThat(read.subList(1 + interfaces, read.size())).isEqualTo(written);
                });
    }

    private static PcapngBlock.EnhancedPacket randomPacket(Seeded random, int interfaces) {
        return new PcapngBlock.EnhancedPacket(
                random.between(0, interfaces - 1),
                random.anyLong() >>> 1,
                random.oneOf(List.of(Direction.values())),
                random.unsignedInt(),
                Slice.of(random.bytes(random.between(0, 100))),
                random.oneOf(List.of("", "x", "Grüße 你好")));
    }

    @ParameterizedTest
    @CsvSource({"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void file_isReadInItsOwnByteOrder(String name) throws IOException {
        ByteOrder order =
                name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] file = join(section(order), description(order, 9), packet(order, 1L << 40));
        assertThat(read(file).getLast())
                .isEqualTo(
                        new PcapngBlock.EnhancedPacket(
                                0,
                                1L << 40,
                                Direction.UNKNOWN,
                                3,
                                Slice.of(new byte[] {7, 8, 9}),
                                ""));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 5000000000",
        "3, 5, 5000000",
        "6, 5, 5000",
        "9, 5, 5",
        "12, 5999, 5",
        "129, 5, 2500000000",
        "138, 1024, 1000000000",
    })
    void stamp_isScaledByTheInterfaceResolution(int resolution, long stamp, long nanoseconds)
            throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        byte[] file = join(section(order), description(order, resolution), packet(order, stamp));
        assertThat(read(file).getLast())
                .isInstanceOfSatisfying(
                        PcapngBlock.EnhancedPacket.class,
                        packet -> assertThat(packet.timestampNanoseconds()).isEqualTo(nanoseconds));
    }

    @Test
    void stampBeyondTheYear2262_isMalformed() {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        byte[] file = join(section(order), description(order, 6), packet(order, -1));
        assertMalformed(file, "time stamp");
    }

    @Test
    void unknownBlock_isSkipped() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        byte[] custom = block(order, 0xbad, new byte[400]);
        byte[] file = join(section(order), custom, description(order, 9), custom, packet(order, 4));
        assertThat(read(file)).hasSize(3);
    }

    @Test
    void secondSection_countsInterfacesFromZero() throws IOException {
        byte[] file = join(sampleFile(), section(ByteOrder.BIG_ENDIAN));
        assertThat(read(file)).hasSize(5);
        assertMalformed(join(file, packet(ByteOrder.BIG_ENDIAN, 1)), "interface");
    }

    @Test
    void cutFile_endsAtABlockOrIsMalformed() throws IOException {
        byte[] file = sampleFile();
        int whole = 0;
        for (int length = 0; length < file.length; length++) {
            try {
                assertThat(read(Arrays.copyOf(file, length))).hasSize(whole++);
            } catch (MalformedPacketException e) {
                assertThat(e).hasMessageContaining("pcapng");
            }
        }
        assertThat(whole).isEqualTo(4);
    }

    @Test
    void damagedFile_isReadOrMalformed() throws IOException {
        byte[] file = sampleFile();
        Seeded.forAll(
                500,
                random -> {
                    byte[] damaged = file.clone();
                    damaged[random.between(0, file.length - 1)] = random.bytes(1)[0];
                    try {
                        assertThat(read(damaged)).hasSizeLessThanOrEqualTo(4);
                    } catch (MalformedPacketException e) {
                        assertThat(e.malformation().protocol()).startsWith("pcapng");
                    }
                });
    }

    @Test
    void fileWithoutSectionHeader_isMalformed() {
        assertMalformed(packet(ByteOrder.LITTLE_ENDIAN, 1), "first block");
    }

    @Test
    void blockBeyondTheLimit_isRefusedUnread() {
        byte[] head =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(6)
                        .putInt(0x7fff_fff0)
                        .array();
        assertMalformed(join(section(ByteOrder.LITTLE_ENDIAN), head), "at most 1048576");
    }

    @Test
    void packetOfAnInterfaceThatWasNotAdded_isRefused() throws IOException {
        try (var writer = new PcapngWriter(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> writer.write(PACKET))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("interface 0 of 0");
        }
    }

    private static void assertMalformed(byte[] file, String what) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining(what);
    }
}
