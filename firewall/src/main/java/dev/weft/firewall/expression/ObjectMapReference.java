package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;
import org.jspecify.annotations.Nullable;

/// Applies the object that a map of objects has for the key (`NFTA_OBJREF_SET_*`, `nft_objref.c`).
///
/// @param setId the number that the same batch gave a map without name of its own; null for others
/// @param key the first of the registers that the key fills
public record ObjectMapReference(String map, @Nullable Integer setId, Register key)
        implements Expression {
    /// Looks into a map that has a name.
    public ObjectMapReference(String map, Register key) {
        this(map, null, key);
    }

    @Override
    public String name() {
        return "objref";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(ObjectReference.KEY, key).put(ObjectReference.MAP, map);
        Optionally.put(writer, ObjectReference.MAP_ID, setId);
    }
}
