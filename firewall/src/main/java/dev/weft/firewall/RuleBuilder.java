package dev.weft.firewall;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.CtKey;
import dev.weft.firewall.expression.CtSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Guard;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Log;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.Masquerade;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.Nat;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.NoTrack;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.Redirect;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.RegisterRange;
import dev.weft.firewall.expression.Reject;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Puts a rule together from matches and statements, in the order in which it shall read.
///
/// ```java
/// Rule rule = Rule.in(postrouting)
///         .source(IpPrefix.parse("172.17.0.0/24"))
///         .match(Selector.OIFNAME, Operator.NOT_EQUAL, Datum.interfaceName("br0"))
///         .masquerade(NatFlag.FULLY_RANDOM);
/// ```
///
/// Registers are chosen here, and what a match needs to mean anything (IPv4 in a table that sees
/// IPv6 too, TCP before a TCP port) is asked for once, as `nft` does. A method that decides about
/// the packet ends the rule.
public final class RuleBuilder {
    private final Chain chain;
    private final List<Expression> expressions = new ArrayList<>();
    private final Set<Guard> guarded = EnumSet.of(Guard.NONE);

    RuleBuilder(Chain chain) {
        this.chain = chain;
    }

    /// Appends an expression as it is.
    public RuleBuilder add(Expression expression) {
        expressions.add(expression);
        return this;
    }

    private RuleBuilder guard(Guard guard) {
        if (guarded.add(guard)) {
            expressions.addAll(guard.expressions(chain.family()));
        }
        return this;
    }

    /// Goes on only when something of the packet compares as asked.
    public RuleBuilder match(Selector selector, Operator operator, Datum value) {
        return guard(selector.guard())
                .add(selector.load(Register.FIRST))
                .add(new Compare(operator, Register.FIRST, value));
    }

    /// Goes on only when something of the packet has a value.
    public RuleBuilder match(Selector selector, Datum value) {
        return match(selector, Operator.EQUAL, value);
    }

    /// Goes on only when something of the packet lies in a range, both ends included.
    public RuleBuilder between(Selector selector, Datum lowest, Datum highest) {
        return match(selector, Operator.AT_LEAST, lowest)
                .add(new Compare(Operator.AT_MOST, Register.FIRST, highest));
    }

    /// Goes on only when the bits of a mask compare with a value as asked.
    public RuleBuilder masked(Selector selector, Datum mask, Operator operator, Datum value) {
        return guard(selector.guard())
                .add(selector.load(Register.FIRST))
                .add(bitwise(mask, zeros(mask)))
                .add(new Compare(operator, Register.FIRST, value));
    }

    private static Bitwise bitwise(Datum mask, Datum xor) {
        return new Bitwise(Register.FIRST, Register.FIRST, mask, xor);
    }

    private static Datum zeros(Datum like) {
        return Datum.of(new byte[like.bytes().length()]);
    }

    /// Goes on only when the packet came in by an interface of this name.
    public RuleBuilder inputInterface(String name) {
        return match(Selector.IIFNAME, Datum.interfaceName(name));
    }

    /// Goes on only when the packet leaves by an interface of this name.
    public RuleBuilder outputInterface(String name) {
        return match(Selector.OIFNAME, Datum.interfaceName(name));
    }

    /// Goes on only when the packet comes from a network.
    public RuleBuilder source(IpPrefix network) {
        return network(network, Selector.IP_SADDR, Selector.IP6_SADDR, Operator.EQUAL);
    }

    /// Goes on only when the packet comes from elsewhere than a network.
    public RuleBuilder notSource(IpPrefix network) {
        return network(network, Selector.IP_SADDR, Selector.IP6_SADDR, Operator.NOT_EQUAL);
    }

    /// Goes on only when the packet goes to a network.
    public RuleBuilder destination(IpPrefix network) {
        return network(network, Selector.IP_DADDR, Selector.IP6_DADDR, Operator.EQUAL);
    }

    /// Goes on only when the packet goes elsewhere than to a network.
    public RuleBuilder notDestination(IpPrefix network) {
        return network(network, Selector.IP_DADDR, Selector.IP6_DADDR, Operator.NOT_EQUAL);
    }

