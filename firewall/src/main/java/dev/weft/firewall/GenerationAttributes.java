package dev.weft.firewall;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What a generation of the ruleset has (`enum nft_gen_attributes`).
public final class GenerationAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("generation");

    /// Its number.
    public static final Attribute<Integer> ID = TABLE.add(1, "NFTA_GEN_ID", Codecs.BE32);

    /// The process that made it.
    public static final Attribute<Integer> PROCESS_ID =
            TABLE.add(2, "NFTA_GEN_PROC_PID", Codecs.BE32);

    /// That process's name, of 15 bytes at most.
    public static final Attribute<String> PROCESS_NAME =
            TABLE.add(3, "NFTA_GEN_PROC_NAME", Codecs.STRING);

    private GenerationAttributes() {}
}
