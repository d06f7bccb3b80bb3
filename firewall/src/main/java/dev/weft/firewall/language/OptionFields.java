package dev.weft.firewall.language;

import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.value.DataType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of extension headers, options and chunks.
///
/// Sources: RFC 8200 (extension headers), 6275 (mobility), 8754 (segment routing); 9293, 7323,
/// 2018, 2385, 8684, 7413 (TCP options); 791, 2113 (IPv4 options); 9260, 5061, 3758 (SCTP chunks).
final class OptionFields {
    private static final Map<ExtensionHeader.Protocol, Map<Integer, List<Entry>>> ALL =
            new EnumMap<>(ExtensionHeader.Protocol.class);

    /// @param header as `nft` calls it; several may share a number
    private record Entry(
            String header, String field, int offsetBits, int lengthBits, DataType type) {}

    static {
        ipv6();
        tcp();
        ipv4();
        sctp();
    }

    private final String header;
    private final List<Entry> entries;

    private OptionFields(String header, List<Entry> entries) {
        this.header = header;
        this.entries = entries;
    }

    private static OptionFields option(ExtensionHeader.Protocol protocol, int type, String name) {
        return new OptionFields(
                name,
                ALL.computeIfAbsent(protocol, _ -> new HashMap<>())
                        .computeIfAbsent(type, _ -> new ArrayList<>()));
    }

    private OptionFields at(int offsetBits, int lengthBits, String field, DataType type) {
        entries.add(new Entry(header, field, offsetBits, lengthBits, type));
        return this;
    }

    private OptionFields at(int offsetBits, int lengthBits, String field) {
        return at(offsetBits, lengthBits, field, DataType.INTEGER);
    }

    private static void ipv6() {
        ipv6(0, "hbh");
        ipv6(43, "rt").at(16, 8, "type").at(24, 8, "seg-left");
        OptionFields segments =
                option(ExtensionHeader.Protocol.IPV6, 43, "srh")
                        .at(32, 8, "last-entry")
                        .at(40, 8, "flags")
                        .at(48, 16, "tag");
        for (int segment = 0; segment < 16; segment++) {
            segments.at(64 + 128 * segment, 128, "sid[" + (segment + 1) + "]", DataType.IPV6_ADDR);
        }
        option(ExtensionHeader.Protocol.IPV6, 44, "frag")
                .at(0, 8, "nexthdr", DataType.INET_PROTO)
                .at(8, 8, "reserved")
                .at(16, 13, "frag-off")
                .at(29, 2, "reserved2")
                .at(31, 1, "more-fragments")
                .at(32, 32, "id");
        ipv6(60, "dst");
        ipv6(135, "mh")
                .at(16, 8, "type", DataType.MH_TYPE)
                .at(24, 8, "reserved")
                .at(32, 16, "checksum");
    }

    private static OptionFields ipv6(int type, String name) {
        return option(ExtensionHeader.Protocol.IPV6, type, name)
                .at(0, 8, "nexthdr", DataType.INET_PROTO)
                .at(8, 8, "hdrlength");
    }

    private static void tcp() {
        tcp(0, "eol");
        tcp(1, "nop");
        tcp(2, "maxseg").at(16, 16, "size");
        tcp(3, "window").at(16, 8, "count");
        tcp(4, "sack-perm");
        tcp(5, "sack").at(16, 32, "left").at(48, 32, "right");
        for (int block = 1; block <= 3; block++) {
            option(ExtensionHeader.Protocol.TCP, 5, "sack" + block)
                    .at(16 + 64 * block, 32, "left")
                    .at(48 + 64 * block, 32, "right");
        }
        tcp(8, "timestamp").at(16, 32, "tsval").at(48, 32, "tsecr");
        tcp(19, "md5sig");
        tcp(30, "mptcp").at(16, 4, "subtype");
        tcp(34, "fastopen");
    }

    private static OptionFields tcp(int type, String name) {
        return option(ExtensionHeader.Protocol.TCP, type, name).at(0, 8, "kind").at(8, 8, "length");
    }

    private static void ipv4() {
        ipv4(7, "rr").at(16, 8, "ptr").at(24, 32, "addr");
        ipv4(131, "lsrr").at(16, 8, "ptr").at(24, 32, "addr");
        ipv4(137, "ssrr").at(16, 8, "ptr").at(24, 32, "addr");
        ipv4(148, "ra").at(16, 16, "value");
    }

    private static OptionFields ipv4(int type, String name) {
        return option(ExtensionHeader.Protocol.IPV4, type, name)
                .at(0, 8, "type")
                .at(8, 8, "length");
    }

