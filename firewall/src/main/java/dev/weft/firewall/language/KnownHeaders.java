package dev.weft.firewall.language;

import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.expression.Header;
import dev.weft.firewall.expression.HeaderField;
import dev.weft.firewall.expression.HeaderFields;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a packet's headers at a point of a rule, and from where: two bytes at the same
/// place are a port or a checksum, as the comparisons before say.
///
/// A comparison that only makes sure of a header (a guard) is left out of the reading once a field
/// of that header is used, as that says the same. A statement that is no comparison ends that: it
/// is carried out for packets of that header alone, and so the comparison before it stays.
final class KnownHeaders {
    private static final Map<Integer, Header> BY_PROTOCOL =
            Map.ofEntries(
                    Map.entry(1, Header.ICMP),
                    Map.entry(2, Header.IGMP),
                    Map.entry(6, Header.TCP),
                    Map.entry(17, Header.UDP),
                    Map.entry(33, Header.DCCP),
                    Map.entry(50, Header.ESP),
                    Map.entry(51, Header.AH),
                    Map.entry(58, Header.ICMPV6),
                    Map.entry(108, Header.COMP),
                    Map.entry(132, Header.SCTP),
                    Map.entry(136, Header.UDPLITE));

    /// IEEE 802.1ad, which a field of VLANs does not say by itself.
    private static final int SERVICE_VLAN = 0x88a8;

    private static final Map<Integer, Header> BY_ETHER_TYPE =
            Map.of(
                    0x0800,
                    Header.IP,
                    0x0806,
                    Header.ARP,
                    0x8100,
                    Header.VLAN,
                    0x86dd,
                    Header.IP6,
                    SERVICE_VLAN,
                    Header.VLAN);
    private static final Map<Integer, Header> BY_FAMILY = Map.of(2, Header.IP, 10, Header.IP6);
    private static final int ETHERNET = 1;
    private static final int NONE = -1;

    /// What a guard makes sure of; a VLAN's header stands between two others.
    private enum Layer {
        LINK,
        VLAN,
        NETWORK,
        TRANSPORT,
        MESSAGE
    }

    private final Family family;
    private final Map<Layer, Header> known = new EnumMap<>(Layer.class);

    /// Where the comparison stands that a header was learnt from, while it may be left out.
    private final Map<Layer, Integer> guards = new EnumMap<>(Layer.class);

    private final List<@Nullable Statement> statements;

    /// The type of an ICMP or ICMPv6 message.
    private int message = NONE;

    /// @param statements where guards stand, and are left out by a null
    KnownHeaders(Family family, List<@Nullable Statement> statements) {
        this.family = family;
        this.statements = statements;
        switch (family) {
            case IP -> learn(Layer.NETWORK, Header.IP);
            case IP6 -> learn(Layer.NETWORK, Header.IP6);
            case ARP -> learn(Layer.NETWORK, Header.ARP);
            case BRIDGE, NETDEV -> learn(Layer.LINK, Header.ETHER);
            case INET -> {}
        }
    }

    private void learn(Layer layer, Header header) {
        known.put(layer, header);
    }

    private @Nullable Header at(Layer layer) {
        return known.get(layer);
    }

    /// The family of the packet's addresses, as far as that is known.
    @Nullable Family network() {
        Header header = at(Layer.NETWORK);
        return header == Header.IP ? Family.IP : header == Header.IP6 ? Family.IP6 : null;
    }

    /// Learns from a comparison for equality.
    ///
    /// @param index where the comparison stands
    void learn(Term left, Slice value, int index) {
        switch (left) {
            case Field.Meta meta -> learnMeta(meta.key(), value, index);
            case Field.Header(HeaderField field) -> learnField(field, value, index);
            default -> {}
        }
    }

    private void learnMeta(String key, Slice value, int index) {
        switch (key) {
            case "nfproto" -> guard(BY_FAMILY.get(value.u8(0)), index, true);
            case "protocol" -> etherType(value, index);
            case "l4proto" -> guard(BY_PROTOCOL.get(value.u8(0)), index, true);
            case "iiftype", "oiftype" -> {
                if (value.length() == 2 && value.u16(0) == ETHERNET) {
                    guard(Header.ETHER, index, true);
                }
            }
            default -> {}
        }
    }

    private void etherType(Slice value, int index) {
        if (value.length() == 2) {
            int type = value.be16(0);
            guard(BY_ETHER_TYPE.get(type), index, type != SERVICE_VLAN);
        }
    }

    private void learnField(HeaderField field, Slice value, int index) {
        switch (field.type()) {
            case ETHER_TYPE -> {
                if (field.header() != Header.ARP) {
                    etherType(value, index);
                }
            }
            // Elsewhere than in a table of one family it says more than a field behind it does.
            case INET_PROTO ->
                    guard(
                            BY_PROTOCOL.get(value.u8(0)),
                            index,
                            family == Family.IP || family == Family.IP6);
            case ICMP_TYPE, ICMPV6_TYPE -> {
                message = value.u8(0);
                guards.put(Layer.MESSAGE, index);
            }
            default -> {}
        }
    }

    /// Learns the type of messages from a set of them, which all have the same fields.
    void learnMessage(Term left, Slice any) {
        if (left instanceof Field.Header(HeaderField field) && isMessageType(field)) {
            message = any.u8(0);
        }
    }

    private static boolean isMessageType(HeaderField field) {
        return switch (field.type()) {
            case ICMP_TYPE, ICMPV6_TYPE -> true;
            default -> false;
        };
    }

    private void guard(@Nullable Header header, int index, boolean removable) {
        if (header != null) {
            Layer layer = layer(header);
            learn(layer, header);
            if (removable) {
                guards.put(layer, index);
            } else {
                guards.remove(layer);
            }
            message = layer == Layer.TRANSPORT ? NONE : message;
        }
    }

