package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Attributes that an expression may have or not; null stands for one that is absent.
final class Optionally {
    private Optionally() {}

    static <T> @Nullable T of(Attributes data, Attribute<T> attribute) {
        return data.find(attribute).orElse(null);
    }

    static <T> void put(AttributeWriter writer, Attribute<T> attribute, @Nullable T value) {
        if (value != null) {
            writer.put(attribute, value);
        }
    }

    /// No flag is said by no attribute.
    static <E> void put(AttributeWriter writer, Attribute<Set<E>> attribute, Set<E> flags) {
        if (!flags.isEmpty()) {
            writer.put(attribute, flags);
        }
    }
}
