package dev.weft.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a pcapng file of either byte order block by block (draft-ietf-opsawg-pcapng). Blocks of
/// other types than [PcapngBlock] has are skipped, simple packets among them: they carry no time.
///
/// ```java
/// try (var capture = new PcapngReader(in)) {
///     for (var block = capture.next(); block.isPresent(); block = capture.next()) …
/// }
/// ```
///
/// Memory is bounded by [#MOST_BLOCK_BYTES] and [#MOST_INTERFACES], whatever the file says. The
/// stream is not buffered here. One thread at a time.
public final class PcapngReader implements Closeable {
    /// The largest block that is read; the largest packet libpcap takes is 256 KiB.
    public static final int MOST_BLOCK_BYTES = 1 << 20;

    /// How many interfaces a section may describe.
    public static final int MOST_INTERFACES = 1 << 16;

    private static final String NAME = "pcapng block";
    private static final int HEAD_BYTES = 8;
    private static final int TAIL_BYTES = 4;

    private final InputStream in;

    /// One per interface of this section.
    private final List<PcapngClock> clocks = new ArrayList<>();

    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean isInSection;

    public PcapngReader(InputStream in) {
        this.in = in;
    }

    /// The next block; empty at the end of the file.
    ///
    /// @throws MalformedPacketException when the file is malformed or ends within a block; reading
    ///   cannot go on
    public Optional<PcapngBlock> next() throws IOException {
        while (true) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            if (head.length == 0) {
                return Optional.empty();
            }
            Require.equal(NAME, "length of head", 0, HEAD_BYTES, head.length);
            Optional<PcapngBlock> block = block(head);
            if (block.isPresent()) {
                return block;
            }
        }
    }

    private Optional<PcapngBlock> block(byte[] head) throws IOException {
        int type = ByteBuffer.wrap(head).order(order).getInt();
        if (type == PcapngFormat.SECTION_HEADER) {
            return Optional.of(section(head));
        }
        if (!isInSection) {
            throw new MalformedPacketException(
                    "pcapng", "first block", 0, "section header", "type " + type);
        }
        PcapngFields body = body(head, 0);
        return switch (type) {
            case PcapngFormat.INTERFACE_DESCRIPTION -> Optional.of(description(body));
            case PcapngFormat.ENHANCED_PACKET -> Optional.of(packet(body));
            case PcapngFormat.INTERFACE_STATISTICS -> Optional.of(statistics(body));
            default -> Optional.empty();
        };
    }

    /// Reads the rest of a block of which the head and `alreadyRead` bytes were read.
    private PcapngFields body(byte[] head, int alreadyRead) throws IOException {
        int length = ByteBuffer.wrap(head).order(order).getInt(Integer.BYTES);
        int least = PcapngFormat.BLOCK_OVERHEAD_BYTES + alreadyRead;
        Require.atLeast(NAME, "length", 4, least, length);
        Require.atMost(NAME, "length", 4, MOST_BLOCK_BYTES, length);
        Require.equal(NAME, "length modulo 4", 4, 0, length % PcapngFormat.ALIGNMENT);
        int rest = length - HEAD_BYTES - alreadyRead;
        byte[] bytes = in.readNBytes(rest);
        Require.equal(NAME, "bytes", HEAD_BYTES + alreadyRead, rest, bytes.length);
        ByteBuffer body = ByteBuffer.wrap(bytes).order(order);
        Require.equal(NAME, "length at end", length - 4, length, body.getInt(rest - TAIL_BYTES));
        return new PcapngFields(body.limit(rest - TAIL_BYTES));
    }

    /// A section says its byte order itself, between the length and the rest.
    private PcapngBlock section(byte[] head) throws IOException {
        byte[] magic = in.readNBytes(Integer.BYTES);
        Require.equal("pcapng", "length of byte-order magic", 8, Integer.BYTES, magic.length);
        order = orderOf(ByteBuffer.wrap(magic).getInt());
        PcapngFields body = body(head, magic.length);
        Require.equal("pcapng", "major version", 12, PcapngFormat.MAJOR_VERSION, body.u16());
        body.skip(Short.BYTES + Long.BYTES);
        clocks.clear();
        isInSection = true;
        PcapngOptions options = body.options();
        return new PcapngBlock.SectionHeader(
                options.text(PcapngFormat.SECTION_HARDWARE),
                options.text(PcapngFormat.SECTION_OPERATING_SYSTEM),
                options.text(PcapngFormat.SECTION_APPLICATION),
                options.text(PcapngFormat.COMMENT));
    }

    private static ByteOrder orderOf(int magic) {
        return switch (magic) {
            case PcapngFormat.BYTE_ORDER_MAGIC -> ByteOrder.BIG_ENDIAN;
            case PcapngFormat.SWAPPED_BYTE_ORDER_MAGIC -> ByteOrder.LITTLE_ENDIAN;
            default ->
                    throw new MalformedPacketException(
                            "pcapng",
                            "byte-order magic",
                            8,
                            "0x1a2b3c4d",
                            "0x" + Integer.toHexString(magic));
        };
    }

    private PcapngBlock description(PcapngFields body) {
        Require.atMost("pcapng", "interfaces", 0, MOST_INTERFACES, clocks.size() + 1L);
        var linkType = new LinkType(body.u16());
        body.skip(Short.BYTES);
        long snapLength = body.u32();
        PcapngOptions options = body.options();
        clocks.add(PcapngClock.of(options));
        return new PcapngBlock.InterfaceDescription(
                options.text(PcapngFormat.INTERFACE_NAME),
                options.text(PcapngFormat.INTERFACE_DESCRIPTION_TEXT),
                linkType,
                snapLength);
    }

    private PcapngBlock packet(PcapngFields body) {
        int interfaceId = interfaceId(body);
        long timestamp = clocks.get(interfaceId).nanoseconds(body.timestamp());
        long capturedLength = body.u32();
        long originalLength = body.u32();
        Slice data = body.padded(capturedLength);
        PcapngOptions options = body.options();
        return new PcapngBlock.EnhancedPacket(
                interfaceId,
                timestamp,
                Direction.ofFlags(options.number(PcapngFormat.PACKET_FLAGS, Integer.BYTES)),
                originalLength,
                data,
                options.text(PcapngFormat.COMMENT));
    }

    private PcapngBlock statistics(PcapngFields body) {
        int interfaceId = interfaceId(body);
        long timestamp = clocks.get(interfaceId).nanoseconds(body.timestamp());
        PcapngOptions options = body.options();
        return new PcapngBlock.InterfaceStatistics(
                interfaceId,
                timestamp,
                options.count(PcapngFormat.STATISTICS_RECEIVED),
                options.count(PcapngFormat.STATISTICS_DROPPED));
    }

    private int interfaceId(PcapngFields body) {
        long id = body.u32();
        Require.atMost(NAME, "interface", 8, clocks.size() - 1L, id);
        return (int) id;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