    /// A prefix of whole bytes is compared by loading no more than those, any other by a mask.
    private RuleBuilder network(IpPrefix network, Selector ipv4, Selector ipv6, Operator operator) {
        Selector selector = network.address() instanceof Inet4Address ? ipv4 : ipv6;
        Datum address = Datum.address(network.network().address());
        int bits = network.length();
        if (bits == 0 || bits % Byte.SIZE != 0) {
            return masked(selector, prefixMask(network), operator, address);
        }
        int bytes = bits / Byte.SIZE;
        Payload whole = (Payload) selector.load(Register.FIRST);
        return guard(selector.guard())
                .add(new Payload(whole.base(), whole.offset(), bytes, Register.FIRST))
                .add(
                        new Compare(
                                operator,
                                Register.FIRST,
                                new Datum(address.bytes().part(0, bytes))));
    }

    private static Datum prefixMask(IpPrefix network) {
        byte[] ones = new byte[network.address().getAddress().length];
        Arrays.fill(ones, (byte) 0xff);
        IpPrefix mask = new IpPrefix(IpPrefix.addressOf(ones), network.length());
        return Datum.address(mask.network().address());
    }

    /// Goes on only when the packet has a destination port.
    ///
    /// @param selector [Selector#TCP_DPORT] or another port
    public RuleBuilder port(Selector selector, int port) {
        return match(selector, Datum.port(port));
    }

    /// Goes on only when the packet's connection is in one of some states.
    public RuleBuilder connectionState(CtState... states) {
        int bits = Arrays.stream(states).mapToInt(CtState::bit).reduce(0, (a, b) -> a | b);
        return masked(Selector.CT_STATE, Datum.u32(bits), Operator.NOT_EQUAL, Datum.u32(0));
    }

    /// Goes on only when the packet's destination is an address of this machine.
    public RuleBuilder destinationIsLocal() {
        int local = 2;
        return match(Selector.FIB_DADDR_TYPE, Datum.u32(local));
    }

    /// Goes on only when a set contains what the selectors load.
    public RuleBuilder in(NftSet set, Selector... key) {
        Register first = loadKey(key);
        return add(new Lookup(set.name(), first, false));
    }

    /// Goes on only when a set does not contain what the selectors load.
    public RuleBuilder notIn(NftSet set, Selector... key) {
        Register first = loadKey(key);
        return add(new Lookup(set.name(), first, true));
    }

    private Register loadKey(Selector... key) {
        for (Selector part : key) {
            guard(part.guard());
        }
        Register at = Register.FIRST;
        for (Selector part : key) {
            add(part.load(at));
            at = part == key[key.length - 1] ? at : at.after(part.type().bytes());
        }
        return Register.FIRST;
    }

    /// Counts what gets here.
    public RuleBuilder counter() {
        return add(new Counter(0, 0));
    }

    /// Writes what gets here to the kernel's log, as a warning.
    ///
    /// @param prefix of the line, at most 127 bytes; empty for none
    public RuleBuilder log(String prefix) {
        int warning = 4;
        return add(new Log(prefix, warning));
    }

    /// Sets those bits of the packet's mark that a mask has.
    public RuleBuilder setMark(int value, int mask) {
        if (mask == -1) {
            add(new Immediate(Register.FIRST, Datum.u32(value)));
        } else {
            add(Selector.MARK.load(Register.FIRST));
            add(bitwise(Datum.u32(~mask), Datum.u32(value & mask)));
        }
        return add(new MetaSet(MetaKey.MARK, Register.FIRST));
    }

    /// Keeps the packet's mark with its connection.
    public RuleBuilder saveMark() {
        return add(Selector.MARK.load(Register.FIRST)).add(new CtSet(CtKey.MARK, Register.FIRST));
    }

    /// Gives the packet the mark of its connection.
    public RuleBuilder restoreMark() {
        return add(Selector.CT_MARK.load(Register.FIRST))
                .add(new MetaSet(MetaKey.MARK, Register.FIRST));
    }

    /// Keeps the packet away from connection tracking.
    public Rule noTrack() {
        return add(new NoTrack()).rule();
    }

