package dev.weft.firewall.ipset;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// What an entry of a set has.
public final class IpSetEntryAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("set entry");

    /// The address, or the first of a range.
    public static final Attribute<Attributes> ADDRESS =
            TABLE.nest(1, "IPSET_ATTR_IP", IpSetAddress.TABLE);

    /// The last address of a range; only in requests.
    public static final Attribute<Attributes> LAST_ADDRESS =
            TABLE.nest(2, "IPSET_ATTR_IP_TO", IpSetAddress.TABLE);

    /// The prefix length of the address.
    public static final Attribute<Integer> PREFIX_LENGTH =
            TABLE.add(3, "IPSET_ATTR_CIDR", Codecs.U8);

    /// The port, or the first of a range; for ICMP, type and code in a byte each.
    public static final Attribute<Integer> PORT =
            TABLE.add(4, "IPSET_ATTR_PORT", IpSetAttributes.NUMBER16);

    /// The last port of a range; only in requests.
    public static final Attribute<Integer> LAST_PORT =
            TABLE.add(5, "IPSET_ATTR_PORT_TO", IpSetAttributes.NUMBER16);

    /// How long it still stays; 0 for ever.
    public static final Attribute<Long> TIMEOUT_SECONDS =
            TABLE.add(6, "IPSET_ATTR_TIMEOUT", IpSetAttributes.NUMBER32);

    /// The protocol of the port.
    public static final Attribute<Integer> PROTOCOL = TABLE.add(7, "IPSET_ATTR_PROTO", Codecs.U8);

    /// Bits: 1 stands before another, 2 the port of a bridge, 4 is no match, 128 a beginning of
    /// names.
    public static final Attribute<Long> FLAGS =
            TABLE.add(8, "IPSET_ATTR_CADT_FLAGS", IpSetAttributes.NUMBER32);

    /// Its number, for a refusal to name.
    public static final Attribute<Long> LINE =
            TABLE.add(9, "IPSET_ATTR_LINENO", IpSetAttributes.NUMBER32);

    public static final Attribute<Long> MARK =
            TABLE.add(10, "IPSET_ATTR_MARK", IpSetAttributes.NUMBER32);
    public static final Attribute<HardwareAddress> HARDWARE_ADDRESS =
            TABLE.add(17, "IPSET_ATTR_ETHER", Codecs.HARDWARE_ADDRESS);

    /// The name of a set.
    public static final Attribute<String> SET = TABLE.add(18, "IPSET_ATTR_NAME", Codecs.STRING);

    /// The set that a set stands before or behind.
    public static final Attribute<String> OTHER_SET =
            TABLE.add(19, "IPSET_ATTR_NAMEREF", Codecs.STRING);

    public static final Attribute<Attributes> SECOND_ADDRESS =
            TABLE.nest(20, "IPSET_ATTR_IP2", IpSetAddress.TABLE);
    public static final Attribute<Integer> SECOND_PREFIX_LENGTH =
            TABLE.add(21, "IPSET_ATTR_CIDR2", Codecs.U8);

    /// The last second address of a range; only in requests.
    public static final Attribute<Attributes> LAST_SECOND_ADDRESS =
            TABLE.nest(22, "IPSET_ATTR_IP2_TO", IpSetAddress.TABLE);

    /// The name of a link.
    public static final Attribute<String> LINK = TABLE.add(23, "IPSET_ATTR_IFACE", Codecs.STRING);

    public static final Attribute<Long> BYTES =
            TABLE.add(24, "IPSET_ATTR_BYTES", IpSetAttributes.NUMBER64);
    public static final Attribute<Long> PACKETS =
            TABLE.add(25, "IPSET_ATTR_PACKETS", IpSetAttributes.NUMBER64);

    /// A note for people, at most 255 bytes.
    public static final Attribute<String> COMMENT =
            TABLE.add(26, "IPSET_ATTR_COMMENT", Codecs.STRING);

    /// For packets that match: a mark in the upper half, the bits of it that count in the lower.
    public static final Attribute<Long> PACKET_MARK =
            TABLE.add(27, "IPSET_ATTR_SKBMARK", IpSetAttributes.NUMBER64);

    /// For packets that match: a traffic class, major and minor number in two bytes each.
    public static final Attribute<Long> PACKET_PRIORITY =
            TABLE.add(28, "IPSET_ATTR_SKBPRIO", IpSetAttributes.NUMBER32);

    /// For packets that match: a queue of the device.
    public static final Attribute<Integer> PACKET_QUEUE =
            TABLE.add(29, "IPSET_ATTR_SKBQUEUE", IpSetAttributes.NUMBER16);

    private IpSetEntryAttributes() {}
}
