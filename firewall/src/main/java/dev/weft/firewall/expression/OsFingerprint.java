package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Loads the name of the operating system that sent a TCP SYN, 16 bytes (`enum nft_osf_attributes`,
/// `nft_osf.c`).
///
/// @param version whether the name has the system's version
public record OsFingerprint(TimeToLive timeToLive, boolean version, Register destination)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("osf");
    private static final Attribute<Register> DESTINATION =
            TABLE.add(1, "NFTA_OSF_DREG", Register.CODEC);
    private static final Attribute<TimeToLive> TIME_TO_LIVE =
            TABLE.add(2, "NFTA_OSF_TTL", Numbered.codec(TimeToLive.class, Codecs.U8));

    /// `NFT_OSF_F_VERSION` is 1.
    static final Attribute<Integer> FLAGS = TABLE.add(3, "NFTA_OSF_FLAGS", Codecs.BE32);

    /// How a fingerprint's time to live is compared (`NF_OSF_TTL_*` in
    /// `include/uapi/linux/netfilter/nfnetlink_osf.h`).
    public enum TimeToLive implements Numbered {
        EXACT(0, ""),
        LOOSE(1, "loose"),
        SKIP(2, "skip");

        private final int number;
        private final String keyword;

        TimeToLive(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    static OsFingerprint decode(Attributes data) {
        return new OsFingerprint(
                data.orElse(TIME_TO_LIVE, TimeToLive.EXACT),
                data.orElse(FLAGS, 0) == 1,
                Required.of(data, DESTINATION));
    }

    @Override
    public String name() {
        return "osf";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(TIME_TO_LIVE, timeToLive).put(DESTINATION, destination);
        Optionally.put(writer, FLAGS, version ? 1 : null);
    }
}