    /// Rewrites the source to the address of the interface that the packet leaves by.
    public Rule masquerade(NatFlag... flags) {
        return add(new Masquerade(null, Set.of(flags))).rule();
    }

    /// Rewrites the source to an address.
    public Rule sourceNat(InetAddress address, NatFlag... flags) {
        return nat(Nat.Kind.SOURCE, address, flags);
    }

    /// Rewrites the destination to an address, and keeps the port.
    public Rule destinationNat(InetAddress address, NatFlag... flags) {
        return nat(Nat.Kind.DESTINATION, address, flags);
    }

    private Rule nat(Nat.Kind kind, InetAddress address, NatFlag... flags) {
        add(new Immediate(Register.FIRST, Datum.address(address)));
        return add(new Nat(
                        kind,
                        familyOf(address),
                        RegisterRange.of(Register.FIRST),
                        null,
                        with(NatFlag.ADDRESS_GIVEN, flags)))
                .rule();
    }

    /// Rewrites the destination to an address and a port.
    public Rule destinationNat(InetAddress address, int port, NatFlag... flags) {
        Datum to = Datum.address(address);
        Register behind = Register.FIRST.after(Register.LARGE_BYTES);
        add(new Immediate(Register.FIRST, to)).add(new Immediate(behind, Datum.port(port)));
        return addressAndPort(familyOf(address), behind, flags);
    }

    /// Rewrites the destination to the address and port that a map has for what the selectors load.
    ///
    /// @param map to a concatenation of an address and a port
    public Rule destinationNat(NftSet map, Selector... key) {
        DataType address =
                map.data()
                        .filter(types -> types.size() == 2 && types.getFirst().isAddress())
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        map + " does not lead to an address and a port"))
                        .getFirst();
        Register first = loadKey(key);
        add(new MapLookup(map.name(), first, Register.FIRST));
        Family family = address == DataType.IPV4_ADDR ? Family.IP : Family.IP6;
        return addressAndPort(family, Register.FIRST.after(address.bytes()));
    }

    private Rule addressAndPort(Family family, Register port, NatFlag... flags) {
        Set<NatFlag> all = with(NatFlag.ADDRESS_GIVEN, flags);
        all.add(NatFlag.PORT_GIVEN);
        return add(new Nat(
                        Nat.Kind.DESTINATION,
                        family,
                        RegisterRange.of(Register.FIRST),
                        RegisterRange.of(port),
                        all))
                .rule();
    }

    /// Rewrites the destination to a port of this machine.
    public Rule redirect(int port) {
        add(new Immediate(Register.FIRST, Datum.port(port)));
        return add(new Redirect(RegisterRange.of(Register.FIRST), Set.of(NatFlag.PORT_GIVEN)))
                .rule();
    }

    private static Set<NatFlag> with(NatFlag one, NatFlag... more) {
        Set<NatFlag> all = EnumSet.of(one);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static Family familyOf(InetAddress address) {
        return address instanceof Inet4Address ? Family.IP : Family.IP6;
    }

    /// Decides as a map to verdicts says for what the selectors load.
    public Rule verdict(NftSet map, Selector... key) {
        Register first = loadKey(key);
        return add(new MapLookup(map.name(), first, Register.VERDICT)).rule();
    }

    /// Decides.
    public Rule verdict(Verdict verdict) {
        return add(new Immediate(Register.VERDICT, verdict)).rule();
    }

    /// Lets the packet go on.
    public Rule accept() {
        return verdict(Verdict.ACCEPT);
    }

    /// Makes the packet vanish.
    public Rule drop() {
        return verdict(Verdict.DROP);
    }

    /// Answers the packet with a refusal. A TCP reset asks for TCP first.
    public Rule reject(Reject reject) {
        if (reject.kind() == Reject.Kind.TCP_RESET) {
            guard(Guard.TCP);
        }
        return add(reject).rule();
    }

    /// Goes on with a chain.
    public Rule jump(Chain target) {
        return verdict(Verdict.jump(target.name()));
    }

    /// The rule as it is by now, for one that does not decide.
    public Rule rule() {
        return Rule.of(chain, expressions);
    }
}
