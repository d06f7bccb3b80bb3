package dev.weft.firewall.ipset;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;

/// What a set is made with, and what the kernel tells of it.
public final class IpSetOptions {
    public static final AttributeTable TABLE = AttributeTable.named("set options");

    /// The first address of a `bitmap:ip`.
    public static final Attribute<Attributes> FIRST =
            TABLE.nest(1, "IPSET_ATTR_IP", IpSetAddress.TABLE);

    /// The last address of a `bitmap:ip`.
    public static final Attribute<Attributes> LAST =
            TABLE.nest(2, "IPSET_ATTR_IP_TO", IpSetAddress.TABLE);

    /// Instead of the last address, the length of a prefix.
    public static final Attribute<Integer> PREFIX_LENGTH =
            TABLE.add(3, "IPSET_ATTR_CIDR", Codecs.U8);

    /// The first port of a `bitmap:port`.
    public static final Attribute<Integer> FIRST_PORT =
            TABLE.add(4, "IPSET_ATTR_PORT", IpSetAttributes.NUMBER16);

    /// The last port of a `bitmap:port`.
    public static final Attribute<Integer> LAST_PORT =
            TABLE.add(5, "IPSET_ATTR_PORT_TO", IpSetAttributes.NUMBER16);

    /// How long entries stay that say nothing of it; 0 for ever. Absent: they cannot expire.
    public static final Attribute<Long> TIMEOUT_SECONDS =
            TABLE.add(6, "IPSET_ATTR_TIMEOUT", IpSetAttributes.NUMBER32);

    /// Bits of [Flag].
    public static final Attribute<Long> FLAGS =
            TABLE.add(8, "IPSET_ATTR_CADT_FLAGS", IpSetAttributes.NUMBER32);

    /// Which bits of a mark an entry of `hash:ip,mark` has.
    public static final Attribute<Long> MARK_MASK =
            TABLE.add(11, "IPSET_ATTR_MARKMASK", IpSetAttributes.NUMBER32);

    /// A random number that the hash begins with.
    public static final Attribute<Long> SEED =
            TABLE.add(17, "IPSET_ATTR_INITVAL", IpSetAttributes.NUMBER32);

    /// How many buckets the hash has; it grows.
    public static final Attribute<Long> HASH_SIZE =
            TABLE.add(18, "IPSET_ATTR_HASHSIZE", IpSetAttributes.NUMBER32);

    /// How many entries there can be.
    public static final Attribute<Long> MOST_ENTRIES =
            TABLE.add(19, "IPSET_ATTR_MAXELEM", IpSetAttributes.NUMBER32);

    /// Addresses are cut to this prefix length.
    public static final Attribute<Integer> NETMASK = TABLE.add(20, "IPSET_ATTR_NETMASK", Codecs.U8);

    /// How many entries a bucket of the hash has at most.
    public static final Attribute<Integer> BUCKET_SIZE =
            TABLE.add(21, "IPSET_ATTR_BUCKETSIZE", Codecs.U8);

    /// How many sets a `list:set` has room for.
    public static final Attribute<Long> SIZE =
            TABLE.add(23, "IPSET_ATTR_SIZE", IpSetAttributes.NUMBER32);

    /// How many entries there are; of those that can expire, some may have.
    public static final Attribute<Long> COUNT =
            TABLE.add(24, "IPSET_ATTR_ELEMENTS", IpSetAttributes.NUMBER32);

    /// How many rules and sets refer to it.
    public static final Attribute<Long> REFERENCES =
            TABLE.add(25, "IPSET_ATTR_REFERENCES", IpSetAttributes.NUMBER32);

    public static final Attribute<Long> MEMORY_BYTES =
            TABLE.add(26, "IPSET_ATTR_MEMSIZE", IpSetAttributes.NUMBER32);

    private IpSetOptions() {}

    /// What the entries of a set can have besides themselves (`enum ipset_cadt_flags`).
    public enum Flag {
        /// Packets and bytes that matched.
        COUNTERS(3),
        /// A note for people.
        COMMENT(4),
        /// Of a full set, an entry gives way to a new one.
        FORCE_ADD(5),
        /// Mark, priority and queue for packets that match.
        PACKET_INFO(6);

        private final long bit;

        Flag(int position) {
            bit = 1L << position;
        }

        long bit() {
            return bit;
        }
    }
}
