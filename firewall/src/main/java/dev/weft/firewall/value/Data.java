package dev.weft.firewall.value;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.Optional;

/// What a register, a map or a comparison holds: bytes, or a verdict (`NFTA_DATA_*`).
public sealed interface Data permits Datum, Verdict {
    AttributeTable TABLE = AttributeTable.named("data");

    /// Bytes of a register.
    Attribute<Slice> VALUE = TABLE.add(1, "NFTA_DATA_VALUE", Codecs.BINARY);

    /// A verdict.
    Attribute<Attributes> VERDICT = TABLE.nest(2, "NFTA_DATA_VERDICT", Verdict.TABLE);

    /// Writes the attributes that stand for it.
    void write(AttributeWriter writer);

    /// The attributes that stand for it.
    Attributes encode();

    /// Reads the attributes of either kind.
    ///
    /// @throws MalformedMessageException when they are neither
    static Data decode(Attributes attributes) {
        Optional<Data> verdict = attributes.find(VERDICT).map(Verdict::decode);
        return verdict.orElseGet(() -> Datum.decode(attributes));
    }
}
