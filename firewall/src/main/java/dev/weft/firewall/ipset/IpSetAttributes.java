package dev.weft.firewall.ipset;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Optional;

/// What a message about a set has. Numbers of more than a byte are in network order, and the kernel
/// insists that their attributes say so.
public final class IpSetAttributes {
    /// 16 bits as ipset wants them.
    static final Codec<Integer> NUMBER16 = Codecs.BE16.markedNetworkOrder();

    /// 32 bits as ipset wants them.
    static final Codec<Long> NUMBER32 = Codecs.BE_U32.markedNetworkOrder();

    /// 64 bits as ipset wants them.
    static final Codec<Long> NUMBER64 = Codecs.BE64.markedNetworkOrder();

    public static final AttributeTable TABLE = AttributeTable.named("set");

    /// Version of the protocol, 6 or 7; first in every message.
    public static final Attribute<Integer> PROTOCOL =
            TABLE.add(1, "IPSET_ATTR_PROTOCOL", Codecs.U8);

    /// The set, at most 31 bytes.
    public static final Attribute<String> NAME = TABLE.add(2, "IPSET_ATTR_SETNAME", Codecs.STRING);

    /// `hash:ip`; in requests about two sets, the name of the second.
    public static final Attribute<String> TYPE = TABLE.add(3, "IPSET_ATTR_TYPENAME", Codecs.STRING);

    /// Which version of its type a set has; each can more than those before.
    public static final Attribute<Integer> REVISION =
            TABLE.add(4, "IPSET_ATTR_REVISION", Codecs.U8);

    /// 2 for IPv4, 10 for IPv6, 0 where a type has no addresses.
    public static final Attribute<Integer> FAMILY = TABLE.add(5, "IPSET_ATTR_FAMILY", Codecs.U8);

    /// Bits of a request: 4 asks a list for the sets without their entries.
    public static final Attribute<Long> FLAGS = TABLE.add(6, "IPSET_ATTR_FLAGS", NUMBER32);

    /// What a set was made with.
    public static final Attribute<Attributes> OPTIONS =
            TABLE.nest(7, "IPSET_ATTR_DATA", IpSetOptions.TABLE);

    /// Entries.
    public static final Attribute<List<Attributes>> ENTRIES =
            TABLE.nestList(8, "IPSET_ATTR_ADT", IpSetEntryAttributes.TABLE, 7);

    /// In a refusal, the number of the entry that was refused.
    public static final Attribute<Long> LINE = TABLE.add(9, "IPSET_ATTR_LINENO", NUMBER32);

    /// The oldest version of the protocol, or revision of a type, that the kernel knows.
    public static final Attribute<Integer> OLDEST =
            TABLE.add(10, "IPSET_ATTR_PROTOCOL_MIN", Codecs.U8);

    /// The kernel's number of the set.
    public static final Attribute<Integer> INDEX = TABLE.add(11, "IPSET_ATTR_INDEX", NUMBER16);

    private IpSetAttributes() {}

    /// Attributes as the kernel wants them: in what it sends, it leaves out some of the marks that
    /// it insists on when it gets them back.
    static Attributes marked(Attributes read) {
        return Attributes.build(
                read.table(),
                writer -> read.forEach((number, payload) -> mark(read, number, payload, writer)));
    }

    private static void mark(Attributes read, int number, Slice payload, AttributeWriter writer) {
        Optional<Attribute<?>> known = read.table().find(number);
        int flags = known.map(attribute -> attribute.codec().flags()).orElse(0);
        Slice content =
                known.flatMap(attribute -> attribute.inside().apply(read))
                        .map(inner -> marked(Attributes.decode(inner, payload)).encoded())
                        .orElse(payload);
        writer.raw(number | flags, target -> target.slice(content));
    }
}