    private static Layer layer(Header header) {
        return switch (header) {
            case ETHER -> Layer.LINK;
            case VLAN -> Layer.VLAN;
            case ARP, IP, IP6 -> Layer.NETWORK;
            case ICMP, ICMPV6, IGMP, TCP, UDP, UDPLITE, DCCP, SCTP, AH, ESP, COMP, TH ->
                    Layer.TRANSPORT;
        };
    }

    /// What stands before something else than a comparison stays.
    void keepGuards() {
        guards.clear();
    }

    private void leaveOut(Layer layer) {
        Integer index = guards.remove(layer);
        if (index != null) {
            statements.set(index, null);
        }
    }

    /// A field is used: what only made sure of its header is left out.
    private void use(HeaderField field) {
        Header header = field.header();
        if (header == Header.TH || isTypeBehindVlan(field)) {
            return;
        }
        leaveOut(layer(header));
        switch (header) {
            case VLAN -> leaveOut(Layer.LINK);
            case ICMP, ICMPV6 -> {
                Header network = header == Header.ICMP ? Header.IP : Header.IP6;
                if (at(Layer.NETWORK) == network) {
                    leaveOut(Layer.NETWORK);
                }
                if (MessageFields.impliesType(field)) {
                    leaveOut(Layer.MESSAGE);
                }
            }
            default -> {}
        }
    }

    /// It is asked to make sure of the next header, and says nothing of this one.
    private static boolean isTypeBehindVlan(HeaderField field) {
        return field.header() == Header.VLAN && field.type() == DataType.ETHER_TYPE;
    }

    /// A refusal says by itself which packets it is for.
    void refused(Statement.Reject.Kind kind) {
        boolean oneFamily = family == Family.IP || family == Family.IP6;
        switch (kind) {
            case TCP_RESET -> {
                if (oneFamily) {
                    leaveOut(Layer.TRANSPORT);
                }
            }
            case ICMP, ICMPV6 -> leaveOut(Layer.NETWORK);
            case ICMPX -> {}
        }
    }

    /// The field that is exactly some bits.
    ///
    /// @param offsetBits from the start of the place
    /// @return null when no table names it
    @Nullable Field find(Place place, int offsetBits, int lengthBits) {
        return switch (place) {
            case Place.InHeader header -> {
                int offset = header.offset() * Byte.SIZE + offsetBits;
                HeaderField field = exact(header, offset, lengthBits);
                if (field == null) {
                    yield null;
                }
                use(field);
                yield new Field.Header(field);
            }
            case Place.InOption option -> {
                int offset = option.offset() * Byte.SIZE + offsetBits;
                Field field = OptionFields.find(option, offset, lengthBits);
                if (field != null) {
                    useOption(option.protocol());
                }
                yield field;
            }
        };
    }

    void useOption(ExtensionHeader.Protocol protocol) {
        switch (protocol) {
            case IPV6, IPV4 -> leaveOut(Layer.NETWORK);
            case TCP, SCTP, DCCP -> leaveOut(Layer.TRANSPORT);
        }
    }

    private @Nullable HeaderField exact(Place.InHeader place, int offsetBits, int lengthBits) {
        for (HeaderField field : fields(place, offsetBits)) {
            if (field.offsetBits() == offsetBits
                    && field.lengthBits() == lengthBits
                    && MessageFields.fits(field, message)) {
                return field;
            }
        }
        return null;
    }

    /// An address that a place has the first bytes of.
    @Nullable HeaderField addressAt(Place.InHeader place) {
        int offset = place.offset() * Byte.SIZE;
        for (HeaderField field : fields(place, offset)) {
            if (field.offsetBits() == offset
                    && field.type().isAddress()
                    && field.lengthBits() > place.bytes() * Byte.SIZE) {
                use(field);
                return field;
            }
        }
        return null;
    }

    /// Fields that together are a place, from its start to its end.
    ///
    /// @return nothing when they are not
    List<HeaderField> split(Place.InHeader place) {
        List<HeaderField> parts = new ArrayList<>(2);
        int at = place.offset() * Byte.SIZE;
        int end = at + place.bytes() * Byte.SIZE;
        while (at < end) {
            HeaderField next = longest(place, at, end);
            if (next == null) {
                return List.of();
            }
            parts.add(next);
            at += next.lengthBits();
        }
        parts.forEach(this::use);
        return parts;
    }

    private @Nullable HeaderField longest(Place.InHeader place, int offsetBits, int endBits) {
        HeaderField longest = null;
        for (HeaderField field : fields(place, offsetBits)) {
            if (field.offsetBits() == offsetBits
                    && field.isWholeBytes()
                    && offsetBits + field.lengthBits() <= endBits
                    && MessageFields.fits(field, message)
                    && (longest == null || field.lengthBits() > longest.lengthBits())) {
                longest = field;
            }
        }
        return longest;
    }

    /// The fields of the header that a place is in.
    private List<HeaderField> fields(Place.InHeader place, int offsetBits) {
        Header header =
                switch (place.base()) {
                    case LINK -> link(offsetBits);
                    case NETWORK -> at(Layer.NETWORK);
                    case TRANSPORT -> {
                        Header transport = at(Layer.TRANSPORT);
                        yield transport == null ? Header.TH : transport;
                    }
                    case INNER, TUNNEL -> null;
                };
        return header == null ? List.of() : HeaderFields.of(header);
    }

    private @Nullable Header link(int offsetBits) {
        int etherBits = 14 * Byte.SIZE;
        return offsetBits >= etherBits ? at(Layer.VLAN) : at(Layer.LINK);
    }
}
