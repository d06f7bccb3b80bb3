package dev.weft.firewall;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.BitwiseData;
import dev.weft.firewall.expression.BitwiseRegisters;
import dev.weft.firewall.expression.ByteOrder;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.ConnectionLimit;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Ct;
import dev.weft.firewall.expression.CtSet;
import dev.weft.firewall.expression.Duplicate;
import dev.weft.firewall.expression.DynamicSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.expression.ExtensionHeaderReset;
import dev.weft.firewall.expression.ExtensionHeaderSet;
import dev.weft.firewall.expression.Fib;
import dev.weft.firewall.expression.FlowOffload;
import dev.weft.firewall.expression.Forward;
import dev.weft.firewall.expression.Hash;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Inner;
import dev.weft.firewall.expression.Last;
import dev.weft.firewall.expression.Limit;
import dev.weft.firewall.expression.Log;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.Masquerade;
import dev.weft.firewall.expression.Meta;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.Nat;
import dev.weft.firewall.expression.NoTrack;
import dev.weft.firewall.expression.NumberGenerator;
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.expression.OsFingerprint;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.PayloadSet;
import dev.weft.firewall.expression.Queue;
import dev.weft.firewall.expression.QueueByRegister;
import dev.weft.firewall.expression.Quota;
import dev.weft.firewall.expression.Range;
import dev.weft.firewall.expression.Redirect;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Reject;
import dev.weft.firewall.expression.RouteLoad;
import dev.weft.firewall.expression.Socket;
import dev.weft.firewall.expression.SymmetricHash;
import dev.weft.firewall.expression.SynProxy;
import dev.weft.firewall.expression.TransparentProxy;
import dev.weft.firewall.expression.Tunnel;
import dev.weft.firewall.expression.Xfrm;
import dev.weft.firewall.expression.XtMatch;
import dev.weft.firewall.expression.XtTarget;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Rules that together use every kind of expression in every variant that `nft` or the kernel has.
final class ExpressionCases {
    static final String TABLE = "t";

    private static final Place INPUT = new Place(Family.INET, "filter hook input priority 0");
    private static final Place OUTPUT = new Place(Family.INET, "filter hook output priority 0");
    private static final Place FORWARD = new Place(Family.INET, "filter hook forward priority 0");
    private static final Place RAW = new Place(Family.INET, "filter hook prerouting priority -300");
    private static final Place TO_SOCKET =
            new Place(Family.INET, "filter hook prerouting priority 0");
    private static final Place SOURCE_NAT =
            new Place(Family.INET, "nat hook postrouting priority 100");
    private static final Place DESTINATION_NAT =
            new Place(Family.INET, "nat hook prerouting priority -100");
    private static final Place INGRESS =
            new Place(Family.NETDEV, "filter hook ingress device \"lo\" priority 0");
    private static final Place BRIDGE_INPUT =
            new Place(Family.BRIDGE, "filter hook input priority 0");

    private ExpressionCases() {}

    /// Where rules stand.
    private record Place(Family family, String base) {
        Case of(String name, Set<Class<? extends Expression>> expected, String... rules) {
            return new Case(name, family, base, expected, List.of(rules));
        }
    }

