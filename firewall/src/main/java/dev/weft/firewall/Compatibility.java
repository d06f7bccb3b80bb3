package dev.weft.firewall;

import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Meta;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.XtMatch;
import dev.weft.firewall.expression.XtTarget;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Optional;

/// Which protocol a rule of the iptables command is about. Its extensions want to be told beside
/// the expressions that compare it, and the kernel never says it again (`enum
/// nft_rule_compat_attributes`, `nft_parse_compat` in `nft_compat.c`).
final class Compatibility {
    static final AttributeTable TABLE = AttributeTable.named("compatibility");
    private static final Attribute<Integer> PROTOCOL =
            TABLE.add(1, "NFTA_RULE_COMPAT_PROTO", Codecs.BE32);
    private static final Attribute<Integer> FLAGS =
            TABLE.add(2, "NFTA_RULE_COMPAT_FLAGS", Codecs.BE32);

    /// `NFT_RULE_COMPAT_F_INV`: every protocol but this.
    private static final int INVERTED = 2;

    private Compatibility() {}

    /// What is to be told with a rule; nothing when it has no such extensions.
    static Optional<Attributes> of(Family family, List<Expression> expressions) {
        return expressions.stream().anyMatch(Compatibility::isExtension)
                ? Optional.of(protocol(family, expressions))
                : Optional.empty();
    }

    private static boolean isExtension(Expression expression) {
        return expression instanceof XtMatch || expression instanceof XtTarget;
    }

    private static Attributes protocol(Family family, List<Expression> expressions) {
        for (int i = 1; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof Compare compare
                    && loadsProtocol(family, expressions.get(i - 1), compare.source())) {
                return attributes(
                        number(compare.value().bytes()),
                        compare.operator() == Operator.NOT_EQUAL ? INVERTED : 0);
            }
        }
        return attributes(0, 0);
    }

    /// What follows IP, or, in a bridge, Ethernet.
    private static boolean loadsProtocol(Family family, Expression load, Register into) {
        boolean bridge = family == Family.BRIDGE;
        return switch (load) {
            case Meta meta ->
                    meta.key() == (bridge ? MetaKey.PROTOCOL : MetaKey.L4PROTO)
                            && meta.destination().equals(into);
            case Payload payload ->
                    payload.equals(
                            switch (family) {
                                case BRIDGE -> new Payload(Payload.Base.LINK, 12, 2, into);
                                case IP6 -> new Payload(Payload.Base.NETWORK, 6, 1, into);
                                default -> new Payload(Payload.Base.NETWORK, 9, 1, into);
                            });
            default -> false;
        };
    }

    /// An EtherType keeps the order of its bytes.
    private static int number(Slice protocol) {
        return protocol.length() == 2 ? protocol.u16(0) : protocol.u8(0);
    }

    private static Attributes attributes(int protocol, int flags) {
        return Attributes.build(TABLE, writer -> writer.put(PROTOCOL, protocol).put(FLAGS, flags));
    }
}
