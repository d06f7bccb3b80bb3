package dev.weft.firewall.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// How a person writes data. The kernel keeps the number of a set's type without looking at it; it
/// is there for `nft` to print the set as it was declared (`enum datatypes` in nftables'
/// `include/datatype.h`).
public enum DataType {
    NF_PROTO(2, "nf_proto", 1, Order.MACHINE),
    BITMASK(3, "bitmask", 0, Order.NETWORK),
    /// A number of any size.
    INTEGER(4, "integer", 0, Order.NETWORK),
    /// Text of any size.
    STRING(5, "string", 0, Order.MACHINE),
    LINK_LAYER_ADDR(6, "ll_addr", 0, Order.NETWORK),
    IPV4_ADDR(7, "ipv4_addr", 4, Order.NETWORK),
    IPV6_ADDR(8, "ipv6_addr", 16, Order.NETWORK),
    ETHER_ADDR(9, "ether_addr", 6, Order.NETWORK),
    ETHER_TYPE(10, "ether_type", 2, Order.NETWORK),
    ARP_OP(11, "arp_op", 2, Order.NETWORK),
    INET_PROTO(12, "inet_proto", 1, Order.NETWORK),
    INET_SERVICE(13, "inet_service", 2, Order.NETWORK),
    ICMP_TYPE(14, "icmp_type", 1, Order.NETWORK),
    TCP_FLAG(15, "tcp_flag", 1, Order.NETWORK),
    DCCP_PKTTYPE(16, "dccp_pkttype", 1, Order.NETWORK),
    MH_TYPE(17, "mh_type", 1, Order.NETWORK),
    /// Milliseconds.
    TIME(18, "time", 4, Order.MACHINE),
    MARK(19, "mark", 4, Order.MACHINE),
    IFACE_INDEX(20, "iface_index", 4, Order.MACHINE),
    IFACE_TYPE(21, "iface_type", 2, Order.MACHINE),
    REALM(22, "realm", 4, Order.MACHINE),
    CLASSID(23, "classid", 4, Order.MACHINE),
    UID(24, "uid", 4, Order.MACHINE),
    GID(25, "gid", 4, Order.MACHINE),
    CT_STATE(26, "ct_state", 4, Order.MACHINE),
    CT_DIR(27, "ct_dir", 1, Order.MACHINE),
    CT_STATUS(28, "ct_status", 4, Order.MACHINE),
    ICMPV6_TYPE(29, "icmpv6_type", 1, Order.NETWORK),
    CT_LABEL(30, "ct_label", 16, Order.MACHINE),
    PKT_TYPE(31, "pkt_type", 1, Order.MACHINE),
    ICMP_CODE(32, "icmp_code", 1, Order.NETWORK),
    ICMPV6_CODE(33, "icmpv6_code", 1, Order.NETWORK),
    ICMPX_CODE(34, "icmpx_code", 1, Order.NETWORK),
    DEVGROUP(35, "devgroup", 4, Order.MACHINE),
    DSCP(36, "dscp", 1, Order.NETWORK),
    ECN(37, "ecn", 1, Order.NETWORK),
    FIB_ADDRTYPE(38, "fib_addrtype", 4, Order.MACHINE),
    BOOLEAN(39, "boolean", 1, Order.MACHINE),
    CT_EVENT(40, "ct_event", 4, Order.MACHINE),
    IFNAME(41, "ifname", 16, Order.MACHINE),
    IGMP_TYPE(42, "igmp_type", 1, Order.NETWORK),
    /// Nanoseconds since 1970.
    DATE(43, "time", 8, Order.MACHINE),
    /// Seconds since midnight, UTC.
    HOUR(44, "hour", 4, Order.MACHINE),
    DAY(45, "day", 1, Order.MACHINE),
    CGROUPSV2(46, "cgroupsv2", 8, Order.MACHINE);