    /// Rules in `nft`'s words, and what they must be read as.
    record Case(
            String name,
            Family family,
            String base,
            Set<Class<? extends Expression>> expected,
            List<String> rules) {
        private static final String SETS =
                """
                counter hits { }
                set seen { type TYPE; size 1000; flags dynamic,timeout; timeout 1m; }
                set plain { type TYPE; size 1000; flags dynamic; }
                set known { type TYPE; }
                map marks { type TYPE : mark; }
                map fate { type TYPE : verdict; }
                map learned { type TYPE : inet_service; size 1000; flags dynamic,timeout; timeout 1m; }
                map counters { type TYPE : counter; }
                """;

        String ruleset() {
            String sets = SETS.replace("TYPE", family == Family.IP6 ? "ipv6_addr" : "ipv4_addr");
            String flowtable =
                    rules.getFirst().startsWith("flow")
                            ? "flowtable fast { hook ingress priority 0; devices = { lo }; }\n"
                            : "";
            return "table "
                    + family
                    + " "
                    + TABLE
                    + " {\n"
                    + sets
                    + flowtable
                    + chain("original", rules)
                    + chain("copy", List.of())
                    + "}\n";
        }

        private String chain(String chain, List<String> rules) {
            String head = "chain " + chain + " { type " + base + ";\n";
            return head + String.join("\n", rules) + "\n}\n";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> ofNft() {
        return Stream.of(
                        computations(),
                        packets(),
                        connections(),
                        meta(),
                        sets(),
                        statements(),
                        fates())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Case> computations() {
        return List.of(
                INPUT.of(
                        "bitwise",
                        Set.of(Bitwise.class, BitwiseData.class),
                        "meta mark set meta mark << 8 >> 2",
                        "meta mark set meta mark and 0xff or 0x100"),
                INPUT.of(
                        "byteorder",
                        Set.of(ByteOrder.class, Compare.class, Range.class),
                        "meta length > 100 meta length 1-5 ct bytes > 10",
                        "ip saddr != 10.0.0.1-10.0.0.5"),
                INPUT.of(
                        "hash",
                        Set.of(Hash.class, SymmetricHash.class),
                        "meta mark set jhash ip saddr . tcp dport mod 16 seed 0xdead offset 100",
                        "meta mark set jhash ip saddr mod 2",
                        "meta mark set symhash mod 2",
                        "meta mark set symhash mod 2 offset 100"),
                INPUT.of(
                        "numgen",
                        Set.of(NumberGenerator.class, Immediate.class),
                        "meta mark set numgen inc mod 3 offset 10",
                        "meta mark set numgen random mod 3",
                        "meta mark set 5"));
    }

    private static List<Case> packets() {
        return List.of(
                INPUT.of(
                        "payload",
                        Set.of(Payload.class, PayloadSet.class),
                        "@ih,0,16 5",
                        "ether saddr 00:11:22:33:44:55",
                        "ip dscp set cs1",
                        "ip saddr set 10.0.0.1",
                        "tcp dport set 80",
                        "ether saddr set 00:11:22:33:44:55"),
                FORWARD.of(
                        "exthdr",
                        Set.of(
                                ExtensionHeader.class,
                                ExtensionHeaderSet.class,
                                ExtensionHeaderReset.class),
                        "exthdr frag exists",
                        "rt type 0",
                        "tcp option maxseg size > 1000",
                        "tcp option sack-perm exists",
                        "tcp option maxseg size set 1200",
                        "tcp option maxseg size set rt mtu",
                        "reset tcp option sack-perm",
                        "ip option rr exists",
                        "sctp chunk data tsn 5"),
                INPUT.of(
                        "fib",
                        Set.of(Fib.class),
                        "fib saddr . iif oif missing",
                        "fib daddr . mark oifname \"lo\"",
                        "fib daddr . iif type local"),
                INPUT.of(
                        "osf",
                        Set.of(OsFingerprint.class),
                        "osf name \"Linux\"",
                        "osf ttl skip name \"Linux\"",
                        "osf ttl loose version \"Linux:4.0\""),
                FORWARD.of(
                        "rt",
                        Set.of(RouteLoad.class),
                        "rt classid 5",
                        "rt ip nexthop 10.0.0.1",
                        "rt ip6 nexthop ::1",
                        "rt mtu > 1000",
                        "rt ipsec exists"),
                TO_SOCKET.of(
                        "socket",
                        Set.of(Socket.class),
                        "socket transparent 1",
                        "socket mark 5",
                        "socket wildcard 1"),
                INPUT.of(
                        "xfrm",
                        Set.of(Xfrm.class),
                        "ipsec in reqid 5",
                        "ipsec in spnum 1 ip saddr 10.0.0.1",
                        "ipsec in spi 5"),
                OUTPUT.of("xfrm of what leaves", Set.of(Xfrm.class), "ipsec out ip6 daddr ::1"));
    }

    private static List<Case> connections() {
        return List.of(
                INPUT.of(
                        "ct",
                        Set.of(Ct.class, CtSet.class),
                        "ct state new ct direction reply ct status dnat ct mark 5",
                        "ct original ip saddr 10.0.0.1 ct original ip6 daddr ::1",
                        "ct reply packets > 10 ct original bytes > 5 ct avgpkt > 10",
                        "ct original protocol tcp ct original zone 3",
                        "ct zone 4 ct id 5 ct label 5",
                        "ct helper \"ftp\" ct expiration 10s",
                        "ct mark set 5 ct label set 5 ct event set new,related",
                        "meta secmark set ct secmark",
                        "ct secmark set meta secmark"),
                RAW.of(
                        "ct zone",
                        Set.of(CtSet.class, NoTrack.class),
                        "ct zone set 5",
                        "ct original zone set 5",
                        "notrack"),
                INPUT.of(
                        "connlimit",
                        Set.of(ConnectionLimit.class),
                        "ct count over 3 drop",
                        "ct count 3 accept"));
    }

    private static List<Case> meta() {
        return List.of(
                INPUT.of(
                        "meta",
                        Set.of(Meta.class, MetaSet.class),
                        "meta protocol ip meta priority 1 iif \"lo\" iifname \"lo\" iiftype ether",
                        "meta rtclassid 5 meta random < 5 meta ipsec exists meta iifkind \"dummy\"",
                        "meta time \"2024-01-01\" meta day \"Monday\" meta hour \"10:00\"",
                        "meta sdif \"lo\" meta sdifname \"vrf0\" meta cgroup 5 meta cpu 0",
                        "iifgroup 0 meta skuid 0 meta skgid 0 meta pkttype broadcast",
                        "meta nftrace set 1 meta priority set 0x10001 meta mark set 7"),
                OUTPUT.of(
                        "meta of what leaves",
                        Set.of(Meta.class),
                        "oif \"lo\" oifname \"lo\" oiftype ether meta oifkind \"dummy\" oifgroup 0"),
                BRIDGE_INPUT.of(
                        "meta of bridges",
                        Set.of(Meta.class),
                        "meta ibrname \"br0\" meta ibrpvid 5 meta ibrvproto 8021q"));
    }

    private static List<Case> sets() {
        return List.of(
                INPUT.of(
                        "lookup",
                        Set.of(Lookup.class, MapLookup.class),
                        "ip saddr != @known",
                        "meta mark set ip saddr map @marks",
                        "ip saddr vmap @fate"),
                INPUT.of(
                        "dynset",
                        Set.of(DynamicSet.class),
                        "add @seen { ip saddr timeout 10s }",
                        "update @plain { ip saddr }",
                        "delete @plain { ip saddr }",
                        "update @learned { ip saddr : tcp dport }"),
                INPUT.of(
                        "dynset with an expression",
                        Set.of(DynamicSet.class),
                        "add @plain { ip saddr ct count over 20 } drop"),
                INPUT.of(
                        "dynset with two expressions",
                        Set.of(DynamicSet.class),
                        "update @seen { ip saddr limit rate 5/second counter }"),
                INPUT.of(
                        "objref",
                        Set.of(ObjectReference.class, ObjectMapReference.class),
                        "counter name \"hits\"",
                        "counter name ip saddr map @counters"));
    }

    private static List<Case> statements() {
        return List.of(
                INPUT.of("counter", Set.of(Counter.class), "counter packets 4 bytes 5"),
                INPUT.of(
                        "limit",
                        Set.of(Limit.class),
                        "limit rate 10/minute burst 7 packets",
                        "limit rate over 1 mbytes/second burst 10 kbytes"),
                INPUT.of(
                        "log",
                        Set.of(Log.class),
                        "log prefix \"x: \" level debug flags all",
                        "log",
                        "log level audit",
                        "log group 0",
                        "log group 5 snaplen 128 queue-threshold 20 prefix \"a\""),
                INPUT.of(
                        "quota",
                        Set.of(Quota.class),
                        "quota over 10 mbytes used 5 bytes",
                        "quota 10 mbytes"),
                INPUT.of(
                        "queue",
                        Set.of(Queue.class, QueueByRegister.class),
                        "queue num 3",
                        "queue flags bypass,fanout num 3-7",
                        "queue flags bypass to symhash mod 3"),
                FORWARD.of("flow_offload", Set.of(FlowOffload.class), "flow add @fast"),
                new Place(Family.IP, "filter hook prerouting priority 0")
                        .of(
                                "dup",
                                Set.of(Duplicate.class),
                                "dup to 10.0.0.1 device \"lo\"",
                                "dup to 10.0.0.1"),
                new Place(Family.IP6, "filter hook prerouting priority 0")
                        .of("dup of IPv6", Set.of(Duplicate.class), "dup to fe80::1 device \"lo\""),
                INGRESS.of(
                        "fwd",
                        Set.of(Forward.class, Duplicate.class),
                        "dup to \"lo\"",
                        "fwd to \"lo\"",
                        "fwd ip to 10.0.0.1 device \"lo\""));
    }

    private static List<Case> fates() {
        return List.of(
                INPUT.of(
                        "reject",
                        Set.of(Reject.class),
                        "reject with icmpx admin-prohibited",
                        "reject with tcp reset"),
                SOURCE_NAT.of(
                        "masq",
                        Set.of(Masquerade.class),
                        "masquerade random,persistent",
                        "meta l4proto tcp masquerade to :1024-2048 fully-random"),
                SOURCE_NAT.of(
                        "snat",
                        Set.of(Nat.class),
                        "snat ip to 10.0.0.1-10.0.0.9",
                        "meta l4proto tcp snat ip to 10.0.0.1-10.0.0.9:1024-2048 persistent"),
                DESTINATION_NAT.of(
                        "dnat",
                        Set.of(Nat.class, Redirect.class),
                        "dnat ip prefix to 10.0.0.0/24",
                        "tcp dport 80 dnat ip6 to [::1]:8080",
                        "tcp dport 80 redirect to :8080-8090 random"),
                INPUT.of(
                        "synproxy",
                        Set.of(SynProxy.class),
                        "tcp dport 80 synproxy mss 1460 wscale 7 timestamp sack-perm"),
                TO_SOCKET.of(
                        "tproxy",
                        Set.of(TransparentProxy.class),
                        "tcp dport 80 tproxy to :50080",
                        "tcp dport 80 tproxy ip to 127.0.0.1:50080",
                        "tcp dport 80 tproxy ip6 to [::1]"));
    }

    /// Expressions that this `nft` has no words for, and the release they are new in.
    record Typed(String name, int major, int minor, Family family, List<Expression> expressions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Typed> withoutNft() {
        return List.of(
                new Typed("inner", 6, 2, Family.INET, inner()),
                new Typed("bitwise of registers", 6, 13, Family.INET, bitwiseOfRegisters()),
                new Typed("last", 5, 14, Family.INET, List.of(new Last(false, 0))),
                new Typed(
                        "socket of a control group",
                        5,
                        7,
                        Family.INET,
                        List.of(new Socket(Socket.Key.CONTROL_GROUP, 2, Register.FIRST))),
                new Typed(
                        "tunnel",
                        4,
                        19,
                        Family.NETDEV,
                        List.of(
                                new Tunnel(Tunnel.Key.PATH, Tunnel.Mode.ANY, Register.FIRST),
                                new Tunnel(Tunnel.Key.ID, Tunnel.Mode.RECEIVED, Register.FIRST))),
                new Typed(
                        "match and target",
                        3,
                        14,
                        Family.IP,
                        List.of(
                                new XtMatch("comment", 0, Slice.of(new byte[256])),
                                new XtTarget("MARK", 2, Slice.of(new byte[8])))));
    }

    private static List<Expression> inner() {
        Set<Inner.Flag> vxlan = Set.of(Inner.Flag.values());
        return List.of(
                new Inner(0, 1, vxlan, 8, load(12, Register.FIRST)),
                new Inner(0, 1, vxlan, 8, new Meta(MetaKey.PROTOCOL, Register.FIRST)));
    }

    private static List<Expression> bitwiseOfRegisters() {
        Register one = Register.FIRST;
        Register other = new Register(1);
        return List.of(
                load(12, one),
                load(16, other),
                new BitwiseRegisters(Bitwise.Operation.XOR, one, other, one, 4),
                new BitwiseData(Bitwise.Operation.OR, one, one, 4, Datum.u32(1)));
    }

    private static Payload load(int offset, Register destination) {
        return new Payload(Payload.Base.NETWORK, offset, 4, destination);
    }
}
