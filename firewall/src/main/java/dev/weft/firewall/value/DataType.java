package dev.weft.firewall.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a person writes data. The kernel keeps the number of a set's type without looking at it; it
/// is there for `nft` to print the set as it was declared (`enum datatypes` in nftables'
/// `include/datatype.h`).
public enum DataType {
    NF_PROTO(2, "nf_proto", 1, Order.MACHINE),
    IPV4_ADDR(7, "ipv4_addr", 4, Order.NETWORK),
    IPV6_ADDR(8, "ipv6_addr", 16, Order.NETWORK),
    ETHER_ADDR(9, "ether_addr", 6, Order.NETWORK),
    ETHER_TYPE(10, "ether_type", 2, Order.NETWORK),
    INET_PROTO(12, "inet_proto", 1, Order.NETWORK),
    INET_SERVICE(13, "inet_service", 2, Order.NETWORK),
    ICMP_TYPE(14, "icmp_type", 1, Order.NETWORK),
    MARK(19, "mark", 4, Order.MACHINE),
    IFACE_INDEX(20, "iface_index", 4, Order.MACHINE),
    CT_STATE(26, "ct_state", 4, Order.MACHINE),
    FIB_ADDRTYPE(38, "fib_addrtype", 4, Order.MACHINE),
    IFNAME(41, "ifname", 16, Order.MACHINE);

    private static final int BITS_PER_TYPE = 6;
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

    /// How long such a datum is.
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
            Optional<DataType> type =
                    Arrays.stream(values()).filter(known -> known.number == one).findFirst();
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.addFirst(type.get());
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(types));
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
