package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// The labels that a route puts before packets (`MPLS_IPTUNNEL_*`).
public final class MplsEncapsulation {
    public static final AttributeTable TABLE = AttributeTable.named("mpls encapsulation");

    /// Label stack entries of four bytes as on the wire (RFC 3032 section 2.1).
    public static final Attribute<Slice> LABELS = TABLE.add(1, "MPLS_IPTUNNEL_DST", Codecs.BINARY);

    /// The time to live in them; the packet's own where absent.
    public static final Attribute<Integer> TIME_TO_LIVE =
            TABLE.add(2, "MPLS_IPTUNNEL_TTL", Codecs.U8);

    private MplsEncapsulation() {}
}
