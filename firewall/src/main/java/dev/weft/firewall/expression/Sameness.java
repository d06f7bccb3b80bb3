package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether two runs of attributes say the same: in any order, except for those of one number, and
/// whether or not their headers are marked as nested, which nf_tables leaves out of its answers.
final class Sameness {
    /// How deep attributes are looked into; further down their bytes have to be the same.
    private static final int MAX_DEPTH = 16;

    private Sameness() {}

    static boolean same(Attributes one, Attributes other) {
        return one.encoded().equals(other.encoded()) || same(one, other, MAX_DEPTH);
    }

    private static boolean same(Attributes one, Attributes other, int depth) {
        Map<Integer, List<Slice>> here = byNumber(one);
        Map<Integer, List<Slice>> there = byNumber(other);
        return here.keySet().equals(there.keySet())
                && here.entrySet().stream()
                        .allMatch(entry -> {
                            List<Slice> matching = there.getOrDefault(entry.getKey(), List.of());
                            Optional<AttributeTable> inner = innerTable(one, entry.getKey());
                            return (depth == 0 || inner.isEmpty())
                                    ? entry.getValue().equals(matching)
                                    : same(inner.get(), entry.getValue(), matching, depth - 1);
                        });
    }

    private static Map<Integer, List<Slice>> byNumber(Attributes attributes) {
        Map<Integer, List<Slice>> payloads = new HashMap<>();
        attributes.forEach((number, payload) ->
                payloads.computeIfAbsent(number, key -> new ArrayList<>()).add(payload));
        return payloads;
    }

    private static boolean same(
            AttributeTable inner, List<Slice> here, List<Slice> there, int depth) {
        if (here.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < here.size(); i++) {
            Attributes one = Attributes.decode(inner, here.get(i));
            if (!same(one, Attributes.decode(inner, there.get(i)), depth)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<AttributeTable> innerTable(Attributes around, int number) {
        Optional<Attribute<?>> attribute = around.table().find(number);
        return attribute.flatMap(known -> known.inside().apply(around));
    }
}
