package dev.weft.plugins.link;

import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.HexFormat;

/// Attributes of an object of the kernel in a record: their bytes in hexadecimal digits, so that
/// also those come back that Weft does not know.
final class AttributeText {
    private static final String KEY = "attributes";

    private AttributeText() {}

    static String of(Attributes attributes) {
        return HexFormat.of().formatHex(attributes.encoded().bytes());
    }

    /// Those of a record.
    ///
    /// @throws CniException when there are none
    /// @throws dev.weft.linux.MalformedMessageException when their bytes are not those of
    ///   attributes
    static Attributes read(Fields fields, AttributeTable table) {
        try {
            return Attributes.decode(
                    table, Slice.of(HexFormat.of().parseHex(fields.text(KEY).orElse(""))));
        } catch (IllegalArgumentException malformed) {
            throw fields.wrong(KEY, "hexadecimal digits");
        }
    }
}
