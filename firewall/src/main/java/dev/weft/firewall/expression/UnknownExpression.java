package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// An expression that no typed form here says in full, kept as it came.
public record UnknownExpression(String name, Attributes data) implements Expression {
    @Override
    public void write(AttributeWriter writer) {
        writer.all(data);
    }
}
