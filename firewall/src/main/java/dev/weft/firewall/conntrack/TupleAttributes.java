package dev.weft.firewall.conntrack;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// What identifies one direction of a connection (`enum ctattr_tuple`).
public final class TupleAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("tuple");

    /// The addresses.
    public static final Attribute<Attributes> ADDRESSES =
            TABLE.nest(1, "CTA_TUPLE_IP", Addresses.TABLE);

    /// The protocol above IP and its ports.
    public static final Attribute<Attributes> PROTOCOL =
            TABLE.nest(2, "CTA_TUPLE_PROTO", Protocol.TABLE);

    /// The zone, where it is that of one direction only.
    public static final Attribute<Integer> ZONE = TABLE.add(3, "CTA_TUPLE_ZONE", Codecs.BE16);

    private TupleAttributes() {}

    /// The addresses of a tuple, of one family (`enum ctattr_ip`).
    public static final class Addresses {
        public static final AttributeTable TABLE = AttributeTable.named("tuple addresses");

        public static final Attribute<Inet4Address> SOURCE4 =
                TABLE.add(1, "CTA_IP_V4_SRC", Codecs.IPV4);
        public static final Attribute<Inet4Address> DESTINATION4 =
                TABLE.add(2, "CTA_IP_V4_DST", Codecs.IPV4);
        public static final Attribute<Inet6Address> SOURCE6 =
                TABLE.add(3, "CTA_IP_V6_SRC", Codecs.IPV6);
        public static final Attribute<Inet6Address> DESTINATION6 =
                TABLE.add(4, "CTA_IP_V6_DST", Codecs.IPV6);

        private Addresses() {}

        static void source(AttributeWriter writer, InetAddress address) {
            put(writer, SOURCE4, SOURCE6, address);
        }

        static void destination(AttributeWriter writer, InetAddress address) {
            put(writer, DESTINATION4, DESTINATION6, address);
        }

        private static void put(
                AttributeWriter writer,
                Attribute<Inet4Address> four,
                Attribute<Inet6Address> six,
                InetAddress address) {
            if (address instanceof Inet4Address address4) {
                writer.put(four, address4);
            } else if (address instanceof Inet6Address address6) {
                writer.put(six, address6);
            }
        }
    }

    /// The protocol of a tuple, and what it has to tell its flows apart (`enum ctattr_l4proto`).
    public static final class Protocol {
        public static final AttributeTable TABLE = AttributeTable.named("tuple protocol");

        /// 6 for TCP.
        public static final Attribute<Integer> NUMBER = TABLE.add(1, "CTA_PROTO_NUM", Codecs.U8);

        /// A port; for GRE a key.
        public static final Attribute<Integer> SOURCE_PORT =
                TABLE.add(2, "CTA_PROTO_SRC_PORT", Codecs.BE16);

        /// A port; for GRE a key.
        public static final Attribute<Integer> DESTINATION_PORT =
                TABLE.add(3, "CTA_PROTO_DST_PORT", Codecs.BE16);

        /// What an echo and its reply share.
        public static final Attribute<Integer> ICMP_ID =
                TABLE.add(4, "CTA_PROTO_ICMP_ID", Codecs.BE16);

        public static final Attribute<Integer> ICMP_TYPE =
                TABLE.add(5, "CTA_PROTO_ICMP_TYPE", Codecs.U8);
        public static final Attribute<Integer> ICMP_CODE =
                TABLE.add(6, "CTA_PROTO_ICMP_CODE", Codecs.U8);
        public static final Attribute<Integer> ICMPV6_ID =
                TABLE.add(7, "CTA_PROTO_ICMPV6_ID", Codecs.BE16);
        public static final Attribute<Integer> ICMPV6_TYPE =
                TABLE.add(8, "CTA_PROTO_ICMPV6_TYPE", Codecs.U8);
        public static final Attribute<Integer> ICMPV6_CODE =
                TABLE.add(9, "CTA_PROTO_ICMPV6_CODE", Codecs.U8);

        private Protocol() {}
    }
}
