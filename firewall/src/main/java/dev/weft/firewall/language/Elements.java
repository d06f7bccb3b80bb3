package dev.weft.firewall.language;

import dev.weft.firewall.Element;
import dev.weft.firewall.ElementAttributes;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the elements of a set or map, in order.
///
/// Where a set has ranges, the kernel keeps two elements for each: where it begins, and, flagged as
/// an end, the first key behind it. Keys of several parts have both ends in one element.
final class Elements {
    private static final int INTERVAL_END = 1;
    private static final int CATCH_ALL = 2;

    private final SetContent set;
    private final Layout key;
    private final boolean backwards;

    private Elements(SetContent set, Layout key) {
        this.set = set;
        this.key = key;
        this.backwards = !set.hasBounds() && key.parts().size() == 1 && isBackwards(key);
    }

    /// `nft` sorts keys as numbers; text and what is in the machine's order count from the end.
    private static boolean isBackwards(Layout key) {
        Typing only = key.parts().getFirst();
        return only.machineOrder() || only.isText();
    }

    /// @param key how keys are kept, as far as that is known
    static Elements of(SetContent set, Layout key) {
        return new Elements(set, key);
    }

    /// An element with what it is sorted by.
    ///
    /// @param key as the kernel keeps it
    /// @param order by which it is sorted, as a number in network order
    private record Entry(Element element, Slice key, Slice order, int flags) {
        boolean isEnd() {
            return (flags & INTERVAL_END) != 0;
        }
    }

    List<Term> read() {
        List<Entry> entries = new ArrayList<>(set.elements().size());
        List<Term> last = new ArrayList<>(1);
        for (Element element : set.elements()) {
            int flags = element.attributes().orElse(ElementAttributes.FLAGS, 0);
            Slice value = datum(element, ElementAttributes.KEY);
            if ((flags & CATCH_ALL) != 0) {
                last.add(term(element, new Term.AnyKey()));
            } else if (value != null) {
                entries.add(new Entry(element, value, order(value), flags));
            }
        }
        if (!set.has(SetFlag.INTERVAL) || set.hasBounds()) {
            // Of equals, `nft` has the last one first.
            entries = new ArrayList<>(entries.reversed());
            entries.sort(ORDER);
        }
        List<Term> terms = set.hasBounds() ? ranges(entries) : singles(entries);
        terms.addAll(last);
        return terms;
    }

    /// What `nft` sorts by: of several parts, all their bytes as one number whose last byte weighs
    /// most; of bits, the lowest one.
    private Slice order(Slice value) {
        if (key.parts().size() > 1) {
            return Bits.reversed(key.packed(value));
        }
        Slice number = backwards ? Bits.turned(value) : value;
        return !set.hasBounds() && key.parts().getFirst().isBits() ? Bits.lowest(number) : number;
    }

    private static final Comparator<Entry> ORDER =
            (left, right) -> {
                int difference = Bits.compare(left.order, right.order);
                return difference != 0 ? difference : Boolean.compare(right.isEnd(), left.isEnd());
            };

    private static @Nullable Slice datum(
            Element element, dev.weft.linux.netlink.Attribute<Attributes> attribute) {
        Attributes data = element.attributes().find(attribute).orElse(null);
        if (data == null) {
            return null;
        }
        try {
            return Data.decode(data) instanceof Datum datum ? datum.bytes() : null;
        } catch (MalformedMessageException _) {
            return null;
        }
    }

    private List<Term> singles(List<Entry> entries) {
        List<Term> terms = new ArrayList<>(entries.size() + 1);
        for (Entry entry : entries) {
            Slice end = datum(entry.element, ElementAttributes.KEY_END);
            terms.add(
                    term(
                            entry.element,
                            end == null ? key.term(entry.key) : key.range(entry.key, end)));
        }
        return terms;
    }

    private List<Term> ranges(List<Entry> entries) {
        List<Term> terms = new ArrayList<>(entries.size() / 2 + 1);
        Entry open = null;
        for (Entry entry : entries) {
            if (open != null) {
                terms.add(range(open, Bits.before(entry.key)));
            }
            open = entry.isEnd() ? null : entry;
        }
        if (open != null) {
            terms.add(range(open, Bits.ones(open.key.length())));
        }
        return terms;
    }

    private Term range(Entry from, Slice to) {
        return term(from.element, key.range(from.key, to));
    }

    private Term term(Element element, Term key) {
        Term whole = withState(element, key);
        if (!set.has(SetFlag.MAP) && !set.has(SetFlag.OBJECT)) {
            return whole;
        }
        Term data = data(element);
        return data == null ? whole : new Term.Mapping(whole, data);
    }

    private static Term withState(Element element, Term key) {
        Attributes attributes = element.attributes();
        Duration timeout = millis(attributes.orElse(ElementAttributes.TIMEOUT, 0L));
        Duration expires = millis(attributes.orElse(ElementAttributes.EXPIRATION, 0L));
        String comment =
                attributes.has(ElementAttributes.USER_DATA) ? element.comment().orElse(null) : null;
        List<Statement> state = state(attributes);
        return timeout == null && expires == null && comment == null && state.isEmpty()
                ? key
                : new Term.Element(key, timeout, expires, comment, state);
    }

    private static @Nullable Duration millis(long count) {
        return count <= 0 ? null : Duration.ofMillis(count);
    }

    private static List<Statement> state(Attributes attributes) {
        if (!attributes.has(ElementAttributes.EXPRESSION)
                && !attributes.has(ElementAttributes.EXPRESSIONS)) {
            return List.of();
        }
        List<Attributes> all =
                attributes
                        .find(ElementAttributes.EXPRESSION)
                        .map(List::of)
                        .orElseGet(
                                () -> attributes.orElse(ElementAttributes.EXPRESSIONS, List.of()));
        List<Expression> expressions = new ArrayList<>(all.size());
        for (Attributes one : all) {
            try {
                expressions.add(ExpressionAttributes.decode(one));
            } catch (MalformedMessageException _) {
                return List.of();
            }
        }
        return new RuleReader(Family.INET, new Sets(Map.of())).read(expressions);
    }

    private @Nullable Term data(Element element) {
        String object = element.attributes().find(ElementAttributes.OBJECT).orElse(null);
        if (object != null) {
            return new Term.Name(object);
        }
        Attributes data = element.attributes().find(ElementAttributes.DATA).orElse(null);
        if (data == null) {
            return null;
        }
        try {
            return switch (Data.decode(data)) {
                case Verdict verdict -> new Term.Verdict(verdict);
                case Datum datum -> set.data().datum(datum.bytes());
            };
        } catch (MalformedMessageException _) {
            return null;
        }
    }
}
