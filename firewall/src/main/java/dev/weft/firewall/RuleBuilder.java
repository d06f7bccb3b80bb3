package dev.weft.firewall;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.CtKey;
import dev.weft.firewall.expression.CtSet;
import dev.weft.firewall.expression.DynamicSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.FlowOffload;
import dev.weft.firewall.expression.Guard;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Limit;
import dev.weft.firewall.expression.Log;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.Masquerade;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.Nat;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.NoTrack;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.expression.Queue;
import dev.weft.firewall.expression.Quota;
import dev.weft.firewall.expression.Redirect;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.RegisterRange;
import dev.weft.firewall.expression.Reject;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.expression.TransparentProxy;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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

    private RuleBuilder addAll(List<Expression> more) {
        expressions.addAll(more);
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

    private RuleBuilder network(IpPrefix network, Selector ipv4, Selector ipv6, Operator operator) {
        Selector selector = network.address() instanceof Inet4Address ? ipv4 : ipv6;
        return guard(selector.guard())
                .addAll(NetworkMatch.expressions(network, selector, operator));
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

    /// Goes on only as often as a rate of packets allows.
    ///
    /// @param per seconds, minutes, hours or days
    /// @param burst how many more at once
    public RuleBuilder limit(long packets, TimeUnit per, int burst) {
        return add(new Limit(packets, per.toSeconds(1), burst, false, false));
    }

    /// Goes on only until some bytes have passed.
    public RuleBuilder quota(long bytes) {
        return add(new Quota(bytes, 0, Set.of()));
    }

    /// Applies a named object of the table.
    public RuleBuilder apply(NftObject object) {
        ObjectType type =
                object.type()
                        .orElseThrow(() -> new InvalidRequestException(object + " has no type"));
        return add(new ObjectReference(type.number(), object.name()));
    }

    /// Writes what gets here to the kernel's log, as a warning.
    ///
    /// @param prefix of the line, at most 127 bytes; empty for none
    public RuleBuilder log(String prefix) {
        int warning = 4;
        return add(new Log(prefix, warning));
    }

    /// Writes what gets here to the kernel's log, or gives it to a program.
    ///
    /// @param prefix of the line, at most 127 bytes; empty for none
    public RuleBuilder log(String prefix, Log.Destination destination) {
        return add(new Log(prefix, destination));
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

    /// Gives the packet's connection a mark.
    public RuleBuilder setConnectionMark(int mark) {
        return set(Datum.u32(mark), new CtSet(CtKey.MARK, Register.FIRST));
    }

    /// Gives the packet's connection a label beside those it has.
    ///
    /// @param label 0 to 127
    public RuleBuilder setConnectionLabel(int label) {
        return set(Datum.label(label), new CtSet(CtKey.LABELS, Register.FIRST));
    }

    /// Has the packet's connection looked for in a zone, for which addresses in use elsewhere are
    /// free. Only before connection tracking, in a chain of [Priority#RAW].
    ///
    /// @param zone 0 to 65,535
    public RuleBuilder setConnectionZone(int zone) {
        return set(Datum.u16(zone), new CtSet(CtKey.ZONE, Register.FIRST));
    }

    /// Gives the packet a class of the queueing discipline that it will meet.
    ///
    /// @param major 0 to 65,535
    /// @param minor 0 to 65,535
    public RuleBuilder setPriority(int major, int minor) {
        int priority = major << Short.SIZE | minor;
        return set(Datum.u32(priority), new MetaSet(MetaKey.PRIORITY, Register.FIRST));
    }

    private RuleBuilder set(Datum value, Expression where) {
        return add(new Immediate(Register.FIRST, value)).add(where);
    }

    /// Adds what the selectors load to a set, unless it is there.
    ///
    /// @param timeout how long it stays; zero for as long as the set says
    public RuleBuilder addTo(NftSet set, Duration timeout, Selector... key) {
        return change(DynamicSet.Operation.ADD, set, timeout, key);
    }

    /// Adds what the selectors load to a set, or has it stay for its whole time anew.
    ///
    /// @param timeout how long it stays; zero for as long as the set says
    public RuleBuilder updateIn(NftSet set, Duration timeout, Selector... key) {
        return change(DynamicSet.Operation.UPDATE, set, timeout, key);
    }

    /// Removes what the selectors load from a set.
    public RuleBuilder deleteFrom(NftSet set, Selector... key) {
        return change(DynamicSet.Operation.DELETE, set, Duration.ZERO, key);
    }

    private RuleBuilder change(
            DynamicSet.Operation operation, NftSet set, Duration timeout, Selector... key) {
        Register first = loadKey(key);
        return add(
                new DynamicSet(
                        operation,
                        set.name(),
                        null,
                        first,
                        null,
                        timeout.toMillis(),
                        false,
                        List.of()));
    }

    /// Hands the packet's connection to a flowtable.
    public RuleBuilder offload(Flowtable flowtable) {
        return add(new FlowOffload(flowtable.name()));
    }

    /// Gives the packet to a socket of this machine that listens on a port, without changing it.
    public RuleBuilder transparentProxy(int port) {
        return set(Datum.port(port), new TransparentProxy(null, null, Register.FIRST));
    }

    /// Has a program decide about the packet.
    ///
    /// @param first the first queue, 0 to 65,535
    /// @param count how many queues from there on share the packets
    public Rule queue(int first, int count, Queue.Flag... flags) {
        return add(new Queue(first, count, Set.of(flags))).rule();
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
        return sourceNat(NatTarget.of(address), flags);
    }

    /// Rewrites the source.
    public Rule sourceNat(NatTarget target, NatFlag... flags) {
        return addAll(target.expressions(Nat.Kind.SOURCE, flags)).rule();
    }

    /// Rewrites the destination to an address, and keeps the port.
    public Rule destinationNat(InetAddress address, NatFlag... flags) {
        return destinationNat(NatTarget.of(address), flags);
    }

    /// Rewrites the destination to an address and a port.
    public Rule destinationNat(InetAddress address, int port, NatFlag... flags) {
        return destinationNat(NatTarget.of(address).port(port), flags);
    }

    /// Rewrites the destination.
    public Rule destinationNat(NatTarget target, NatFlag... flags) {
        return addAll(target.expressions(Nat.Kind.DESTINATION, flags)).rule();
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
        Register port = Register.FIRST.after(address.bytes());
        return add(new Nat(
                        Nat.Kind.DESTINATION,
                        address == DataType.IPV4_ADDR ? Family.IP : Family.IP6,
                        RegisterRange.of(Register.FIRST),
                        RegisterRange.of(port),
                        Set.of(NatFlag.ADDRESS_GIVEN, NatFlag.PORT_GIVEN)))
                .rule();
    }

    /// Rewrites the destination to a port of this machine.
    public Rule redirect(int port) {
        return redirect(new NatTarget.Ports(port, port));
    }

    /// Rewrites the destination to one of some ports of this machine.
    public Rule redirect(NatTarget.Ports ports, NatFlag... flags) {
        RegisterRange loaded = ports.load(Register.FIRST, expressions);
        return add(new Redirect(loaded, EnumSet.of(NatFlag.PORT_GIVEN, flags))).rule();
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

    /// Goes on with a chain, and afterwards behind this rule.
    public Rule jump(Chain target) {
        return verdict(Verdict.jump(target.name()));
    }

    /// Goes on with a chain for good.
    public Rule goTo(Chain target) {
        return verdict(Verdict.goTo(target.name()));
    }

    /// Goes back to the chain that jumped here.
    public Rule returnToCaller() {
        return verdict(Verdict.RETURN);
    }

    /// The rule as it is by now, for one that does not decide.
    public Rule rule() {
        return Rule.of(chain, expressions);
    }
}