    private static void sctp() {
        sctp(0, "data").at(32, 32, "tsn").at(64, 16, "stream").at(80, 16, "ssn").at(96, 32, "ppid");
        for (int ack = 0; ack <= 1; ack++) {
            sctp(1 + ack, ack == 0 ? "init" : "init-ack")
                    .at(32, 32, "init-tag")
                    .at(64, 32, "a-rwnd")
                    .at(96, 16, "num-outbound-streams")
                    .at(112, 16, "num-inbound-streams")
                    .at(128, 32, "initial-tsn");
        }
        sctp(3, "sack")
                .at(32, 32, "cum-tsn-ack")
                .at(64, 32, "a-rwnd")
                .at(96, 16, "num-gap-ack-blocks")
                .at(112, 16, "num-dup-tsns");
        sctp(4, "heartbeat");
        sctp(5, "heartbeat-ack");
        sctp(6, "abort");
        sctp(7, "shutdown").at(32, 32, "cum-tsn-ack");
        sctp(8, "shutdown-ack");
        sctp(9, "error");
        sctp(10, "cookie-echo");
        sctp(11, "cookie-ack");
        sctp(12, "ecne").at(32, 32, "lowest-tsn");
        sctp(13, "cwr").at(32, 32, "lowest-tsn");
        sctp(14, "shutdown-complete");
        sctp(128, "asconf-ack").at(32, 32, "seqno");
        sctp(192, "forward-tsn").at(32, 32, "new-cum-tsn");
        sctp(193, "asconf").at(32, 32, "seqno");
    }

    private static OptionFields sctp(int type, String name) {
        return option(ExtensionHeader.Protocol.SCTP, type, name)
                .at(0, 8, "type")
                .at(8, 8, "flags")
                .at(16, 16, "length");
    }

    private static List<Entry> of(ExtensionHeader.Protocol protocol, int type) {
        return ALL.getOrDefault(protocol, Map.of()).getOrDefault(type, List.of());
    }

    /// The field that is exactly some bits.
    static @Nullable Field find(Place.InOption place, int offsetBits, int lengthBits) {
        for (Entry entry : of(place.protocol(), place.type())) {
            if (entry.offsetBits == offsetBits && entry.lengthBits == lengthBits) {
                return new Field.Option(
                        kind(place.protocol()), entry.header, entry.field, entry.type);
            }
        }
        return null;
    }

    /// A field with its length.
    record Noted(Field field, int lengthBits) {}

    /// The field that `nft` notes by numbers.
    ///
    /// @param kind 0 of IPv6, 1 of TCP, 2 of IPv4, 3 of SCTP
    /// @param header its number, but of IPv6's extension headers `nft`'s own
    /// @param number of the field
    /// @return null when there is none
    static @Nullable Noted noted(int kind, int header, int number) {
        return switch (kind) {
            case 0 -> at(ExtensionHeader.Protocol.IPV6, extension(header), number - 1);
            case 1 ->
                    at(
                            ExtensionHeader.Protocol.TCP,
                            of(ExtensionHeader.Protocol.TCP, header),
                            number);
            case 2 ->
                    at(
                            ExtensionHeader.Protocol.IPV4,
                            of(ExtensionHeader.Protocol.IPV4, header),
                            number > 2 ? number - 2 : number - 1);
            case 3 ->
                    at(
                            ExtensionHeader.Protocol.SCTP,
                            of(ExtensionHeader.Protocol.SCTP, header),
                            number);
            default -> null;
        };
    }

    private static @Nullable Noted at(
            ExtensionHeader.Protocol protocol, List<Entry> entries, int index) {
        if (index < 0 || index >= entries.size()) {
            return null;
        }
        Entry entry = entries.get(index);
        return new Noted(
                new Field.Option(kind(protocol), entry.header, entry.field, entry.type),
                entry.lengthBits);
    }

    /// The fields of an extension header by `nft`'s number of it.
    private static List<Entry> extension(int header) {
        return switch (header) {
            case 1 -> of(ExtensionHeader.Protocol.IPV6, 0);
            case 2 -> named(43, "rt");
            case 5 -> named(43, "srh");
            case 6 -> of(ExtensionHeader.Protocol.IPV6, 44);
            case 7 -> of(ExtensionHeader.Protocol.IPV6, 60);
            case 8 -> of(ExtensionHeader.Protocol.IPV6, 135);
            default -> List.of();
        };
    }

    private static List<Entry> named(int type, String name) {
        return of(ExtensionHeader.Protocol.IPV6, type).stream()
                .filter(entry -> entry.header.equals(name))
                .toList();
    }

    /// Whether there is such a header, option or chunk.
    static Field presence(ExtensionHeader.Protocol protocol, int type) {
        List<Entry> entries = of(protocol, type);
        String name = entries.isEmpty() ? Integer.toString(type) : entries.getFirst().header;
        return new Field.Option(kind(protocol), name, "", DataType.BOOLEAN);
    }

    private static Field.Option.Kind kind(ExtensionHeader.Protocol protocol) {
        return switch (protocol) {
            case IPV6 -> Field.Option.Kind.IPV6_EXTENSION_HEADER;
            case TCP -> Field.Option.Kind.TCP_OPTION;
            case IPV4 -> Field.Option.Kind.IP_OPTION;
            case SCTP -> Field.Option.Kind.SCTP_CHUNK;
            case DCCP -> Field.Option.Kind.DCCP_OPTION;
        };
    }
}
