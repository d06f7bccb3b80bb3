package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;

/// Does what an extension of the iptables command does (`enum nft_target_attributes`,
/// `nft_compat.c`).
///
/// @param extension its name, as of `xt_*.c`
/// @param revision of what its information looks like
/// @param information the extension's own structure, as the machine lays it out
public record XtTarget(String extension, int revision, Slice information) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("target");
    private static final Attribute<String> NAME = TABLE.add(1, "NFTA_TARGET_NAME", Codecs.STRING);
    private static final Attribute<Integer> REVISION = TABLE.add(2, "NFTA_TARGET_REV", Codecs.BE32);
    private static final Attribute<Slice> INFORMATION =
            TABLE.add(3, "NFTA_TARGET_INFO", Codecs.BINARY);

    static XtTarget decode(Attributes data) {
        return new XtTarget(
                Required.of(data, NAME),
                Required.of(data, REVISION),
                Required.of(data, INFORMATION));
    }

    @Override
    public String name() {
        return "target";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(NAME, extension).put(REVISION, revision).put(INFORMATION, information);
    }
}
