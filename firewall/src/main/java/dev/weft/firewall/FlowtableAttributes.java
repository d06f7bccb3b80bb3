package dev.weft.firewall;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.List;

/// What a flowtable has (`enum nft_flowtable_attributes`).
public final class FlowtableAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("flowtable");

    /// The table it is in.
    public static final Attribute<String> TABLE_NAME =
            TABLE.add(1, "NFTA_FLOWTABLE_TABLE", Codecs.STRING);

    /// Unique in its table.
    public static final Attribute<String> NAME = TABLE.add(2, "NFTA_FLOWTABLE_NAME", Codecs.STRING);

    /// Where packets take the short way.
    public static final Attribute<Attributes> HOOK =
            TABLE.nest(3, "NFTA_FLOWTABLE_HOOK", FlowtableHookAttributes.TABLE);

    /// How many rules refer to it.
    public static final Attribute<Integer> USE = TABLE.add(4, "NFTA_FLOWTABLE_USE", Codecs.BE32);

    /// The kernel's number of it.
    public static final Attribute<Long> HANDLE = TABLE.add(5, "NFTA_FLOWTABLE_HANDLE", Codecs.BE64);

    /// Bits: 1 carried out by hardware, 2 counts.
    public static final Attribute<Integer> FLAGS =
            TABLE.add(7, "NFTA_FLOWTABLE_FLAGS", Codecs.BE32);

    private FlowtableAttributes() {}

    /// Where a flowtable is attached (`enum nft_flowtable_hook_attributes`).
    public static final class FlowtableHookAttributes {
        public static final AttributeTable TABLE = AttributeTable.named("flowtable hook");

        /// Always 0, the ingress of devices.
        public static final Attribute<Integer> NUMBER =
                TABLE.add(1, "NFTA_FLOWTABLE_HOOK_NUM", Codecs.BE32);

        /// Lower ones see a packet first.
        public static final Attribute<Integer> PRIORITY =
                TABLE.add(2, "NFTA_FLOWTABLE_HOOK_PRIORITY", Codecs.BE32);

        /// Between which packets take the short way.
        public static final Attribute<List<String>> DEVICES =
                TABLE.add(3, "NFTA_FLOWTABLE_HOOK_DEVS", Codecs.listOf(Codecs.STRING, 1));

        private FlowtableHookAttributes() {}
    }
}
