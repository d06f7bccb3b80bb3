package dev.weft.firewall;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// What a chain has (`enum nft_chain_attributes`).
public final class ChainAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("chain");

    /// The table it is in.
    public static final Attribute<String> TABLE_NAME =
            TABLE.add(1, "NFTA_CHAIN_TABLE", Codecs.STRING);

    /// The kernel's number of it.
    public static final Attribute<Long> HANDLE = TABLE.add(2, "NFTA_CHAIN_HANDLE", Codecs.BE64);

    /// Unique in its table.
    public static final Attribute<String> NAME = TABLE.add(3, "NFTA_CHAIN_NAME", Codecs.STRING);

    /// Where packets enter; base chains alone have it.
    public static final Attribute<Attributes> HOOK =
            TABLE.nest(4, "NFTA_CHAIN_HOOK", HookAttributes.TABLE);

    /// What becomes of a packet about which no rule decided: 0 dropped, 1 accepted.
    public static final Attribute<Integer> POLICY = TABLE.add(5, "NFTA_CHAIN_POLICY", Codecs.BE32);

    /// How many rules, jumps and map elements refer to it.
    public static final Attribute<Integer> USE = TABLE.add(6, "NFTA_CHAIN_USE", Codecs.BE32);

    /// `filter`, `nat` or `route`.
    public static final Attribute<String> TYPE = TABLE.add(7, "NFTA_CHAIN_TYPE", Codecs.STRING);

    /// What its policy decided about, when that is counted.
    public static final Attribute<Slice> COUNTERS =
            TABLE.add(8, "NFTA_CHAIN_COUNTERS", Codecs.BINARY);

    /// Bits: 1 base chain, 2 offloaded to hardware, 4 part of a rule.
    public static final Attribute<Integer> FLAGS = TABLE.add(10, "NFTA_CHAIN_FLAGS", Codecs.BE32);

    /// A number by which the same batch refers to it.
    public static final Attribute<Integer> ID = TABLE.add(11, "NFTA_CHAIN_ID", Codecs.BE32);

    /// User space's own notes.
    public static final Attribute<Slice> USER_DATA =
            TABLE.add(12, "NFTA_CHAIN_USERDATA", Codecs.BINARY);

    private ChainAttributes() {}

    /// Where a base chain is attached (`enum nft_hook_attributes`).
    public static final class HookAttributes {
        public static final AttributeTable TABLE = AttributeTable.named("hook");

        /// The hook's number, which the family gives its meaning.
        public static final Attribute<Integer> NUMBER =
                TABLE.add(1, "NFTA_HOOK_HOOKNUM", Codecs.BE32);

        /// Lower ones see a packet first.
        public static final Attribute<Integer> PRIORITY =
                TABLE.add(2, "NFTA_HOOK_PRIORITY", Codecs.BE32);

        /// The device, for ingress and egress; the kernel shows it beside a list of one.
        public static final Attribute<String> DEVICE = TABLE.add(3, "NFTA_HOOK_DEV", Codecs.STRING);

        /// The devices, for ingress and egress.
        public static final Attribute<List<String>> DEVICES =
                TABLE.add(4, "NFTA_HOOK_DEVS", Codecs.listOf(Codecs.STRING, 1));

        private HookAttributes() {}
    }
}
