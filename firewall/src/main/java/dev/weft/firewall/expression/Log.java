package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// Writes the packet to the kernel's log (`nft_log.c`).
///
/// @param prefix of the line, at most 127 bytes; empty for none
/// @param level as of syslog, 0 to 7; 4 is a warning
public record Log(String prefix, int level) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("log");
    private static final Attribute<String> PREFIX = TABLE.add(2, "NFTA_LOG_PREFIX", Codecs.STRING);
    private static final Attribute<Integer> LEVEL = TABLE.add(5, "NFTA_LOG_LEVEL", Codecs.BE32);

    static Log decode(Attributes data) {
        return new Log(data.orElse(PREFIX, ""), Required.of(data, LEVEL));
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                TABLE,
                writer -> {
                    if (!prefix.isEmpty()) {
                        writer.put(PREFIX, prefix);
                    }
                    writer.put(LEVEL, level);
                });
    }
}
