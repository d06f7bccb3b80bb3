package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// The ids that a namespace gives to others (`NETNSA_*`).
public final class NamespaceIdAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("namespace id");

    /// The id; -1 for none yet, or for one of the kernel's choice.
    public static final Attribute<Integer> ID = TABLE.add(1, "NETNSA_NSID", Codecs.S32);

    /// A process in the namespace meant.
    public static final Attribute<Integer> PID = TABLE.add(2, "NETNSA_PID", Codecs.S32);

    /// A descriptor of the namespace meant.
    public static final Attribute<Integer> DESCRIPTOR = TABLE.add(3, "NETNSA_FD", Codecs.S32);

    /// The namespace, by id, whose ids are asked for.
    public static final Attribute<Integer> TARGET = TABLE.add(4, "NETNSA_TARGET_NSID", Codecs.S32);

    /// The id in the asking namespace, when another's were asked for.
    public static final Attribute<Integer> CURRENT =
            TABLE.add(5, "NETNSA_CURRENT_NSID", Codecs.S32);

    private NamespaceIdAttributes() {}
}
