package dev.weft.firewall;

import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// What a rule has (`enum nft_rule_attributes`).
public final class RuleAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("rule");

    /// The table it is in.
    public static final Attribute<String> TABLE_NAME =
            TABLE.add(1, "NFTA_RULE_TABLE", Codecs.STRING);

    /// The chain it is in.
    public static final Attribute<String> CHAIN = TABLE.add(2, "NFTA_RULE_CHAIN", Codecs.STRING);

    /// The kernel's number of it, unique in its table.
    public static final Attribute<Long> HANDLE = TABLE.add(3, "NFTA_RULE_HANDLE", Codecs.BE64);

    /// What it does, step by step.
    public static final Attribute<List<Attributes>> EXPRESSIONS =
            TABLE.nestList(4, "NFTA_RULE_EXPRESSIONS", ExpressionAttributes.TABLE, 1);

    /// For rules of the iptables command.
    public static final Attribute<Attributes> COMPATIBILITY =
            TABLE.nest(5, "NFTA_RULE_COMPAT", Compatibility.TABLE);

    /// The handle of the rule before which a new one goes, or, appending, after which.
    public static final Attribute<Long> POSITION = TABLE.add(6, "NFTA_RULE_POSITION", Codecs.BE64);

    /// User space's own notes.
    public static final Attribute<Slice> USER_DATA =
            TABLE.add(7, "NFTA_RULE_USERDATA", Codecs.BINARY);

    /// A number by which the same batch refers to it.
    public static final Attribute<Integer> ID = TABLE.add(9, "NFTA_RULE_ID", Codecs.BE32);

    /// The number of a rule of the same batch before or after which it goes.
    public static final Attribute<Integer> POSITION_ID =
            TABLE.add(10, "NFTA_RULE_POSITION_ID", Codecs.BE32);

    /// The number that the same batch made its chain with.
    public static final Attribute<Integer> CHAIN_ID =
            TABLE.add(11, "NFTA_RULE_CHAIN_ID", Codecs.BE32);

    private RuleAttributes() {}
}
