package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import java.net.InetAddress;

/// The attributes of a policy rule (`FRA_*`, `include/uapi/linux/fib_rules.h`). Those that select
/// must all fit a packet.
public final class RuleAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("rule");

    /// Selects by destination; the header has the prefix length.
    public static final Attribute<InetAddress> DESTINATION =
            TABLE.add(1, "FRA_DST", Codecs.ADDRESS);

    /// Selects by source; the header has the prefix length.
    public static final Attribute<InetAddress> SOURCE = TABLE.add(2, "FRA_SRC", Codecs.ADDRESS);

    /// Selects by the name of the link the packet came in by; `lo` for those that start here.
    public static final Attribute<String> INPUT_LINK = TABLE.add(3, "FRA_IIFNAME", Codecs.STRING);

    /// The priority of the rule to go on at; above the own one.
    public static final Attribute<Long> GOTO = TABLE.add(4, "FRA_GOTO", Codecs.U32);

    /// Its place: the lowest is asked first. The kernel chooses one before the others when absent.
    public static final Attribute<Long> PRIORITY = TABLE.add(6, "FRA_PRIORITY", Codecs.U32);

    /// Selects by firewall mark, as far as the mask says.
    public static final Attribute<Long> MARK = TABLE.add(10, "FRA_FWMARK", Codecs.U32);

    /// Realms for classification (IPv4).
    public static final Attribute<Long> REALMS = TABLE.add(11, "FRA_FLOW", Codecs.U32);

    /// Selects by the key of the tunnel a packet came through.
    public static final Attribute<Long> TUNNEL_ID = TABLE.add(12, "FRA_TUN_ID", Codecs.BE64);

    /// Takes no route that leaves by a link of this group; -1 for any.
    public static final Attribute<Integer> SUPPRESS_LINK_GROUP =
            TABLE.add(13, "FRA_SUPPRESS_IFGROUP", Codecs.S32);

    /// Takes no route with a prefix of this length or shorter; -1 for any.
    public static final Attribute<Integer> SUPPRESS_PREFIX_LENGTH =
            TABLE.add(14, "FRA_SUPPRESS_PREFIXLEN", Codecs.S32);

    /// The table to look into, also where it does not fit the header.
    public static final Attribute<Long> ROUTE_TABLE = TABLE.add(15, "FRA_TABLE", Codecs.U32);

    /// Which bits of the mark count.
    public static final Attribute<Long> MARK_MASK = TABLE.add(16, "FRA_FWMASK", Codecs.U32);

    /// Selects by the name of the link that the packet's socket is bound to.
    public static final Attribute<String> OUTPUT_LINK = TABLE.add(17, "FRA_OIFNAME", Codecs.STRING);

    /// 1: selects packets of any VRF, and looks into its table.
    public static final Attribute<Integer> VRF = TABLE.add(19, "FRA_L3MDEV", Codecs.U8);

    /// Selects by the user who sends.
    public static final Attribute<NumberRange> USERS =
            TABLE.add(20, "FRA_UID_RANGE", NumberRange.USERS);

    /// Who made it.
    public static final Attribute<Integer> PROTOCOL = TABLE.add(21, "FRA_PROTOCOL", Codecs.U8);

    /// Selects by the packet's protocol, 6 for TCP.
    public static final Attribute<Integer> IP_PROTOCOL = TABLE.add(22, "FRA_IP_PROTO", Codecs.U8);

    /// Selects by source port; 1 to 65,535.
    public static final Attribute<NumberRange> SOURCE_PORTS =
            TABLE.add(23, "FRA_SPORT_RANGE", NumberRange.PORTS);

    /// Selects by destination port; 1 to 65,535.
    public static final Attribute<NumberRange> DESTINATION_PORTS =
            TABLE.add(24, "FRA_DPORT_RANGE", NumberRange.PORTS);

    /// Selects by the upper six bits of the type of service. Since 6.13.
    public static final Attribute<Integer> DSCP = TABLE.add(25, "FRA_DSCP", Codecs.U8);

    /// Selects by IPv6 flow label. Since 6.14.
    public static final Attribute<Integer> FLOW_LABEL = TABLE.add(26, "FRA_FLOWLABEL", Codecs.BE32);

    /// Which bits of the flow label count. Since 6.14.
    public static final Attribute<Integer> FLOW_LABEL_MASK =
            TABLE.add(27, "FRA_FLOWLABEL_MASK", Codecs.BE32);

    /// Which bits of the source port count. Since 6.15.
    public static final Attribute<Integer> SOURCE_PORT_MASK =
            TABLE.add(28, "FRA_SPORT_MASK", Codecs.U16);

    /// Which bits of the destination port count. Since 6.15.
    public static final Attribute<Integer> DESTINATION_PORT_MASK =
            TABLE.add(29, "FRA_DPORT_MASK", Codecs.U16);

    /// Which bits of the DSCP count. Since 6.15.
    public static final Attribute<Integer> DSCP_MASK = TABLE.add(30, "FRA_DSCP_MASK", Codecs.U8);

    private RuleAttributes() {}
}
