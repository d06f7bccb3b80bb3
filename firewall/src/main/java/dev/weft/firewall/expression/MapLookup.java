package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import org.jspecify.annotations.Nullable;

/// Loads what a map has for the key, and goes on only when it has something; into
/// [Register#VERDICT], it decides (`NFTA_LOOKUP_DREG`, `nft_lookup.c`).
///
/// @param setId the number that the same batch gave a map without name of its own; null for others
/// @param key the first of the registers that the key fills
public record MapLookup(String map, @Nullable Integer setId, Register key, Register destination)
        implements Expression {
    /// Looks into a map that has a name.
    public MapLookup(String map, Register key, Register destination) {
        this(map, null, key, destination);
    }

    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Lookup.SET, map)
                .put(Lookup.SOURCE, key)
                .put(Lookup.DESTINATION, destination)
                .put(Lookup.FLAGS, 0);
        Optionally.put(writer, Lookup.SET_ID, setId);
    }
}
