package dev.weft.wire;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Writes a capture of any number of interfaces as pcapng (draft-ietf-opsawg-pcapng): one section,
/// little-endian, stamps in nanoseconds. What was written is readable after every [#flush()].
///
/// ```java
/// try (var capture = new PcapngWriter(out)) {
///     int br0 = capture.addInterface("br0", "in namespace host", LinkType.ETHERNET);
///     capture.write(br0, nanoseconds, Direction.INBOUND, frame.length, frame, "before NAT");
/// }
/// ```
///
/// One thread at a time. The stream is not buffered here.
public final class PcapngWriter implements Closeable, Flushable {
    private static final byte NANOSECONDS = 9;

    private final OutputStream out;
    private int interfaces;

    /// Starts a capture by an application named Weft.
    public PcapngWriter(OutputStream out) throws IOException {
        this(out, new PcapngBlock.SectionHeader("", "", "Weft", ""));
    }

    /// Starts a capture.
    public PcapngWriter(OutputStream out, PcapngBlock.SectionHeader header) throws IOException {
        this.out = out;
        new PcapngBody()
                .u32(PcapngFormat.BYTE_ORDER_MAGIC)
                .u16(PcapngFormat.MAJOR_VERSION)
                .u16(0)
                .timestamp(PcapngFormat.UNKNOWN_SECTION_LENGTH)
                .option(PcapngFormat.COMMENT, header.comment())
                .option(PcapngFormat.SECTION_HARDWARE, header.hardware())
                .option(PcapngFormat.SECTION_OPERATING_SYSTEM, header.operatingSystem())
                .option(PcapngFormat.SECTION_APPLICATION, header.application())
                .endOfOptions()
                .writeTo(out, PcapngFormat.SECTION_HEADER);
    }

    /// Adds an interface without a snap length; the answer names it in [#write].
    public int addInterface(String name, String description, LinkType linkType) throws IOException {
        return addInterface(new PcapngBlock.InterfaceDescription(name, description, linkType, 0));
    }

    /// Adds an interface; the answer names it in [#write].
    public int addInterface(PcapngBlock.InterfaceDescription description) throws IOException {
        new PcapngBody()
                .u16(description.linkType().value())
                .u16(0)
                .u32(description.snapLength())
                .option(PcapngFormat.INTERFACE_NAME, description.name())
                .option(PcapngFormat.INTERFACE_DESCRIPTION_TEXT, description.description())
                .option(PcapngFormat.INTERFACE_TIME_RESOLUTION, new byte[] {NANOSECONDS})
                .endOfOptions()
                .writeTo(out, PcapngFormat.INTERFACE_DESCRIPTION);
        return interfaces++;
    }

    /// Writes a captured packet.
    ///
    /// @param timestampNanoseconds since 1970-01-01 UTC
    /// @param originalLength its bytes on the wire, at least those in `data`
    /// @param comment what readers show beside it; empty for nothing
    public void write(
            int interfaceId,
            long timestampNanoseconds,
            Direction direction,
            int originalLength,
            byte[] data,
            String comment)
            throws IOException {
        write(
                new PcapngBlock.EnhancedPacket(
                        interfaceId,
                        timestampNanoseconds,
                        direction,
                        originalLength,
                        Slice.of(data),
                        comment));
    }

    /// Writes a captured packet.
    ///
    /// @throws IllegalArgumentException when its interface was not added
    public void write(PcapngBlock.EnhancedPacket packet) throws IOException {
        checkInterface(packet.interfaceId());
        new PcapngBody()
                .u32(packet.interfaceId())
                .timestamp(packet.timestampNanoseconds())
                .u32(packet.data().length())
                .u32(packet.originalLength())
                .padded(packet.data().toByteArray())
                .option32(PcapngFormat.PACKET_FLAGS, packet.direction().flags())
                .option(PcapngFormat.COMMENT, packet.comment())
                .endOfOptions()
                .writeTo(out, PcapngFormat.ENHANCED_PACKET);
    }

    /// Writes what an interface received and lost, usually at the end.
    ///
    /// @throws IllegalArgumentException when the interface was not added
    public void write(PcapngBlock.InterfaceStatistics statistics) throws IOException {
        checkInterface(statistics.interfaceId());
        new PcapngBody()
                .u32(statistics.interfaceId())
                .timestamp(statistics.timestampNanoseconds())
                .option64(PcapngFormat.STATISTICS_RECEIVED, statistics.received())
                .option64(PcapngFormat.STATISTICS_DROPPED, statistics.dropped())
                .endOfOptions()
                .writeTo(out, PcapngFormat.INTERFACE_STATISTICS);
    }

    private void checkInterface(int interfaceId) {
        if (interfaceId >= interfaces) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "interface %d of %d", interfaceId, interfaces));
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
