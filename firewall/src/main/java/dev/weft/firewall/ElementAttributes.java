package dev.weft.firewall;

import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.firewall.value.Data;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// What an element of a set or map has (`enum nft_set_elem_attributes`).
public final class ElementAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("element");

    /// What it is found by.
    public static final Attribute<Attributes> KEY = TABLE.nest(1, "NFTA_SET_ELEM_KEY", Data.TABLE);

    /// What a map has for it.
    public static final Attribute<Attributes> DATA =
            TABLE.nest(2, "NFTA_SET_ELEM_DATA", Data.TABLE);

    /// Bits: 1 it ends an interval, 2 it stands for all keys that no other has.
    public static final Attribute<Integer> FLAGS = TABLE.add(3, "NFTA_SET_ELEM_FLAGS", Codecs.BE32);

    /// How long it stays from when it was added, milliseconds.
    public static final Attribute<Long> TIMEOUT =
            TABLE.add(4, "NFTA_SET_ELEM_TIMEOUT", Codecs.BE64);

    /// How long it stays from now, milliseconds.
    public static final Attribute<Long> EXPIRATION =
            TABLE.add(5, "NFTA_SET_ELEM_EXPIRATION", Codecs.BE64);

    /// User space's own notes.
    public static final Attribute<Slice> USER_DATA =
            TABLE.add(6, "NFTA_SET_ELEM_USERDATA", Codecs.BINARY);

    /// What it does when it is met: counts, for instance.
    public static final Attribute<Attributes> EXPRESSION =
            TABLE.nest(7, "NFTA_SET_ELEM_EXPR", ExpressionAttributes.TABLE);

    /// The object that it leads to, in a map of objects.
    public static final Attribute<String> OBJECT =
            TABLE.add(9, "NFTA_SET_ELEM_OBJREF", Codecs.STRING);

    /// The end of an interval of a concatenated key; the end is part of it.
    public static final Attribute<Attributes> KEY_END =
            TABLE.nest(10, "NFTA_SET_ELEM_KEY_END", Data.TABLE);

    /// The same as [#EXPRESSION], when it is several things.
    public static final Attribute<List<Attributes>> EXPRESSIONS =
            TABLE.nestList(11, "NFTA_SET_ELEM_EXPRESSIONS", ExpressionAttributes.TABLE, 1);

    private ElementAttributes() {}

    /// A message about elements (`enum nft_set_elem_list_attributes`).
    public static final class ListAttributes {
        public static final AttributeTable TABLE = AttributeTable.named("element list");

        /// The table of their set.
        public static final Attribute<String> TABLE_NAME =
                TABLE.add(1, "NFTA_SET_ELEM_LIST_TABLE", Codecs.STRING);

        /// Their set.
        public static final Attribute<String> SET =
                TABLE.add(2, "NFTA_SET_ELEM_LIST_SET", Codecs.STRING);

        /// The elements themselves.
        public static final Attribute<List<Attributes>> ELEMENTS =
                TABLE.nestList(3, "NFTA_SET_ELEM_LIST_ELEMENTS", ElementAttributes.TABLE, 1);

        /// The number that the same batch made their set with.
        public static final Attribute<Integer> SET_ID =
                TABLE.add(4, "NFTA_SET_ELEM_LIST_SET_ID", Codecs.BE32);

        private ListAttributes() {}
    }
}
