package dev.weft.firewall.expression;

import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Expressions of every kind, in the variants that differ in their attributes.
public final class ExpressionSamples {
    private static final Register FIRST = Register.FIRST;
    private static final Register SECOND = new Register(1);
    private static final Datum WORD = Datum.u32(0x01020304);

    private ExpressionSamples() {}

    public static List<Expression> all() {
        return Stream.of(loads(), computations(), decisions(), addresses(), state(), elsewhere())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Expression> loads() {
        Payload payload = new Payload(Payload.Base.NETWORK, 12, 4, new Register(15));
        return List.of(
                payload,
                new Payload(Payload.Base.INNER, 0, 16, FIRST),
                new PayloadSet(
                        Payload.Base.NETWORK, 8, 2, FIRST, PayloadSet.Checksum.INTERNET, 10, true),
                new ExtensionHeader(ExtensionHeader.Protocol.IPV6, 44, 0, 1, true, FIRST),
                new ExtensionHeader(ExtensionHeader.Protocol.TCP, 2, 2, 2, false, FIRST),
                new ExtensionHeaderSet(ExtensionHeader.Protocol.TCP, 2, 2, 2, FIRST),
                new ExtensionHeaderReset(ExtensionHeader.Protocol.TCP, 4),
                new Meta(MetaKey.IIFNAME, FIRST),
                new MetaSet(MetaKey.MARK, FIRST),
                new Ct(CtKey.STATE, new Register(4)),
                new Ct(CtKey.SOURCE_IP, Ct.Direction.REPLY, FIRST),
                new CtSet(CtKey.MARK, FIRST),
                new CtSet(CtKey.ZONE, Ct.Direction.ORIGINAL, FIRST),
                new Fib(Fib.Result.ADDRESS_TYPE, Set.of(Fib.Flag.DESTINATION_ADDRESS), FIRST),
                new Fib(Fib.Result.OIF, Set.of(Fib.Flag.MARK, Fib.Flag.PRESENT), FIRST),
                new Inner(0, 1, Set.of(Inner.Flag.HEADER, Inner.Flag.NETWORK), 8, payload),
                new OsFingerprint(OsFingerprint.TimeToLive.SKIP, true, FIRST),
                new RouteLoad(RouteLoad.Key.TCP_SEGMENT_SIZE, FIRST),
                new Socket(Socket.Key.WILDCARD, null, FIRST),
                new Socket(Socket.Key.CONTROL_GROUP, 2, FIRST),
                new Tunnel(Tunnel.Key.ID, Tunnel.Mode.RECEIVED, FIRST),
                new Xfrm(Xfrm.Key.REQUEST_ID, Xfrm.Direction.OUT, 1, FIRST));
    }

    private static List<Expression> computations() {
        return List.of(
                new Bitwise(FIRST, SECOND, WORD, WORD),
                new BitwiseData(Bitwise.Operation.SHIFT_LEFT, FIRST, SECOND, 4, WORD),
                new BitwiseData(Bitwise.Operation.OR, FIRST, SECOND, 4, WORD),
                new BitwiseRegisters(Bitwise.Operation.XOR, FIRST, SECOND, FIRST, 4),
                new ByteOrder(ByteOrder.Conversion.TO_NETWORK, FIRST, SECOND, 16, 8),
                new Hash(FIRST, 8, FIRST, 16, 0xdead, 100),
                new Hash(FIRST, 8, FIRST, 16, null, 0),
                new SymmetricHash(FIRST, 2, 0),
                new SymmetricHash(FIRST, 2, 7),
                new NumberGenerator(NumberGenerator.Kind.RANDOM, 10, 5, FIRST),
                new Immediate(FIRST, WORD));
    }

    private static List<Expression> decisions() {
        return List.of(
                new Compare(Compare.Operator.AT_LEAST, FIRST, Datum.port(80)),
                new Range(true, FIRST, Datum.port(1), Datum.port(9)),
                new Immediate(Register.VERDICT, Verdict.jump("web")),
                new Lookup("known", FIRST, true),
                new Lookup("__set%d", 7, FIRST, false),
                new MapLookup("ports", FIRST, Register.VERDICT),
                new MapLookup("__map%d", 8, FIRST, FIRST),
                new Reject(Reject.Kind.ICMPX_UNREACHABLE, 3),
                new Reject(Reject.Kind.TCP_RESET, 0),
                new NoTrack(),
                new Queue(0, 1, Set.of()),
                new Queue(3, 4, Set.of(Queue.Flag.BYPASS, Queue.Flag.FANOUT)),
                new QueueByRegister(FIRST, Set.of(Queue.Flag.BYPASS)),
                new SynProxy(1460, 7, Set.of(SynProxy.Flag.SEGMENT_SIZE, SynProxy.Flag.TIMESTAMP)),
                new XtMatch("conntrack", 3, Slice.of(new byte[] {1, 2, 3, 4})),
                new XtTarget("LOG", 0, Slice.of(new byte[] {5, 6, 7, 8})));
    }

    private static List<Expression> addresses() {
        return List.of(
                new Nat(
                        Nat.Kind.DESTINATION,
                        Family.IP6,
                        RegisterRange.of(FIRST),
                        new RegisterRange(new Register(4), new Register(8)),
                        Set.of(NatFlag.PORT_GIVEN, NatFlag.PERSISTENT)),
                new Nat(Nat.Kind.SOURCE, Family.IP, RegisterRange.of(FIRST), null, Set.of()),
                new Masquerade(null, Set.of()),
                new Masquerade(RegisterRange.of(FIRST), Set.of(NatFlag.FULLY_RANDOM)),
                new Redirect(RegisterRange.of(FIRST), Set.of(NatFlag.PORT_GIVEN)),
                new TransparentProxy(null, null, FIRST),
                new TransparentProxy(Family.IP, FIRST, SECOND));
    }

    private static List<Expression> state() {
        return List.of(
                new Counter(7, 1L << 40),
                new Limit(5, 3_600, 10, false, true),
                new Quota(1L << 40, 5, Set.of(Quota.Flag.INVERTED)),
                new ConnectionLimit(20, true),
                new Last(true, 12_345),
                new Last(false, 0),
                new ObjectReference(1, "hits"),
                new ObjectMapReference("counters", FIRST),
                new ObjectMapReference("__map%d", 9, FIRST),
                new DynamicSet(DynamicSet.Operation.ADD, "seen", FIRST),
                new DynamicSet(
                        DynamicSet.Operation.UPDATE,
                        "seen",
                        3,
                        FIRST,
                        SECOND,
                        60_000,
                        true,
                        List.of(new Counter(0, 0), new Limit(1, 1, 5, false, false))),
                new DynamicSet(
                        DynamicSet.Operation.DELETE,
                        "seen",
                        null,
                        FIRST,
                        null,
                        0,
                        false,
                        List.of(
                                new UnknownExpression(
                                        "later",
                                        Attributes.empty(ExpressionKind.table("later"))))));
    }

    private static List<Expression> elsewhere() {
        return List.of(
                new Log("dropped ", 6),
                new Log("", new Log.Kernel(8, Set.of(Log.Flag.USER, Log.Flag.LINK_HEADER))),
                new Log("seen ", new Log.Group(5, 128, 20)),
                new Log("", new Log.Group(0, null, 0)),
                new Duplicate(FIRST, SECOND),
                new Duplicate(null, FIRST),
                new Forward(FIRST, null, null),
                new Forward(FIRST, SECOND, Family.IP6),
                new FlowOffload("fast"));
    }
}
