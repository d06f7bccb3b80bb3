package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Hands the packet's connection to a flowtable, which forwards what follows on a shorter way
/// (`enum nft_offload_attributes`, `nft_flow_offload.c`).
public record FlowOffload(String flowtable) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("flow_offload");
    private static final Attribute<String> FLOWTABLE =
            TABLE.add(1, "NFTA_FLOW_TABLE_NAME", Codecs.STRING);

    static FlowOffload decode(Attributes data) {
        return new FlowOffload(Required.of(data, FLOWTABLE));
    }

    @Override
    public String name() {
        return "flow_offload";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(FLOWTABLE, flowtable);
    }
}
