package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attributes;

/// Loads what a map has for the key, and goes on only when it has something; into
/// [Register#VERDICT], it decides.
///
/// @param key the first of the registers that the key fills
public record MapLookup(String map, Register key, Register destination) implements Expression {
    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public Attributes encode() {
        return Attributes.build(
                Lookup.TABLE,
                writer ->
                        writer.put(Lookup.SET, map)
                                .put(Lookup.SOURCE, key)
                                .put(Lookup.DESTINATION, destination)
                                .put(Lookup.FLAGS, 0));
    }
}
