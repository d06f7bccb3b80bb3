package dev.weft.firewall;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What a table has (`enum nft_table_attributes`).
public final class TableAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("table");

    /// Unique in its family.
    public static final Attribute<String> NAME = TABLE.add(1, "NFTA_TABLE_NAME", Codecs.STRING);

    /// Bits: 1 dormant, 2 owned by the socket that made it, 4 outlives that socket (since 6.9).
    public static final Attribute<Integer> FLAGS = TABLE.add(2, "NFTA_TABLE_FLAGS", Codecs.BE32);

    /// How many objects it holds.
    public static final Attribute<Integer> USE = TABLE.add(3, "NFTA_TABLE_USE", Codecs.BE32);

    /// The kernel's number of it.
    public static final Attribute<Long> HANDLE = TABLE.add(4, "NFTA_TABLE_HANDLE", Codecs.BE64);

    /// User space's own notes.
    public static final Attribute<Slice> USER_DATA =
            TABLE.add(6, "NFTA_TABLE_USERDATA", Codecs.BINARY);

    /// The port of the socket that owns it.
    public static final Attribute<Integer> OWNER = TABLE.add(7, "NFTA_TABLE_OWNER", Codecs.BE32);

    private TableAttributes() {}
}
