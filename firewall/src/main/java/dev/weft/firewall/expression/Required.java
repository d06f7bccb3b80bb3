package dev.weft.firewall.expression;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;

/// Attributes without which an expression cannot be read.
final class Required {
    private Required() {}

    static <T> T of(Attributes data, Attribute<T> attribute) {
        return data.find(attribute)
                .orElseThrow(() ->
                        new MalformedMessageException(
                                data.table().name() + " lacks " + attribute.name()));
    }
}
