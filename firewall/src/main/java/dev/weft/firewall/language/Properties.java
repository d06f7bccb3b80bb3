package dev.weft.firewall.language;

import dev.weft.firewall.expression.Ct;
import dev.weft.firewall.expression.CtKey;
import dev.weft.firewall.expression.Fib;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.NumberGenerator;
import dev.weft.firewall.expression.OsFingerprint;
import dev.weft.firewall.expression.RouteLoad;
import dev.weft.firewall.expression.Socket;
import dev.weft.firewall.expression.Tunnel;
import dev.weft.firewall.expression.Xfrm;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is no part of a packet's bytes but can be loaded like one: each with its type and length.
final class Properties {
    private static final Map<MetaKey, Content.Known> META = new EnumMap<>(MetaKey.class);
    private static final Map<CtKey, Typing> CONNECTION = new EnumMap<>(CtKey.class);

    static {
        number(MetaKey.LENGTH, 4);
        meta(MetaKey.PROTOCOL, DataType.ETHER_TYPE);
        meta(MetaKey.PRIORITY, DataType.CLASSID);
        meta(MetaKey.MARK, DataType.MARK);
        meta(MetaKey.IIF, DataType.IFACE_INDEX);
        meta(MetaKey.OIF, DataType.IFACE_INDEX);
        meta(MetaKey.IIFNAME, DataType.IFNAME);
        meta(MetaKey.OIFNAME, DataType.IFNAME);
        meta(MetaKey.IIFTYPE, DataType.IFACE_TYPE);
        meta(MetaKey.OIFTYPE, DataType.IFACE_TYPE);
        meta(MetaKey.SKUID, DataType.UID);
        meta(MetaKey.SKGID, DataType.GID);
        number(MetaKey.NFTRACE, 1);
        meta(MetaKey.ROUTE_CLASS, DataType.REALM);
        number(MetaKey.SECURITY_MARK, 4);
        meta(MetaKey.NFPROTO, DataType.NF_PROTO);
        meta(MetaKey.L4PROTO, DataType.INET_PROTO);
        meta(MetaKey.IBRIDGENAME, DataType.IFNAME);
        meta(MetaKey.OBRIDGENAME, DataType.IFNAME);
        meta(MetaKey.PACKET_TYPE, DataType.PKT_TYPE);
        number(MetaKey.CPU, 4);
        meta(MetaKey.IIFGROUP, DataType.DEVGROUP);
        meta(MetaKey.OIFGROUP, DataType.DEVGROUP);
        number(MetaKey.CGROUP, 4);
        meta(MetaKey.RANDOM, Typing.of(DataType.INTEGER, 4));
        meta(MetaKey.IPSEC, DataType.BOOLEAN);
        meta(MetaKey.IIFKIND, DataType.IFNAME);
        meta(MetaKey.OIFKIND, DataType.IFNAME);
        number(MetaKey.IBRIDGE_VLAN, 2);
        meta(MetaKey.IBRIDGE_VLAN_PROTOCOL, DataType.ETHER_TYPE);
        meta(MetaKey.TIME, DataType.DATE);
        meta(MetaKey.DAY, DataType.DAY);
        meta(MetaKey.HOUR, DataType.HOUR);
        meta(MetaKey.SDIF, DataType.IFACE_INDEX);
        meta(MetaKey.SDIFNAME, DataType.IFNAME);
        number(MetaKey.BROUTE, 1);
        meta(MetaKey.IBRIDGE_ADDRESS, DataType.ETHER_ADDR);

        connection(CtKey.STATE, DataType.CT_STATE);
        connection(CtKey.DIRECTION, DataType.CT_DIR);
        connection(CtKey.STATUS, DataType.CT_STATUS);
        connection(CtKey.MARK, DataType.MARK);
        CONNECTION.put(CtKey.SECURITY_MARK, Typing.of(DataType.INTEGER, 4, true));
        CONNECTION.put(CtKey.EXPIRATION, Typing.of(DataType.TIME, 4));
        CONNECTION.put(CtKey.HELPER, Typing.of(DataType.STRING, 16));
        connection(CtKey.L3PROTOCOL, DataType.NF_PROTO);
        connection(CtKey.PROTOCOL, DataType.INET_PROTO);
        connection(CtKey.SOURCE_PORT, DataType.INET_SERVICE);
        connection(CtKey.DESTINATION_PORT, DataType.INET_SERVICE);
        connection(CtKey.LABELS, DataType.CT_LABEL);
        CONNECTION.put(CtKey.PACKETS, Typing.of(DataType.INTEGER, 8, true));
        CONNECTION.put(CtKey.BYTES, Typing.of(DataType.INTEGER, 8, true));
        CONNECTION.put(CtKey.AVERAGE_PACKET, Typing.of(DataType.INTEGER, 8, true));
        CONNECTION.put(CtKey.ZONE, Typing.of(DataType.INTEGER, 2, true));
        connection(CtKey.EVENTS, DataType.CT_EVENT);
        connection(CtKey.SOURCE_IP, DataType.IPV4_ADDR);
        connection(CtKey.DESTINATION_IP, DataType.IPV4_ADDR);
        connection(CtKey.SOURCE_IP6, DataType.IPV6_ADDR);
        connection(CtKey.DESTINATION_IP6, DataType.IPV6_ADDR);
        CONNECTION.put(CtKey.ID, Typing.of(DataType.INTEGER, 4));
    }

    private Properties() {}

    private static void meta(MetaKey key, DataType type) {
        meta(key, Typing.of(type, type.bytes()));
    }

    private static void number(MetaKey key, int bytes) {
        meta(key, Typing.of(DataType.INTEGER, bytes, true));
    }

