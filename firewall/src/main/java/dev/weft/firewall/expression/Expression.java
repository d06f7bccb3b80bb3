package dev.weft.firewall.expression;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;

/// One step of a rule: it loads, compares, changes or decides. A rule is a list of them, carried
/// out in order until one does not match.
///
/// Typed expressions are lossless: one is recognised only when its typed form says everything that
/// the kernel said; everything else is an [UnknownExpression], which keeps the bytes.
public sealed interface Expression
        permits Bitwise,
                BitwiseData,
                BitwiseRegisters,
                ByteOrder,
                Compare,
                ConnectionLimit,
                Counter,
                Ct,
                CtSet,
                Duplicate,
                DynamicSet,
                ExtensionHeader,
                ExtensionHeaderReset,
                ExtensionHeaderSet,
                Fib,
                FlowOffload,
                Forward,
                Hash,
                Immediate,
                Inner,
                Last,
                Limit,
                Log,
                Lookup,
                MapLookup,
                Masquerade,
                Meta,
                MetaSet,
                Nat,
                NoTrack,
                NumberGenerator,
                ObjectMapReference,
                ObjectReference,
                OsFingerprint,
                Payload,
                PayloadSet,
                Queue,
                QueueByRegister,
                Quota,
                Range,
                Redirect,
                Reject,
                RouteLoad,
                Socket,
                SymmetricHash,
                SynProxy,
                TransparentProxy,
                Tunnel,
                UnknownExpression,
                Xfrm,
                XtMatch,
                XtTarget {

    /// The kernel's name of its kind, `payload`.
    String name();

    /// Writes what the kernel is told beside the name. A rule is written in one go: an object for
    /// each attribute would cost more than to send it.
    void write(AttributeWriter writer);

    /// What the kernel is told beside the name.
    default Attributes encode() {
        return Attributes.build(ExpressionKind.table(name()), this::write);
    }

    /// Reads an expression by its kind's name.
    ///
    /// @param name the kernel's name of the kind
    /// @param data of the table that [ExpressionKind#table(String)] gives for the name
    static Expression decode(String name, Attributes data) {
        return ExpressionKind.find(name)
                .<Expression>map(kind -> decode(kind, data))
                .orElseGet(() -> new UnknownExpression(name, data));
    }

    private static Expression decode(ExpressionKind kind, Attributes data) {
        try {
            Expression typed = kind.decoder().apply(data);
            if (saysTheSame(kind, typed.encode(), data)) {
                return typed;
            }
        } catch (MalformedMessageException _) {
            // A number or a shape that this kind's typed form has no place for.
        }
        return new UnknownExpression(kind.name(), data);
    }

    private static boolean saysTheSame(ExpressionKind kind, Attributes one, Attributes other) {
        return Sameness.same(kind.said().apply(one), kind.said().apply(other));
    }
}
