package dev.weft.firewall.desired;

import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The elements that a set has to lose and to get. One that is to say something else does both.
record ElementComparison(List<Element> removed, List<Element> added) {

    /// @param rebuilt what is made anew: elements that name it cannot stay
    static ElementComparison of(
            NftSet set, List<Element> before, List<Element> after, Set<ObjectName> rebuilt) {
        Map<Member.Key, Member> actual = Member.of(set, before);
        Map<Member.Key, Member> wanted = Member.of(set, after);
        List<Element> removed = new ArrayList<>();
        List<Element> added = new ArrayList<>();
        actual.forEach((key, member) -> {
            Member same = wanted.get(key);
            if (same == null || !member.isSameAs(same) || names(set, member, rebuilt)) {
                removed.addAll(member.elements());
            }
        });
        wanted.forEach((key, member) -> {
            Member same = actual.get(key);
            if (same == null || !member.isSameAs(same) || names(set, same, rebuilt)) {
                added.addAll(member.elements());
            }
        });
        return new ElementComparison(removed, added);
    }

    private static boolean names(NftSet set, Member member, Set<ObjectName> rebuilt) {
        return !rebuilt.isEmpty()
                && !Collections.disjoint(
                        References.of(set, member.elements().getFirst())
                                .collect(Collectors.toSet()),
                        rebuilt);
    }

    boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }
}
