package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;

/// Overwrites a TCP option with options that say nothing (`nft_exthdr.c`); new in Linux 5.18.
///
/// @param protocol [ExtensionHeader.Protocol#TCP], the only one that the kernel takes
/// @param type the option's number
public record ExtensionHeaderReset(ExtensionHeader.Protocol protocol, int type)
        implements Expression {
    @Override
    public String name() {
        return "exthdr";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(ExtensionHeader.PROTOCOL, protocol).put(ExtensionHeader.TYPE, type);
    }
}
