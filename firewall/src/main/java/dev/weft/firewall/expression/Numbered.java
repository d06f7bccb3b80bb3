package dev.weft.firewall.expression;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A constant with the kernel's number of it, or its bit.
interface Numbered {
    int number();

    /// Constants by number, 32 bits in network order.
    static <E extends Enum<E> & Numbered> Codec<E> codec(Class<E> type) {
        return codec(type, Codecs.BE32);
    }

    /// Constants by number.
    static <E extends Enum<E> & Numbered> Codec<E> codec(Class<E> type, Codec<Integer> number) {
        return number.as(value -> of(type, value), Numbered::number);
    }

    /// Sets of constants by bits, 32 in network order.
    static <E extends Enum<E> & Numbered> Codec<Set<E>> bits(Class<E> type) {
        return bits(type, Codecs.BE32);
    }

    /// Sets of constants by bits.
    static <E extends Enum<E> & Numbered> Codec<Set<E>> bits(Class<E> type, Codec<Integer> number) {
        return number.as(bits -> setOf(type, bits), Numbered::bitsOf);
    }

    private static <E extends Enum<E> & Numbered> E of(Class<E> type, int number) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.number() == number)
                .findFirst()
                .orElseThrow(() ->
                        new MalformedMessageException("no " + type.getSimpleName() + " " + number));
    }

    private static <E extends Enum<E> & Numbered> Set<E> setOf(Class<E> type, int bits) {
        Set<E> set = EnumSet.noneOf(type);
        for (E constant : type.getEnumConstants()) {
            if ((bits & constant.number()) != 0) {
                set.add(constant);
            }
        }
        return set;
    }

    private static int bitsOf(Set<? extends Numbered> set) {
        return set.stream().mapToInt(Numbered::number).reduce(0, (all, bit) -> all | bit);
    }
}
