package dev.weft.firewall;

import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// What a set or map has (`enum nft_set_attributes`).
public final class SetAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("set");

    /// The table it is in.
    public static final Attribute<String> TABLE_NAME =
            TABLE.add(1, "NFTA_SET_TABLE", Codecs.STRING);

    /// Unique in its table.
    public static final Attribute<String> NAME = TABLE.add(2, "NFTA_SET_NAME", Codecs.STRING);

    /// Bits of [SetFlag].
    public static final Attribute<Integer> FLAGS = TABLE.add(3, "NFTA_SET_FLAGS", Codecs.BE32);

    /// nft's number of the key's type.
    public static final Attribute<Integer> KEY_TYPE =
            TABLE.add(4, "NFTA_SET_KEY_TYPE", Codecs.BE32);

    /// Bytes of a key.
    public static final Attribute<Integer> KEY_BYTES =
            TABLE.add(5, "NFTA_SET_KEY_LEN", Codecs.BE32);

    /// nft's number of the data's type, or 0xffffff00 for verdicts.
    public static final Attribute<Integer> DATA_TYPE =
            TABLE.add(6, "NFTA_SET_DATA_TYPE", Codecs.BE32);

    /// Bytes of the data.
    public static final Attribute<Integer> DATA_BYTES =
            TABLE.add(7, "NFTA_SET_DATA_LEN", Codecs.BE32);

    /// 0 fast, 1 small.
    public static final Attribute<Integer> POLICY = TABLE.add(8, "NFTA_SET_POLICY", Codecs.BE32);

    /// Its size, and the lengths of a concatenation's parts.
    public static final Attribute<Attributes> DESCRIPTION =
            TABLE.nest(9, "NFTA_SET_DESC", DescriptionAttributes.TABLE);

    /// A number by which the same batch refers to it; the kernel insists on one.
    public static final Attribute<Integer> ID = TABLE.add(10, "NFTA_SET_ID", Codecs.BE32);

    /// How long elements stay when they do not say, milliseconds.
    public static final Attribute<Long> TIMEOUT = TABLE.add(11, "NFTA_SET_TIMEOUT", Codecs.BE64);

    /// How often expired elements are swept, milliseconds.
    public static final Attribute<Integer> SWEEP_INTERVAL =
            TABLE.add(12, "NFTA_SET_GC_INTERVAL", Codecs.BE32);

    /// User space's own notes.
    public static final Attribute<Slice> USER_DATA =
            TABLE.add(13, "NFTA_SET_USERDATA", Codecs.BINARY);

    /// The type of the objects that a map leads to.
    public static final Attribute<Integer> OBJECT_TYPE =
            TABLE.add(15, "NFTA_SET_OBJ_TYPE", Codecs.BE32);

    /// The kernel's number of it.
    public static final Attribute<Long> HANDLE = TABLE.add(16, "NFTA_SET_HANDLE", Codecs.BE64);

    /// What every element does when it is met.
    public static final Attribute<Attributes> EXPRESSION =
            TABLE.nest(17, "NFTA_SET_EXPR", ExpressionAttributes.TABLE);

    /// The same, when it is several things.
    public static final Attribute<List<Attributes>> EXPRESSIONS =
            TABLE.nestList(18, "NFTA_SET_EXPRESSIONS", ExpressionAttributes.TABLE, 1);

    /// What the kernel chose to keep it in (since 6.16).
    public static final Attribute<String> BACKEND = TABLE.add(19, "NFTA_SET_TYPE", Codecs.STRING);

    /// How many elements it has (since 6.16).
    public static final Attribute<Integer> COUNT = TABLE.add(20, "NFTA_SET_COUNT", Codecs.BE32);

    private SetAttributes() {}

    /// How a set is laid out (`enum nft_set_desc_attributes`).
    public static final class DescriptionAttributes {
        public static final AttributeTable TABLE = AttributeTable.named("set description");

        /// The most elements it may have.
        public static final Attribute<Integer> SIZE =
                TABLE.add(1, "NFTA_SET_DESC_SIZE", Codecs.BE32);

        /// The parts of a concatenated key with intervals.
        public static final Attribute<List<Attributes>> CONCATENATION =
                TABLE.nestList(2, "NFTA_SET_DESC_CONCAT", PartAttributes.TABLE, 1);

        private DescriptionAttributes() {}
    }

    /// A part of a concatenated key (`enum nft_set_field_attributes`).
    public static final class PartAttributes {
        public static final AttributeTable TABLE = AttributeTable.named("set key part");

        /// Bytes, without the padding.
        public static final Attribute<Integer> BYTES =
                TABLE.add(1, "NFTA_SET_FIELD_LEN", Codecs.BE32);

        private PartAttributes() {}
    }
}
