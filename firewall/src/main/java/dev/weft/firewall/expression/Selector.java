package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A part or property of a packet that a rule can look at: how it is loaded, what type it has, what
/// must hold before, and how it reads. The same table serves the building of rules and their text.
public final class Selector {
    public static final Selector IIFNAME = of("iifname", DataType.IFNAME, meta(MetaKey.IIFNAME));
    public static final Selector OIFNAME = of("oifname", DataType.IFNAME, meta(MetaKey.OIFNAME));
    public static final Selector IIF = of("iif", DataType.IFACE_INDEX, meta(MetaKey.IIF));
    public static final Selector OIF = of("oif", DataType.IFACE_INDEX, meta(MetaKey.OIF));
    public static final Selector MARK = of("meta mark", DataType.MARK, meta(MetaKey.MARK));
    public static final Selector NFPROTO =
            of("meta nfproto", DataType.NF_PROTO, meta(MetaKey.NFPROTO));
    public static final Selector PROTOCOL =
            of("meta protocol", DataType.ETHER_TYPE, meta(MetaKey.PROTOCOL));
    public static final Selector L4PROTO =
            of("meta l4proto", DataType.INET_PROTO, meta(MetaKey.L4PROTO));
    public static final Selector CT_STATE =
            of("ct state", DataType.CT_STATE, to -> new Ct(CtKey.STATE, to));
    public static final Selector CT_MARK =
            of("ct mark", DataType.MARK, to -> new Ct(CtKey.MARK, to));
    public static final Selector FIB_DADDR_TYPE =
            of("fib daddr type", DataType.FIB_ADDRTYPE, fib(Fib.Flag.DESTINATION_ADDRESS));
    public static final Selector FIB_SADDR_TYPE =
            of("fib saddr type", DataType.FIB_ADDRTYPE, fib(Fib.Flag.SOURCE_ADDRESS));
    public static final Selector IP_PROTOCOL =
            of("ip protocol", DataType.INET_PROTO, Guard.IPV4, network(9, 1));
    public static final Selector IP_SADDR =
            of("ip saddr", DataType.IPV4_ADDR, Guard.IPV4, network(12, 4));
    public static final Selector IP_DADDR =
            of("ip daddr", DataType.IPV4_ADDR, Guard.IPV4, network(16, 4));
    public static final Selector IP6_SADDR =
            of("ip6 saddr", DataType.IPV6_ADDR, Guard.IPV6, network(8, 16));
    public static final Selector IP6_DADDR =
            of("ip6 daddr", DataType.IPV6_ADDR, Guard.IPV6, network(24, 16));
    public static final Selector TCP_SPORT =
            of("tcp sport", DataType.INET_SERVICE, Guard.TCP, transport(0, 2));
    public static final Selector TCP_DPORT =
            of("tcp dport", DataType.INET_SERVICE, Guard.TCP, transport(2, 2));
    public static final Selector UDP_SPORT =
            of("udp sport", DataType.INET_SERVICE, Guard.UDP, transport(0, 2));
    public static final Selector UDP_DPORT =
            of("udp dport", DataType.INET_SERVICE, Guard.UDP, transport(2, 2));
    public static final Selector SCTP_SPORT =
            of("sctp sport", DataType.INET_SERVICE, Guard.SCTP, transport(0, 2));
    public static final Selector SCTP_DPORT =
            of("sctp dport", DataType.INET_SERVICE, Guard.SCTP, transport(2, 2));
    public static final Selector ICMP_TYPE =
            of("icmp type", DataType.ICMP_TYPE, Guard.ICMP, transport(0, 1));
    public static final Selector ICMPV6_TYPE =
            of("icmpv6 type", DataType.ICMP_TYPE, Guard.ICMPV6, transport(0, 1));

    /// The source port of whatever protocol has one.
    public static final Selector TH_SPORT = of("th sport", DataType.INET_SERVICE, transport(0, 2));

    /// The destination port of whatever protocol has one.
    public static final Selector TH_DPORT = of("th dport", DataType.INET_SERVICE, transport(2, 2));

    private static final List<Selector> ALL =
            List.of(
                    IIFNAME,
                    OIFNAME,
                    IIF,
                    OIF,
                    MARK,
                    NFPROTO,
                    PROTOCOL,
                    L4PROTO,
                    CT_STATE,
                    CT_MARK,
                    FIB_DADDR_TYPE,
                    FIB_SADDR_TYPE,
                    IP_PROTOCOL,
                    IP_SADDR,
                    IP_DADDR,
                    IP6_SADDR,
                    IP6_DADDR,
                    TCP_SPORT,
                    TCP_DPORT,
                    UDP_SPORT,
                    UDP_DPORT,
                    SCTP_SPORT,
                    SCTP_DPORT,
                    ICMP_TYPE,
                    ICMPV6_TYPE,
                    TH_SPORT,
                    TH_DPORT);

    private final String text;
    private final DataType type;
    private final Guard guard;
    private final Function<Register, Expression> loader;

    private static Selector of(String text, DataType type, Function<Register, Expression> loader) {
        return of(text, type, Guard.NONE, loader);
    }

    private static Selector of(
            String text, DataType type, Guard guard, Function<Register, Expression> loader) {
        return new Selector(text, type, guard, loader);
    }

    /// All of them; of two that load the same, the one that asks for more stands first.
    static List<Selector> all() {
        return ALL;
    }

    private Selector(
            String text, DataType type, Guard guard, Function<Register, Expression> loader) {
        this.text = text;
        this.type = type;
        this.guard = guard;
        this.loader = loader;
    }

    private static Function<Register, Expression> meta(MetaKey key) {
        return to -> new Meta(key, to);
    }

    private static Function<Register, Expression> fib(Fib.Flag of) {
        return to -> new Fib(Fib.Result.ADDRESS_TYPE, Set.of(of), to);
    }

    private static Function<Register, Expression> network(int offset, int bytes) {
        return to -> new Payload(Payload.Base.NETWORK, offset, bytes, to);
    }

    private static Function<Register, Expression> transport(int offset, int bytes) {
        return to -> new Payload(Payload.Base.TRANSPORT, offset, bytes, to);
    }

    /// What its data are.
    public DataType type() {
        return type;
    }

    /// What must hold for it to mean anything.
    public Guard guard() {
        return guard;
    }

    /// The expression that loads it.
    public Expression load(Register destination) {
        return loader.apply(destination);
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return text;
    }
}
