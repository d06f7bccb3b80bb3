package dev.weft.firewall.value;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Slice;
import dev.weft.linux.route.RouteType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Data as `nft` prints them, by their type.
public final class DatumText {
    private static final Map<Integer, String> PROTOCOLS =
            Map.of(
                    1,
                    "icmp",
                    2,
                    "igmp",
                    4,
                    "ipip",
                    6,
                    "tcp",
                    17,
                    "udp",
                    47,
                    "gre",
                    50,
                    "esp",
                    58,
                    "ipv6-icmp",
                    132,
                    "sctp",
                    136,
                    "udplite");
    private static final Map<Integer, String> FAMILIES = Map.of(2, "ipv4", 10, "ipv6");
    private static final Map<Integer, String> ETHER_TYPES =
            Map.of(0x0800, "ip", 0x0806, "arp", 0x86dd, "ip6", 0x8100, "vlan");

    private static final Map<Integer, String> CT_STATES =
            Map.of(1, "invalid", 2, "established", 4, "related", 8, "new", 0x40, "untracked");

    private static final Map<DataType, Function<Slice, String>> PRINTERS =
            Map.ofEntries(
                    Map.entry(DataType.NF_PROTO, DatumText::family),
                    Map.entry(DataType.IPV4_ADDR, DatumText::address),
                    Map.entry(DataType.IPV6_ADDR, DatumText::address),
                    Map.entry(DataType.ETHER_ADDR, DatumText::hardwareAddress),
                    Map.entry(DataType.ETHER_TYPE, DatumText::etherType),
                    Map.entry(DataType.INET_PROTO, DatumText::protocol),
                    Map.entry(DataType.INET_SERVICE, s -> Integer.toString(s.be16(0))),
                    Map.entry(DataType.ICMP_TYPE, s -> Integer.toString(s.u8(0))),
                    Map.entry(DataType.MARK, s -> "0x" + HexFormat.of().toHexDigits(s.s32(0))),
                    Map.entry(DataType.IFACE_INDEX, s -> Integer.toString(s.s32(0))),
                    Map.entry(DataType.CT_STATE, DatumText::ctState),
                    Map.entry(DataType.FIB_ADDRTYPE, DatumText::addressType),
                    Map.entry(DataType.IFNAME, s -> '"' + s.string() + '"'));

    private DatumText() {}

    /// A datum as a person writes it; in hexadecimal when it is not of this type's size.
    public static String of(DataType type, Datum datum) {
        return datum.bytes().length() == type.bytes()
                ? print(type, datum.bytes())
                : datum.toString();
    }

    /// A datum of a concatenation as a person writes it.
    public static String of(List<DataType> types, Datum datum) {
        if (types.size() == 1) {
            return of(types.getFirst(), datum);
        }
        if (datum.bytes().length() != DataType.bytes(types)) {
            return datum.toString();
        }
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (DataType type : types) {
            parts.add(print(type, datum.bytes().part(at, type.bytes())));
            at += type.paddedBytes();
        }
        return String.join(" . ", parts);
    }

    private static String print(DataType type, Slice bytes) {
        Function<Slice, String> printer = PRINTERS.get(type);
        return printer == null ? "0x" + bytes : printer.apply(bytes);
    }

    private static String hardwareAddress(Slice bytes) {
        return HardwareAddress.of(bytes.bytes()).toString();
    }

    private static String family(Slice bytes) {
        int number = bytes.u8(0);
        return FAMILIES.getOrDefault(number, Integer.toString(number));
    }

    private static String protocol(Slice bytes) {
        return PROTOCOLS.getOrDefault(bytes.u8(0), Integer.toString(bytes.u8(0)));
    }

    private static String etherType(Slice bytes) {
        return ETHER_TYPES.getOrDefault(
                bytes.be16(0), "0x" + HexFormat.of().toHexDigits((short) bytes.be16(0)));
    }

    private static String address(Slice bytes) {
        return IpPrefix.textOf(IpPrefix.addressOf(bytes.bytes()));
    }

    private static String addressType(Slice bytes) {
        int number = bytes.s32(0);
        return number == (number & 0xff)
                ? new RouteType(number).toString()
                : Integer.toString(number);
    }

    private static String ctState(Slice bytes) {
        int bits = bytes.s32(0);
        int known = CT_STATES.keySet().stream().reduce(0, (a, b) -> a | b);
        return bits == 0 || (bits & ~known) != 0
                ? "0x" + Integer.toHexString(bits)
                : CT_STATES.keySet().stream()
                        .sorted()
                        .filter(bit -> (bits & bit) != 0)
                        .map(CT_STATES::get)
                        .collect(Collectors.joining(","));
    }
}
