package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// Writes bytes of the packet (`NFTA_PAYLOAD_SREG`, `nft_payload.c`).
///
/// @param base the header they are counted from
/// @param offset bytes
/// @param bytes how many
/// @param checksum how the header's checksum is mended
/// @param checksumOffset where in the header it stands, bytes
/// @param inPseudoHeader whether the bytes are part of what TCP and UDP sum up beside themselves,
///   so that their checksum is mended as well
public record PayloadSet(
        Payload.Base base,
        int offset,
        int bytes,
        Register source,
        Checksum checksum,
        int checksumOffset,
        boolean inPseudoHeader)
        implements Expression {

    /// A kind of checksum (`enum nft_payload_csum_types`).
    public enum Checksum implements Numbered {
        NONE(0, "none"),
        INTERNET(1, "inet"),
        SCTP(2, "sctp");

        private final int number;
        private final String keyword;

        Checksum(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft --debug=netlink` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    static PayloadSet decode(Attributes data) {
        return new PayloadSet(
                Required.of(data, Payload.BASE),
                Required.of(data, Payload.OFFSET),
                Required.of(data, Payload.LENGTH),
                Required.of(data, Payload.SOURCE),
                data.orElse(Payload.CHECKSUM, Checksum.NONE),
                data.orElse(Payload.CHECKSUM_OFFSET, 0),
                data.orElse(Payload.CHECKSUM_FLAGS, 0) == 1);
    }

    @Override
    public String name() {
        return "payload";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Payload.SOURCE, source)
                .put(Payload.BASE, base)
                .put(Payload.OFFSET, offset)
                .put(Payload.LENGTH, bytes)
                .put(Payload.CHECKSUM, checksum)
                .put(Payload.CHECKSUM_OFFSET, checksumOffset)
                .put(Payload.CHECKSUM_FLAGS, inPseudoHeader ? 1 : 0);
    }
}
