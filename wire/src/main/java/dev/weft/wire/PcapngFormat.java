package dev.weft.wire;

/// The numbers that writer and reader of pcapng share (draft-ietf-opsawg-pcapng sections 3.5 and
/// 4).
final class PcapngFormat {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int INTERFACE_STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;

    /// Tells the byte order of a section.
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    static final int SWAPPED_BYTE_ORDER_MAGIC = 0x4d3c2b1a;

    static final int MAJOR_VERSION = 1;

    /// Says that nobody knows yet where the section ends.
    static final long UNKNOWN_SECTION_LENGTH = -1;

    static final int END_OF_OPTIONS = 0;
    static final int COMMENT = 1;
    static final int SECTION_HARDWARE = 2;
    static final int SECTION_OPERATING_SYSTEM = 3;
    static final int SECTION_APPLICATION = 4;
    static final int INTERFACE_NAME = 2;
    static final int INTERFACE_DESCRIPTION_TEXT = 3;
    static final int INTERFACE_TIME_RESOLUTION = 9;
    static final int INTERFACE_TIME_OFFSET = 14;
    static final int PACKET_FLAGS = 2;
    static final int STATISTICS_RECEIVED = 4;
    static final int STATISTICS_DROPPED = 5;

    /// Blocks, options and packet data are padded to multiples of this.
    static final int ALIGNMENT = 4;

    /// Type, length before and length after the body.
    static final int BLOCK_OVERHEAD_BYTES = 12;

    private PcapngFormat() {}
}
