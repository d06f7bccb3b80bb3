package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;
import java.util.Set;
import java.util.function.Function;

/// A part or property of a packet that a rule can look at: how it is loaded, what type it has, what
/// must hold before, and how it reads. Where fields of headers stand is told by [HeaderFields].
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

    /// Where a frame comes from, in tables of bridges and devices.
    public static final Selector ETHER_SADDR = field(Header.ETHER, "saddr", Guard.NONE);

    public static final Selector IP_PROTOCOL = field(Header.IP, "protocol", Guard.IPV4);
    public static final Selector IP_SADDR = field(Header.IP, "saddr", Guard.IPV4);
    public static final Selector IP_DADDR = field(Header.IP, "daddr", Guard.IPV4);
    public static final Selector IP6_SADDR = field(Header.IP6, "saddr", Guard.IPV6);
    public static final Selector IP6_DADDR = field(Header.IP6, "daddr", Guard.IPV6);
    public static final Selector TCP_SPORT = field(Header.TCP, "sport", Guard.TCP);
    public static final Selector TCP_DPORT = field(Header.TCP, "dport", Guard.TCP);
    public static final Selector UDP_SPORT = field(Header.UDP, "sport", Guard.UDP);
    public static final Selector UDP_DPORT = field(Header.UDP, "dport", Guard.UDP);
    public static final Selector SCTP_SPORT = field(Header.SCTP, "sport", Guard.SCTP);
    public static final Selector SCTP_DPORT = field(Header.SCTP, "dport", Guard.SCTP);
    public static final Selector ICMP_TYPE = field(Header.ICMP, "type", Guard.ICMP);
    public static final Selector ICMPV6_TYPE = field(Header.ICMPV6, "type", Guard.ICMPV6);

    /// The source port of whatever protocol has one.
    public static final Selector TH_SPORT = field(Header.TH, "sport", Guard.NONE);

    /// The destination port of whatever protocol has one.
    public static final Selector TH_DPORT = field(Header.TH, "dport", Guard.NONE);

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

    private static Selector field(Header header, String name, Guard guard) {
        HeaderField field = HeaderFields.find(header, name).orElseThrow();
        return of(field.toString(), field.type(), guard, field::load);
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
