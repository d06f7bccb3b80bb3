package dev.weft.firewall.expression;

import dev.weft.linux.netlink.AttributeWriter;

/// Loads a hash of the packet's flow that is the same in both directions, modulo something and plus
/// an offset (`NFT_HASH_SYM` of `enum nft_hash_attributes`, `nft_hash.c`).
public record SymmetricHash(Register destination, int modulus, int offset) implements Expression {
    private static final int SYMMETRIC = 1;

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(Hash.TYPE, SYMMETRIC)
                .put(Hash.DESTINATION, destination)
                .put(Hash.MODULUS, modulus);
        Optionally.put(writer, Hash.OFFSET, offset == 0 ? null : offset);
    }
}
