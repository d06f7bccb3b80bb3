package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;

/// Writes into a TCP option (`NFTA_EXTHDR_SREG`, `nft_exthdr.c`). A maximum segment size is only
/// ever made smaller.
///
/// @param protocol [ExtensionHeader.Protocol#TCP], the only one that the kernel takes
/// @param type the option's number
/// @param offset within it, bytes
/// @param bytes how many
public record ExtensionHeaderSet(
        ExtensionHeader.Protocol protocol, int type, int offset, int bytes, Register source)
        implements Expression {
    @Override
    public String name() {
        return "exthdr";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(ExtensionHeader.PROTOCOL, protocol)
                .put(ExtensionHeader.TYPE, type)
                .put(ExtensionHeader.OFFSET, offset)
                .put(ExtensionHeader.LENGTH, bytes)
                .put(ExtensionHeader.SOURCE, source);
    }
}
