package dev.weft.firewall.expression;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A rule as `nft list ruleset` prints it, for the expressions that Weft knows; others show their
/// kernel name and content in brackets.
///
/// The expressions are followed from the first on, keeping what each register holds. A comparison
/// that only guards what follows it (`meta l4proto tcp` before a port) is left out once what
/// follows says the same (`tcp dport`).
public final class RuleText {
    private final List<String> statements = new ArrayList<>();
    private final Registers registers = new Registers();
    private final Map<Payload.Base, Guard> known = new EnumMap<>(Payload.Base.class);

    /// Where the comparison stands that a guard was learnt from, until something makes it needless.
    private final Map<Guard, Integer> guardStatements = new EnumMap<>(Guard.class);

    /// The comparison just read, when it may be the lower end of an interval.
    private @Nullable Compare lowerEnd;

    private RuleText(Family family) {
        known.put(Payload.Base.NETWORK, Guard.of(family));
    }

    /// The text of a rule in a table of a family.
    public static String of(Family family, List<Expression> expressions) {
        RuleText text = new RuleText(family);
        expressions.forEach(text::add);
        return text.statements.stream()
                .filter(statement -> !statement.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private void add(Expression expression) {
        switch (expression) {
            case Payload load -> registers.load(load.destination(), operand(load));
            case Meta load -> load(load, load.destination(), load.key().toString());
            case Ct load -> load(load, load.destination(), load.key().toString());
            case Fib load -> load(load, load.destination(), StatementText.of(load));
            case Bitwise bitwise -> bitwise(bitwise);
            case Compare compare -> compare(compare);
            case Range range -> range(range);
            case Lookup lookup -> lookup(lookup);
            case MapLookup lookup -> mapLookup(lookup);
            case Immediate immediate -> immediate(immediate);
            case MetaSet set -> set(set.key().toString(), set.source());
            case CtSet set -> set(set.key().toString(), set.source());
            case Nat nat -> say(StatementText.of(nat, registers));
            case Masquerade masquerade -> say(StatementText.of(masquerade, registers));
            case Redirect redirect -> say(StatementText.of(redirect, registers));
            case Counter counter -> say(StatementText.of(counter));
            case Limit limit -> say(StatementText.of(limit));
            case Log log -> say(StatementText.of(log));
            case NoTrack _ -> say("notrack");
            case ObjectReference reference -> say(StatementText.of(reference));
            case Reject reject -> say(StatementText.of(reject, networkGuard()));
            case BitwiseData _,
                    BitwiseRegisters _,
                    ByteOrder _,
                    ConnectionLimit _,
                    Duplicate _,
                    DynamicSet _,
                    ExtensionHeader _,
                    ExtensionHeaderReset _,
                    ExtensionHeaderSet _,
                    FlowOffload _,
                    Forward _,
                    Hash _,
                    Inner _,
                    Last _,
                    NumberGenerator _,
                    ObjectMapReference _,
                    OsFingerprint _,
                    PayloadSet _,
                    Queue _,
                    QueueByRegister _,
                    Quota _,
                    RouteLoad _,
                    Socket _,
                    SymmetricHash _,
                    SynProxy _,
                    TransparentProxy _,
                    Tunnel _,
                    Xfrm _,
                    XtMatch _,
                    XtTarget _,
                    UnknownExpression _ ->
                    other(expression);
        }
    }

    private void say(String statement) {
        statements.add(statement);
        lowerEnd = null;
    }

    private Guard networkGuard() {
        return known.getOrDefault(Payload.Base.NETWORK, Guard.NONE);
    }

    private void load(Expression load, Register destination, String otherwise) {
        Operand operand =
                selectors()
                        .filter(selector -> selector.load(destination).equals(load))
                        .findFirst()
                        .map(Operand::of)
                        .orElseGet(() -> Operand.untyped(otherwise, Integer.BYTES));
        registers.load(destination, operand);
    }

    private Operand operand(Payload load) {
        Optional<Selector> selector = selectors().filter(one -> covers(one, load)).findFirst();
        selector.ifPresent(found -> forget(found.guard()));
        return selector.map(Operand::of).orElseGet(() -> Operand.untyped(raw(load), load.bytes()));
    }

    /// Whether a load reads a selector's bytes, or the first of them, as for a short prefix.
    private static boolean covers(Selector selector, Payload load) {
        return selector.load(load.destination()) instanceof Payload whole
                && whole.base() == load.base()
                && whole.offset() == load.offset()
                && (whole.bytes() == load.bytes()
                        || (selector.type().isAddress() && whole.bytes() > load.bytes()));
    }

    private static String raw(Payload load) {
        int bit = load.offset() * Byte.SIZE;
        return "@" + load.base() + "," + bit + "," + load.bytes() * Byte.SIZE;
    }

    /// The selectors that mean something, given what is known of the packet.
    private Stream<Selector> selectors() {
        return Selector.all().stream()
                .filter(selector -> {
                    Guard guard = selector.guard();
                    return guard == Guard.NONE || known.get(guard.layer()) == guard;
                });
    }

    /// Drops the comparison that a guard was learnt from, as what follows implies it.
    private void forget(Guard guard) {
        Integer at = guardStatements.remove(guard);
        if (at != null) {
            statements.set(at, "");
        }
    }

    private void compare(Compare compare) {
        Operand operand = registers.take(compare.source());
        Compare lower = lowerEnd;
        if (lower != null && isUpperEnd(compare, lower)) {
            statements.removeLast();
            say(interval(operand, "", lower.value(), compare.value()));
            return;
        }
        say(operand.compared(compare.operator(), compare.value()));
        lowerEnd = compare.operator() == Compare.Operator.AT_LEAST ? compare : null;
        if (compare.operator() == Compare.Operator.EQUAL) {
            learn(operand, compare.value());
        }
    }

    private static boolean isUpperEnd(Compare compare, Compare lower) {
        return compare.operator() == Compare.Operator.AT_MOST
                && lower.source().equals(compare.source());
    }

    private void range(Range range) {
        String not = range.inverted() ? Compare.Operator.NOT_EQUAL.toString() : "";
        say(interval(registers.take(range.source()), not, range.lowest(), range.highest()));
    }

    private static String interval(Operand operand, String not, Datum lowest, Datum highest) {
        String values = operand.print(lowest) + "-" + operand.print(highest);
        return operand.expressed() + " " + not + values;
    }

    private void learn(Operand operand, Datum value) {
        for (Guard guard : Guard.values()) {
            if (guard.isStatedBy(operand.text(), value)) {
                known.put(guard.layer(), guard);
                guardStatements.put(guard, statements.size() - 1);
            }
        }
    }

    private void bitwise(Bitwise bitwise) {
        Operand before = registers.at(bitwise.source());
        registers.replace(bitwise.destination(), before.masked(bitwise.mask(), bitwise.xor()));
    }

    private void lookup(Lookup lookup) {
        String not = lookup.inverted() ? Compare.Operator.NOT_EQUAL.toString() : "";
        say(registers.takeKey(lookup.key()) + " " + not + "@" + lookup.set());
    }

    private void mapLookup(MapLookup lookup) {
        String key = registers.takeKey(lookup.key());
        if (lookup.destination().equals(Register.VERDICT)) {
            say(key + " vmap @" + lookup.map());
        } else {
            String found = key + " map @" + lookup.map();
            registers.load(lookup.destination(), Operand.untyped(found, Integer.BYTES));
        }
    }

    private void immediate(Immediate immediate) {
        switch (immediate.data()) {
            case Verdict verdict -> say(verdict.toString());
            case Datum datum -> registers.load(immediate.destination(), Operand.of(datum));
        }
    }

    /// What it wrote into which register is not known, so nothing is known of any of them.
    private void other(Expression expression) {
        say("[" + expression.name() + " " + expression.encode() + "]");
        registers.forget();
    }

    private void set(String key, Register source) {
        say(key + " set " + registers.take(source).as(DataType.MARK));
    }
}
