package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether two runs of attributes say the same: in any order, and whether or not their headers are
/// marked as nested, which nf_tables leaves out of its answers.
final class Sameness {
    private Sameness() {}

    static boolean same(Attributes one, Attributes other) {
        return count(one) == count(other) && covers(one, other);
    }

    private static int count(Attributes attributes) {
        AtomicInteger count = new AtomicInteger();
        attributes.forEach((number, payload) -> count.incrementAndGet());
        return count.get();
    }

    private static boolean covers(Attributes one, Attributes other) {
        AtomicInteger different = new AtomicInteger();
        one.forEach((number, payload) -> {
            Optional<Slice> matching = other.payload(number);
            if (matching.isEmpty() || !same(one, number, payload, matching.get())) {
                different.incrementAndGet();
            }
        });
        return different.get() == 0;
    }

    private static boolean same(Attributes around, int number, Slice one, Slice other) {
        Optional<AttributeTable> inner = innerTable(around, number);
        return inner.isPresent()
                ? same(Attributes.decode(inner.get(), one), Attributes.decode(inner.get(), other))
                : one.equals(other);
    }

    private static Optional<AttributeTable> innerTable(Attributes around, int number) {
        Optional<Attribute<?>> attribute = around.table().find(number);
        return attribute.flatMap(known -> known.inside().apply(around));
    }
}
