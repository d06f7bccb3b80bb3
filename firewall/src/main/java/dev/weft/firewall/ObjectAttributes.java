package dev.weft.firewall;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// What a named object of a table has (`enum nft_object_attributes`).
public final class ObjectAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("object");

    /// The table it is in.
    public static final Attribute<String> TABLE_NAME =
            TABLE.add(1, "NFTA_OBJ_TABLE", Codecs.STRING);

    /// Unique in its table among objects of its type.
    public static final Attribute<String> NAME = TABLE.add(2, "NFTA_OBJ_NAME", Codecs.STRING);

    /// The number of an [ObjectType].
    public static final Attribute<Integer> TYPE = TABLE.add(3, "NFTA_OBJ_TYPE", Codecs.BE32);

    /// What the type wants and keeps.
    public static final Attribute<Slice> DATA =
            TABLE.nestBy(
                    4,
                    "NFTA_OBJ_DATA",
                    siblings ->
                            siblings.find(TYPE).flatMap(ObjectType::find).map(ObjectType::table));

    /// How many rules and map elements refer to it.
    public static final Attribute<Integer> USE = TABLE.add(5, "NFTA_OBJ_USE", Codecs.BE32);

    /// The kernel's number of it.
    public static final Attribute<Long> HANDLE = TABLE.add(6, "NFTA_OBJ_HANDLE", Codecs.BE64);

    /// User space's own notes.
    public static final Attribute<Slice> USER_DATA =
            TABLE.add(8, "NFTA_OBJ_USERDATA", Codecs.BINARY);

    private ObjectAttributes() {}
}
