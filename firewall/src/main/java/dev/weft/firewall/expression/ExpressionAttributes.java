package dev.weft.firewall.expression;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// One expression where it stands: in a rule, in a set, in an element, or in another expression
/// (`enum nft_expr_attributes`).
public final class ExpressionAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("expression");

    /// Its kind.
    public static final Attribute<String> NAME = TABLE.add(1, "NFTA_EXPR_NAME", Codecs.STRING);

    /// What the kind wants.
    public static final Attribute<Slice> DATA =
            TABLE.nestBy(
                    2,
                    "NFTA_EXPR_DATA",
                    siblings -> siblings.find(NAME).map(ExpressionKind::table));

    private static final int ELEMENT = 1;

    private ExpressionAttributes() {}

    /// Reads an expression.
    ///
    /// @param expression of [#TABLE]
    /// @throws MalformedMessageException when it has no name
    public static Expression decode(Attributes expression) {
        String name = kind(expression);
        return Expression.decode(name, data(name, expression));
    }

    /// Reads an expression inside another. One that holds further ones, which the kernel does not
    /// have, is kept as it is, so that no message leads deeper than this.
    static Expression decodeInside(Attributes expression) {
        String name = kind(expression);
        Attributes data = data(name, expression);
        return data.table() == DynamicSet.TABLE || data.table() == Inner.TABLE
                ? new UnknownExpression(name, data)
                : Expression.decode(name, data);
    }

    private static String kind(Attributes expression) {
        return expression
                .find(NAME)
                .orElseThrow(() -> new MalformedMessageException("an expression of no kind"));
    }

    private static Attributes data(String kind, Attributes expression) {
        return expression
                .nested(DATA)
                .orElseGet(() -> Attributes.empty(ExpressionKind.table(kind)));
    }

    /// The attributes that stand for an expression.
    public static Attributes encode(Expression expression) {
        return Attributes.build(TABLE, writer -> write(expression, writer));
    }

    /// Writes a list of expressions, each as an element (`NFTA_LIST_ELEM`).
    public static void write(List<Expression> expressions, AttributeWriter list) {
        for (Expression expression : expressions) {
            list.nest(ELEMENT, element -> write(expression, element));
        }
    }

    /// Writes the attributes that stand for an expression.
    public static void write(Expression expression, AttributeWriter writer) {
        writer.put(NAME, expression.name()).nest(DATA, expression::write);
    }
}
