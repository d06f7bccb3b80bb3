package dev.weft.firewall;

import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.List;

/// The expressions of sets and elements: one has an attribute of its own, several stand in a list
/// (since Linux 5.11).
final class StatefulExpressions {
    private StatefulExpressions() {}

    static List<Expression> of(
            Attributes attributes, Attribute<Attributes> single, Attribute<List<Attributes>> list) {
        return attributes
                .find(single)
                .map(List::of)
                .orElseGet(() -> attributes.orElse(list, List.of()))
                .stream()
                .map(ExpressionAttributes::decode)
                .toList();
    }

    static void put(
            AttributeWriter writer,
            Attribute<Attributes> single,
            Attribute<List<Attributes>> list,
            List<Expression> expressions) {
        List<Attributes> encoded = expressions.stream().map(ExpressionAttributes::encode).toList();
        if (encoded.size() == 1) {
            writer.put(single, encoded.getFirst());
        } else if (!encoded.isEmpty()) {
            writer.put(list, encoded);
        }
    }
}
