package dev.weft.firewall;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Slice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Reads the elements of a set as often as it takes to see each of them.
///
/// The kernel goes through a set from its beginning for each message of a dump, past as many
/// elements as it has shown before (`nft_rhash_walk` in `net/netfilter/nft_set_hash.c`). A hash
/// table that grows in the background meanwhile changes the order: some elements come twice and as
/// many not at all. Neither the generation nor `NLM_F_DUMP_INTR` tells, but the ones that come
/// twice do.
final class SetDump {
    private SetDump() {}

    /// All elements, each once.
    ///
    /// @param reading gives the elements of each message of a dump
    /// @throws KernelException EINTR when the order kept changing
    static List<Element> read(NftSet set, Supplier<List<List<Element>>> reading) {
        for (int i = 0; i < Nftables.ATTEMPTS; i++) {
            List<List<Element>> messages = reading.get();
            List<Element> elements = messages.stream().flatMap(List::stream).toList();
            if (messages.size() <= 1 || areDistinct(elements)) {
                return elements;
            }
        }
        throw KernelException.of(
                Errno.EINTR.number(), "read", set + ", whose order keeps changing");
    }

    private static boolean areDistinct(List<Element> elements) {
        Set<Identity> seen = HashSet.newHashSet(elements.size());
        return elements.stream().map(Identity::of).allMatch(seen::add);
    }

    /// What no two elements of a set have in common. The end of one range and the start of the next
    /// share a key, and differ in the flags.
    private record Identity(Slice key, Slice end, Slice flags) {
        static Identity of(Element element) {
            return new Identity(
                    payload(element, ElementAttributes.KEY),
                    payload(element, ElementAttributes.KEY_END),
                    payload(element, ElementAttributes.FLAGS));
        }

        private static Slice payload(Element element, Attribute<?> attribute) {
            return element.attributes().payload(attribute.number()).orElse(Slice.EMPTY);
        }
    }
}
