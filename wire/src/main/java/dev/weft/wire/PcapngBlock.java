package dev.weft.wire;

/// What a pcapng file holds, block by block (draft-ietf-opsawg-pcapng). Comments and texts are
/// empty when the file has none.
public sealed interface PcapngBlock {
    /// Starts a section (section 4.1): interfaces that follow are counted from zero again.
    ///
    /// @param hardware the capturing machine
    /// @param operatingSystem its system
    /// @param application the capturing program
    /// @param comment anything
    record SectionHeader(
            String hardware, String operatingSystem, String application, String comment)
            implements PcapngBlock {}

    /// A device that packets are captured on (section 4.2).
    ///
    /// @param name as `ip link` calls it
    /// @param description anything
    /// @param linkType what its packets start with
    /// @param snapLength how many bytes of a packet are kept at most; 0 for no limit
    record InterfaceDescription(String name, String description, LinkType linkType, long snapLength)
            implements PcapngBlock {
        public InterfaceDescription {
            Fields.check("snap length", snapLength, 32);
        }
    }

    /// A captured packet (section 4.3).
    ///
    /// @param interfaceId which interface of the section, from 0 in order of description
    /// @param timestampNanoseconds since 1970-01-01 UTC
    /// @param direction which way it went
    /// @param originalLength its bytes on the wire; `data` may hold fewer
    /// @param data its bytes
    /// @param comment anything
    record EnhancedPacket(
            int interfaceId,
            long timestampNanoseconds,
            Direction direction,
            long originalLength,
            Slice data,
            String comment)
            implements PcapngBlock {
        public EnhancedPacket {
            Fields.check("interface", interfaceId, 31);
            Fields.check("time stamp", timestampNanoseconds, 63);
            Fields.check("original length", originalLength, 32);
        }
    }

    /// What an interface received and lost (section 4.6).
    ///
    /// @param interfaceId which interface of the section
    /// @param timestampNanoseconds when this was counted, since 1970-01-01 UTC
    /// @param received packets; -1 when unknown
    /// @param dropped packets lost for lack of room; -1 when unknown
    record InterfaceStatistics(
            int interfaceId, long timestampNanoseconds, long received, long dropped)
            implements PcapngBlock {
        public InterfaceStatistics {
            Fields.check("interface", interfaceId, 31);
            Fields.check("time stamp", timestampNanoseconds, 63);
        }
    }
}