    private static final int BITS_PER_TYPE = 6;
    private static final Map<Integer, DataType> BY_NUMBER =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(DataType::number, type -> type));

    private static final Set<DataType> BITS =
            Set.of(TCP_FLAG, CT_STATE, CT_STATUS, CT_LABEL, CT_EVENT);

    private final int number;
    private final String keyword;
    private final int bytes;
    private final Order order;

    /// In which order the bytes of a type stand; `nft` keeps it beside a set, in user data.
    public enum Order {
        MACHINE(1),
        NETWORK(2);

        private final int number;

        Order(int number) {
            this.number = number;
        }

        /// `enum byteorder` in nftables' `include/datatype.h`.
        public int number() {
            return number;
        }
    }

    DataType(int number, String keyword, int bytes, Order order) {
        this.number = number;
        this.keyword = keyword;
        this.bytes = bytes;
        this.order = order;
    }

    /// nft's number.
    public int number() {
        return number;
    }

    /// How long such a datum is; 0 when that varies.
    public int bytes() {
        return bytes;
    }

    public Order order() {
        return order;
    }

    /// Whether it is an IP address, of which a rule may look at the first bits alone.
    public boolean isAddress() {
        return this == IPV4_ADDR || this == IPV6_ADDR;
    }

    /// Whether its values are sets of bits, each with a name.
    public boolean isBits() {
        return BITS.contains(this);
    }

    /// A constant as it is written alone; in hexadecimal when it is not of this type's size.
    public Literal literal(Datum datum, Surroundings around) {
        return fits(datum)
                ? Notations.of(this).literal(this, datum.bytes(), around)
                : Literal.Word.of(datum.toString());
    }

    /// A constant of several types behind one another, each padded to four bytes, as it is written
    /// alone; in hexadecimal when it is not of their size.
    public static String text(List<DataType> types, Datum datum, Surroundings around) {
        if (types.size() == 1) {
            return types.getFirst().literal(datum, around).text();
        }
        if (datum.bytes().length() != bytes(types)) {
            return datum.toString();
        }
        StringJoiner text = new StringJoiner(" . ");
        int at = 0;
        for (DataType type : types) {
            Datum part = new Datum(datum.bytes().part(at, type.bytes));
            text.add(type.literal(part, around).text());
            at += type.paddedBytes();
        }
        return text.toString();
    }

    /// A constant as it is written at either end of a range, where some types have numbers instead
    /// of names.
    public String end(Datum datum, Surroundings around) {
        return fits(datum) ? Notations.of(this).end(this, datum.bytes(), around) : datum.toString();
    }

    /// A constant as a number, its lowest 64 bits.
    public long number(Datum datum) {
        return Notation.number(this, datum.bytes());
    }

    /// The names that `nft` has for its numbers.
    public Symbols symbols() {
        return Notations.of(this).symbols();
    }

    /// Names of interfaces may be shorter, for all that begin alike.
    private boolean fits(Datum datum) {
        int length = datum.bytes().length();
        return bytes == 0 || length == bytes || (this == IFNAME && length < bytes);
    }

    /// nft's number of a concatenation: six bits for each type, the last one lowest.
    public static int number(List<DataType> types) {
        return types.stream()
                .mapToInt(DataType::number)
                .reduce(0, (all, one) -> all << BITS_PER_TYPE | one);
    }

    /// How long a datum of a concatenation is: with several types each is padded to four bytes.
    public static int bytes(List<DataType> types) {
        return types.size() == 1
                ? types.getFirst().bytes
                : types.stream().mapToInt(DataType::paddedBytes).sum();
    }

    int paddedBytes() {
        return bytes + 3 & ~3;
    }

    /// The types of a number, or nothing when Weft does not know one of them.
    public static Optional<List<DataType>> find(int number) {
        List<DataType> types = new ArrayList<>();
        for (int rest = number; rest != 0; rest >>>= BITS_PER_TYPE) {
            int one = rest & (1 << BITS_PER_TYPE) - 1;
            DataType type = BY_NUMBER.get(one);
            if (type == null) {
                return Optional.empty();
            }
            types.addFirst(type);
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(types));
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
