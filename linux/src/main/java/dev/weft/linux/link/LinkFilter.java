package dev.weft.linux.link;

import dev.weft.linux.netlink.Attributes;
import java.util.Optional;

/// Which links a list shall hold, and how much of each. Immutable, each method answers a new
/// filter.
///
/// @param kindName only links of this kind
/// @param master only ports of this link, by index
/// @param familyStatistics whether IPv6's counters are read, which the kernel sums up over all
///   processors for each link; [LinkAttributes#STATISTICS] are always there
public record LinkFilter(
        Optional<String> kindName, Optional<Integer> master, boolean familyStatistics) {
    private static final long RTEXT_FILTER_SKIP_STATS = 0x8;

    /// Means something to bridges alone. But only where any mask is given does the kernel make room
    /// for the largest link (`rtnl_calcit` in `net/core/rtnetlink.c`); without it, the links from
    /// the first one on that does not fit into a piece of the dump are left out without a word.
    private static final long RTEXT_FILTER_MRP = 0x10;

    /// Everything of every link.
    public static LinkFilter all() {
        return new LinkFilter(Optional.empty(), Optional.empty(), true);
    }

    public LinkFilter kind(LinkKind kind) {
        return new LinkFilter(Optional.of(kind.kernelName()), master, familyStatistics);
    }

    public LinkFilter master(int index) {
        return new LinkFilter(kindName, Optional.of(index), familyStatistics);
    }

    public LinkFilter withoutFamilyStatistics() {
        return new LinkFilter(kindName, master, false);
    }

    Attributes attributes() {
        return Attributes.build(
                LinkAttributes.TABLE,
                writer -> {
                    writer.put(
                            LinkAttributes.EXTENDED_MASK,
                            RTEXT_FILTER_MRP | (familyStatistics ? 0 : RTEXT_FILTER_SKIP_STATS));
                    master.ifPresent(index -> writer.put(LinkAttributes.MASTER, index));
                    kindName.ifPresent(name ->
                            writer.nest(
                                    LinkAttributes.INFO,
                                    info -> info.put(LinkInfoAttributes.KIND, name)));
                });
    }

    /// The kernel filters too, but hands out everything when it does not know the kind, or when the
    /// kind's module is not loaded (`rtnl_dump_ifinfo`).
    boolean admits(Link link) {
        return kindName.map(name -> link.kindName().equals(Optional.of(name))).orElse(true)
                && master.map(index -> link.master().equals(Optional.of(index))).orElse(true);
    }
}
