package dev.weft.firewall.ipset;

import dev.weft.linux.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The type of a set: how it is stored, and what its entries are made of.
///
/// Types without a constant here work as well; what there is depends on the kernel.
///
/// @param name `hash:ip,port`
public record IpSetType(String name) {
    public static final IpSetType BITMAP_IP = new IpSetType("bitmap:ip");
    public static final IpSetType BITMAP_IP_MAC = new IpSetType("bitmap:ip,mac");
    public static final IpSetType BITMAP_PORT = new IpSetType("bitmap:port");
    public static final IpSetType HASH_IP = new IpSetType("hash:ip");
    public static final IpSetType HASH_MAC = new IpSetType("hash:mac");
    public static final IpSetType HASH_NET = new IpSetType("hash:net");
    public static final IpSetType HASH_IP_PORT = new IpSetType("hash:ip,port");
    public static final IpSetType HASH_NET_PORT = new IpSetType("hash:net,port");
    public static final IpSetType HASH_IP_PORT_IP = new IpSetType("hash:ip,port,ip");
    public static final IpSetType HASH_IP_PORT_NET = new IpSetType("hash:ip,port,net");
    public static final IpSetType HASH_NET_LINK = new IpSetType("hash:net,iface");
    public static final IpSetType HASH_NET_NET = new IpSetType("hash:net,net");
    public static final IpSetType HASH_IP_MARK = new IpSetType("hash:ip,mark");
    public static final IpSetType LIST = new IpSetType("list:set");

    private static final String PART = "(ip|net|port|mac|mark|iface|set)";
    private static final String SYNTAX = "(bitmap|hash|list):" + PART + "(," + PART + "){0,3}";

    /// What entries are made of.
    enum Part {
        IP,
        NET,
        PORT,
        MAC,
        MARK,
        IFACE,
        SET
    }

    /// How entries are stored.
    enum Storage {
        BITMAP,
        HASH,
        LIST
    }

    public IpSetType {
        if (!name.matches(SYNTAX)) {
            throw new InvalidRequestException(
                    "'" + name + "' is no type of set: write it like hash:ip,port");
        }
    }

    /// The type of a name, if it can be one.
    static Optional<IpSetType> tryParse(String name) {
        return name.matches(SYNTAX) ? Optional.of(new IpSetType(name)) : Optional.empty();
    }

    Storage storage() {
        return Storage.valueOf(upper(name.substring(0, name.indexOf(':'))));
    }

    /// The parts of an entry, in order.
    List<Part> parts() {
        return Stream.of(name.substring(name.indexOf(':') + 1).split(",", -1))
                .map(part -> Part.valueOf(upper(part)))
                .toList();
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /// Whether sets of it are of one family of addresses each; a bitmap's is IPv4.
    boolean hasFamily() {
        return storage() == Storage.HASH && !equals(HASH_MAC);
    }

    boolean isOfIpv4() {
        return storage() == Storage.BITMAP && !equals(BITMAP_PORT);
    }

    @Override
    public String toString() {
        return name;
    }
}
