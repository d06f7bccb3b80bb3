package dev.weft.firewall.ipset;

import dev.weft.linux.IpFamily;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// A set as the kernel described it, without its entries; what has no accessor here is in
/// [#options].
///
/// @param revision of the type
/// @param familyNumber 2 for IPv4, 10 for IPv6, 0 where the type has no addresses
/// @param options of [IpSetOptions]
public record IpSet(
        String name, IpSetType type, int revision, int familyNumber, Attributes options) {

    /// The family of its addresses; nothing where the type has none.
    public Optional<IpFamily> family() {
        return IpFamily.of(familyNumber);
    }

    public boolean has(IpSetOptions.Flag flag) {
        return (options.orElse(IpSetOptions.FLAGS, 0L) & flag.bit()) != 0;
    }

    /// How long entries stay that say nothing of it, zero for ever; nothing where they cannot
    /// expire.
    public Optional<Duration> timeout() {
        return options.find(IpSetOptions.TIMEOUT_SECONDS).map(Duration::ofSeconds);
    }

    /// How many entries there are; of those that can expire, some may have.
    public long count() {
        return options.orElse(IpSetOptions.COUNT, 0L);
    }

    /// How many rules and sets refer to it; while there are some, it cannot be destroyed.
    public long references() {
        return options.orElse(IpSetOptions.REFERENCES, 0L);
    }

    public long memoryBytes() {
        return options.orElse(IpSetOptions.MEMORY_BYTES, 0L);
    }

    /// How many entries there can be, of a hash.
    public Optional<Long> mostEntries() {
        return options.find(IpSetOptions.MOST_ENTRIES);
    }

    /// How many buckets the hash has by now.
    public Optional<Long> hashSize() {
        return options.find(IpSetOptions.HASH_SIZE);
    }

    /// The first address of a `bitmap:ip`.
    public Optional<InetAddress> first() {
        return options.find(IpSetOptions.FIRST).flatMap(IpSetAddress::decode);
    }

    /// The last address of a `bitmap:ip`.
    public Optional<InetAddress> last() {
        return options.find(IpSetOptions.LAST).flatMap(IpSetAddress::decode);
    }

    /// What would make it anew, as `ipset save` prints it.
    @Override
    public String toString() {
        return IpSetText.of(this);
    }
}
