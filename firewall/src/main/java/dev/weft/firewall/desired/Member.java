package dev.weft.firewall.desired;

import dev.weft.firewall.Element;
import dev.weft.firewall.ElementAttributes;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.SetAttributes;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One thing that a set contains: a key, or a range of them, which most sets of ranges keep as two
/// elements, its start and the key behind its end.
///
/// @param timeoutMillis 0 when it stays for ever
/// @param elements as they are added and removed
record Member(Key key, Value value, long timeoutMillis, List<Element> elements) {
    /// `NFT_SET_ELEM_INTERVAL_END`.
    private static final int ENDS = 1;

    /// The start or the end of a range.
    private record Bound(Slice key, boolean closes, Element element) {
        /// Ends stand before the starts that have the same key.
        static final Comparator<Bound> ASCENDING =
                Comparator.<Bound, Slice>comparing(Bound::key, Bound::compare)
                        .thenComparing(Bound::closes, Comparator.reverseOrder());

        static Bound of(Element element) {
            return new Bound(keyOf(element), element.endsInterval(), element);
        }

        /// All keys of a set are as long as each other.
        private static int compare(Slice one, Slice other) {
            int difference = one.length() - other.length();
            for (int i = 0; i < one.length() && difference == 0; i++) {
                difference = one.u8(i) - other.u8(i);
            }
            return difference;
        }
    }

    /// What no two members have in common.
    ///
    /// @param end of a range: its last key, or the first behind it, as the set has it; else empty
    /// @param flags apart from the one that tells starts from ends
    record Key(Slice start, Slice end, int flags) {}

    /// What else it says.
    record Value(
            Optional<Data> data,
            Optional<String> object,
            Slice userData,
            List<Expression> expressions) {}

    boolean isSameAs(Member other) {
        return key.equals(other.key)
                && value.equals(other.value)
                && Declaration.isSameTime(timeoutMillis, other.timeoutMillis);
    }

    /// All of a set; of ranges in ascending order, starts before ends.
    static Map<Key, Member> of(NftSet set, List<Element> elements) {
        Map<Key, Member> members = LinkedHashMap.newLinkedHashMap(elements.size());
        if (hasEnds(set)) {
            ranges(set, elements).forEach(member -> members.put(member.key, member));
        } else {
            for (Element element : elements) {
                Slice end = element.keyEnd().map(Datum::bytes).orElse(Slice.EMPTY);
                Member member = of(set, element, end, List.of(element));
                members.put(member.key, member);
            }
        }
        return members;
    }

    private static boolean hasEnds(NftSet set) {
        Set<SetFlag> flags = set.flags();
        return flags.contains(SetFlag.INTERVAL) && !flags.contains(SetFlag.CONCATENATION);
    }

    /// Ends that no start stands before mean nothing; `nft` writes one at the beginning of a set. A
    /// range without end reaches to the last key.
    private static List<Member> ranges(NftSet set, List<Element> elements) {
        List<Member> ranges = new ArrayList<>();
        Optional<Element> open = Optional.empty();
        for (Bound bound : elements.stream().map(Bound::of).sorted(Bound.ASCENDING).toList()) {
            Element element = bound.element();
            if (bound.closes()) {
                open.ifPresent(
                        from -> ranges.add(of(set, from, keyOf(element), List.of(from, element))));
            } else {
                open.ifPresent(from -> ranges.add(of(set, from, Slice.EMPTY, List.of(from))));
            }
            open = bound.closes() ? Optional.empty() : Optional.of(element);
        }
        open.ifPresent(from -> ranges.add(of(set, from, Slice.EMPTY, List.of(from))));
        return ranges;
    }

    private static Member of(NftSet set, Element element, Slice end, List<Element> elements) {
        int flags = element.attributes().orElse(ElementAttributes.FLAGS, 0) & ~ENDS;
        List<Expression> own = Stateless.all(element.expressions());
        return new Member(
                new Key(keyOf(element), end, flags),
                new Value(
                        element.data(),
                        element.object(),
                        element.attributes().orElse(ElementAttributes.USER_DATA, Slice.EMPTY),
                        own.isEmpty() ? Stateless.all(set.expressions()) : own),
                element.attributes()
                        .find(ElementAttributes.TIMEOUT)
                        .orElseGet(() -> set.attributes().orElse(SetAttributes.TIMEOUT, 0L)),
                elements.stream().map(Member::anew).toList());
    }

    /// Its time begins when it is added.
    private static Element anew(Element element) {
        return new Element(element.attributes().without(ElementAttributes.EXPIRATION));
    }

    private static Slice keyOf(Element element) {
        return element.key().map(Datum::bytes).orElse(Slice.EMPTY);
    }
}
