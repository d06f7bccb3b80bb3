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
    private Sameness() {}

    static boolean same(Attributes one, Attributes other) {
        Map<Integer, List<Slice>> here = byNumber(one);
        Map<Integer, List<Slice>> there = byNumber(other);
        return here.keySet().equals(there.keySet())
                && here.entrySet().stream()
                        .allMatch(entry -> {
                            List<Slice> matching = there.getOrDefault(entry.getKey(), List.of());
                            return same(
                                    innerTable(one, entry.getKey()), entry.getValue(), matching);
                        });
    }

    private static Map<Integer, List<Slice>> byNumber(Attributes attributes) {
        Map<Integer, List<Slice>> payloads = new HashMap<>();
        attributes.forEach((number, payload) ->
                payloads.computeIfAbsent(number, key -> new ArrayList<>()).add(payload));
        return payloads;
    }

    private static boolean same(
            Optional<AttributeTable> inner, List<Slice> here, List<Slice> there) {
        if (inner.isEmpty() || here.size() != there.size()) {
            return here.equals(there);
        }
        for (int i = 0; i < here.size(); i++) {
            Attributes one = Attributes.decode(inner.get(), here.get(i));
            if (!same(one, Attributes.decode(inner.get(), there.get(i)))) {
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
