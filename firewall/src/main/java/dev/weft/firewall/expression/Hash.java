package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import org.jspecify.annotations.Nullable;

/// Loads a hash of a register, `jhash(source, seed) % modulus + offset` (`NFT_HASH_JENKINS` of
/// `enum nft_hash_attributes`, `nft_hash.c`).
///
/// @param bytes how long the data are
/// @param seed null to let the kernel choose one
public record Hash(
        Register source,
        int bytes,
        Register destination,
        int modulus,
        @Nullable Integer seed,
        int offset)
        implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("hash");
    private static final Attribute<Register> SOURCE =
            TABLE.add(1, "NFTA_HASH_SREG", Register.CODEC);
    static final Attribute<Register> DESTINATION = TABLE.add(2, "NFTA_HASH_DREG", Register.CODEC);
    private static final Attribute<Integer> LENGTH = TABLE.add(3, "NFTA_HASH_LEN", Codecs.BE32);
    static final Attribute<Integer> MODULUS = TABLE.add(4, "NFTA_HASH_MODULUS", Codecs.BE32);
    private static final Attribute<Integer> SEED = TABLE.add(5, "NFTA_HASH_SEED", Codecs.BE32);
    static final Attribute<Integer> OFFSET = TABLE.add(6, "NFTA_HASH_OFFSET", Codecs.BE32);
    static final Attribute<Integer> TYPE = TABLE.add(7, "NFTA_HASH_TYPE", Codecs.BE32);

    private static final int JENKINS = 0;

    static Expression decode(Attributes data) {
        int offset = data.orElse(OFFSET, 0);
        return data.orElse(TYPE, JENKINS) == JENKINS
                ? new Hash(
                        Required.of(data, SOURCE),
                        Required.of(data, LENGTH),
                        Required.of(data, DESTINATION),
                        Required.of(data, MODULUS),
                        Optionally.of(data, SEED),
                        offset)
                : new SymmetricHash(
                        Required.of(data, DESTINATION), Required.of(data, MODULUS), offset);
    }

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.put(TYPE, JENKINS)
                .put(SOURCE, source)
                .put(LENGTH, bytes)
                .put(DESTINATION, destination)
                .put(MODULUS, modulus);
        Optionally.put(writer, SEED, seed);
        Optionally.put(writer, OFFSET, offset == 0 ? null : offset);
    }
}