    private static void meta(MetaKey key, Typing typing) {
        META.put(
                key,
                Content.Known.of(new Field.Meta(without("meta ", key), typing.type()), typing));
    }

    private static void connection(CtKey key, DataType type) {
        CONNECTION.put(key, Typing.of(type, type.bytes()));
    }

    /// A keyword without the word that says what it is a keyword of.
    private static String without(String prefix, Object keyword) {
        String text = keyword.toString();
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    static Content.Known of(MetaKey key) {
        Content.Known known = META.get(key);
        return known == null ? unknown(new Field.Meta(key.toString(), DataType.INTEGER)) : known;
    }

    private static Content.Known unknown(Field field) {
        return Content.Known.of(field, Typing.of(DataType.INTEGER, Integer.BYTES, true));
    }

    /// @param network the family of the packet's addresses, as far as that is known
    static Content.Known of(CtKey key, Ct.@Nullable Direction direction, @Nullable Family network) {
        Typing typing = CONNECTION.get(key);
        if (typing == null) {
            typing =
                    network == Family.IP
                            ? Typing.of(DataType.IPV4_ADDR, DataType.IPV4_ADDR.bytes())
                            : Typing.of(DataType.IPV6_ADDR, DataType.IPV6_ADDR.bytes());
        }
        Field.Connection.Direction way =
                direction == null
                        ? null
                        : direction == Ct.Direction.ORIGINAL
                                ? Field.Connection.Direction.ORIGINAL
                                : Field.Connection.Direction.REPLY;
        return Content.Known.of(
                new Field.Connection(without("ct ", key), way, typing.type()), typing);
    }

    static Content.Known of(RouteLoad.Key key) {
        return switch (key) {
            case CLASS -> route("classid", "", Typing.of(DataType.REALM, 4));
            case NEXTHOP_IP -> route("nexthop", "ip", Typing.of(DataType.IPV4_ADDR, 4));
            case NEXTHOP_IP6 -> route("nexthop", "ip6", Typing.of(DataType.IPV6_ADDR, 16));
            case TCP_SEGMENT_SIZE -> route("mtu", "", Typing.of(DataType.INTEGER, 2, true));
            case IPSEC -> route("ipsec", "", Typing.of(DataType.BOOLEAN, 1));
        };
    }

    private static Content.Known route(String key, String family, Typing typing) {
        return Content.Known.of(new Field.Route(key, family, typing.type()), typing);
    }

    static Content.Known of(Fib fib) {
        List<String> flags = new ArrayList<>();
        for (Fib.Flag flag : Fib.Flag.values()) {
            if (flag != Fib.Flag.PRESENT && fib.flags().contains(flag)) {
                flags.add(flag.toString());
            }
        }
        DataType type =
                fib.flags().contains(Fib.Flag.PRESENT)
                        ? DataType.BOOLEAN
                        : switch (fib.result()) {
                            case OIF -> DataType.IFACE_INDEX;
                            case OIFNAME -> DataType.IFNAME;
                            case ADDRESS_TYPE -> DataType.FIB_ADDRTYPE;
                        };
        return Content.Known.of(
                new Field.Fib(flags, fib.result().toString(), type), Typing.of(type, type.bytes()));
    }

    static Content.Known of(Socket socket) {
        Typing typing =
                switch (socket.key()) {
                    case TRANSPARENT, WILDCARD -> Typing.of(DataType.INTEGER, 1);
                    case MARK -> Typing.of(DataType.MARK, 4);
                    case CONTROL_GROUP -> Typing.of(DataType.CGROUPSV2, 8);
                };
        Integer level = socket.level();
        return Content.Known.of(
                new Field.Socket(
                        without("socket ", socket.key()), level == null ? 0 : level, typing.type()),
                typing);
    }

    static Content.Known of(OsFingerprint osf) {
        return Content.Known.of(
                new Field.Fingerprint(
                        osf.version() ? "version" : "name", osf.timeToLive().toString()),
                Typing.of(DataType.STRING, Datum.INTERFACE_NAME_BYTES));
    }

    static Content.Known of(NumberGenerator generator) {
        return number(
                new Field.NumberGenerator(
                        generator.kind().toString(),
                        Integer.toUnsignedLong(generator.modulus()),
                        Integer.toUnsignedLong(generator.offset()),
                        DataType.INTEGER));
    }

    /// A number of 32 bits in the machine's order.
    static Content.Known number(Field field) {
        return unknown(field);
    }

    static Content.Known of(Xfrm xfrm) {
        Typing typing =
                switch (xfrm.key()) {
                    case DESTINATION_IP, SOURCE_IP -> Typing.of(DataType.IPV4_ADDR, 4);
                    case DESTINATION_IP6, SOURCE_IP6 -> Typing.of(DataType.IPV6_ADDR, 16);
                    case REQUEST_ID -> Typing.of(DataType.INTEGER, 4, true);
                    case SECURITY_PARAMETERS_INDEX -> Typing.of(DataType.INTEGER, 4);
                };
        return Content.Known.of(
                new Field.Ipsec(
                        xfrm.key().toString(),
                        xfrm.direction().toString(),
                        xfrm.state(),
                        typing.type()),
                typing);
    }

    static Content.Known of(Tunnel tunnel) {
        Typing typing =
                switch (tunnel.key()) {
                    case PATH -> Typing.of(DataType.BOOLEAN, 1);
                    case ID -> Typing.of(DataType.INTEGER, 4, true);
                };
        return Content.Known.of(
                new Field.Tunnel(without("tunnel ", tunnel.key()), typing.type()), typing);
    }
}
