package dev.weft.firewall;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of an object that was read can be asked for again: everything but what the kernel alone
/// decides, such as handles and counts of references.
final class Wanted {
    private Wanted() {}

    static Attributes without(Attributes read, Attribute<?>... kernelOwn) {
        Set<Integer> numbers =
                Stream.of(kernelOwn).map(Attribute::number).collect(Collectors.toSet());
        return keeping(read, number -> !numbers.contains(number));
    }

    private static Attributes keeping(Attributes read, IntPredicate kept) {
        return Attributes.build(
                read.table(),
                writer ->
                        read.forEach((number, payload) -> {
                            if (kept.test(number)) {
                                writer.raw(number, target -> target.slice(payload));
                            }
                        }));
    }
}
