package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.Optional;

/// The kind of a link and the kind's own data (`IFLA_INFO_*`). What the data mean, the kind
/// decides.
public final class LinkInfoAttributes {
    public static final AttributeTable TABLE = AttributeTable.named("link info");

    /// The kind's name, `veth`.
    public static final Attribute<String> KIND = TABLE.add(1, "IFLA_INFO_KIND", Codecs.STRING);

    /// The data of the kind.
    public static final Attribute<Slice> DATA =
            TABLE.nestBy(2, "IFLA_INFO_DATA", info -> tableBy(info, KIND, LinkKind::data));

    /// Statistics of the kind.
    public static final Attribute<Slice> STATISTICS =
            TABLE.add(3, "IFLA_INFO_XSTATS", Codecs.BINARY);

    /// The kind of the link that this one is a port of, `bridge`.
    public static final Attribute<String> PORT_KIND =
            TABLE.add(4, "IFLA_INFO_SLAVE_KIND", Codecs.STRING);

    /// What that kind keeps for each port.
    public static final Attribute<Slice> PORT_DATA =
            TABLE.nestBy(
                    5, "IFLA_INFO_SLAVE_DATA", info -> tableBy(info, PORT_KIND, LinkKind::port));

    private LinkInfoAttributes() {}

    private static Optional<AttributeTable> tableBy(
            Attributes info,
            Attribute<String> name,
            java.util.function.Function<LinkKind, Optional<AttributeTable>> table) {
        return info.find(name).flatMap(LinkKind::find).flatMap(table);
    }
}
