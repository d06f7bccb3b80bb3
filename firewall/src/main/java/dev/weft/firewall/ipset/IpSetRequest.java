package dev.weft.firewall.ipset;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.time.Duration;

/// A set to be made. Immutable, each method answers a new request.
///
/// ```java
/// sets.create(IpSetRequest.of("allowed", IpSetType.HASH_IP_PORT).maxEntries(200_000).timeout(Duration.ZERO));
/// ```
public final class IpSetRequest {
    private final String name;
    private final IpSetType type;
    private final IpFamily family;
    private final Attributes options;

    private IpSetRequest(String name, IpSetType type, IpFamily family, Attributes options) {
        this.name = name;
        this.type = type;
        this.family = family;
        this.options = options;
    }

    /// A set of a type, of IPv4 if it has addresses.
    ///
    /// @param name 1 to 31 bytes
    public static IpSetRequest of(String name, IpSetType type) {
        return new IpSetRequest(
                IpSets.checked(name), type, IpFamily.IPV4, Attributes.empty(IpSetOptions.TABLE));
    }

    /// A set as another one is, apart from what the kernel adds.
    public static IpSetRequest of(String name, IpSet like) {
        return new IpSetRequest(
                IpSets.checked(name),
                like.type(),
                like.family().orElse(IpFamily.IPV4),
                IpSetAttributes.marked(
                        like.options()
                                .without(
                                        IpSetOptions.COUNT,
                                        IpSetOptions.REFERENCES,
                                        IpSetOptions.MEMORY_BYTES,
                                        IpSetOptions.SEED)));
    }

    /// Any option.
    public <T> IpSetRequest set(Attribute<T> option, T value) {
        return new IpSetRequest(
                name, type, family, options.and(writer -> writer.put(option, value)));
    }

    /// The family of the addresses of a hash.
    public IpSetRequest family(IpFamily which) {
        return new IpSetRequest(name, type, which, options);
    }

    /// How many buckets a hash begins with; the kernel takes the next power of two.
    public IpSetRequest hashSize(long buckets) {
        return set(IpSetOptions.HASH_SIZE, buckets);
    }

    /// How many entries a hash has room for; 65,536 when not asked.
    public IpSetRequest mostEntries(long count) {
        return set(IpSetOptions.MOST_ENTRIES, count);
    }

    /// Lets entries expire.
    ///
    /// @param usual of those that say nothing of it; zero for ever, at most 2,147,483 seconds
    public IpSetRequest timeout(Duration usual) {
        return set(IpSetOptions.TIMEOUT_SECONDS, usual.toSeconds());
    }

    /// Lets entries have counters, comments and the like.
    public IpSetRequest with(IpSetOptions.Flag... flags) {
        long bits = options.orElse(IpSetOptions.FLAGS, 0L);
        for (IpSetOptions.Flag flag : flags) {
            bits |= flag.bit();
        }
        return set(IpSetOptions.FLAGS, bits);
    }

    /// Cuts addresses to a prefix length, of a `hash:ip` or `bitmap:ip`.
    ///
    /// @param length 1 to 32 or 128
    public IpSetRequest netmask(int length) {
        return set(IpSetOptions.NETMASK, length);
    }

    /// The addresses that a `bitmap:ip` has room for; at most 65,536, of IPv4.
    public IpSetRequest range(InetAddress first, InetAddress last) {
        return set(IpSetOptions.FIRST, IpSetAddress.encode(first))
                .set(IpSetOptions.LAST, IpSetAddress.encode(last));
    }

    /// As [#range(InetAddress,InetAddress)], all addresses of a network.
    public IpSetRequest range(IpPrefix network) {
        return set(IpSetOptions.FIRST, IpSetAddress.encode(network.address()))
                .set(IpSetOptions.PREFIX_LENGTH, network.length());
    }

    /// The ports that a `bitmap:port` has room for.
    public IpSetRequest ports(int first, int last) {
        return set(IpSetOptions.FIRST_PORT, first).set(IpSetOptions.LAST_PORT, last);
    }

    /// How many sets a `list:set` has room for; 8 when not asked.
    public IpSetRequest size(long sets) {
        return set(IpSetOptions.SIZE, sets);
    }

    String name() {
        return name;
    }

    IpSetType type() {
        return type;
    }

    Attributes options() {
        return options;
    }

    /// The kernel's number of the family, 0 where the type has none.
    ///
    /// @throws InvalidRequestException for IPv6 in a type that has none
    int familyNumber() {
        if (!type.hasFamily() && family == IpFamily.IPV6) {
            throw new InvalidRequestException("a set of type " + type + " holds no IPv6");
        }
        return type.hasFamily() || type.isOfIpv4() ? family.number() : 0;
    }

    /// For messages: `set allowed of type hash:ip`.
    @Override
    public String toString() {
        return "set " + name + " of type " + type;
    }
}
