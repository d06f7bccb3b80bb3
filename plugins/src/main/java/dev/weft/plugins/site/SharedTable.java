package dev.weft.plugins.site;

import dev.weft.cni.AttachmentId;
import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The table `inet weft`: what the plugins have in nftables, as elements of maps.
///
/// ```
///   part: base chains, rules, maps                            made when its first element comes
///     map --element of an attachment--> group: a counter      made with its first element
///     set --companion of the group, as the subnet             comes and goes with the group
/// ```
///
/// An attachment adds elements, which costs the same whatever is there, and most often nothing
/// else. What elements share is made by the one that misses it, in the same transaction, and
/// removed by the one that finds that it was the last: the kernel knows how many elements lead to a
/// counter. Races end in a refusal by the kernel, whereupon everything is looked at anew.
///
/// Elements that lead to chains would do without counters, but with each one the kernel goes
/// through all of them, looking for loops (`nft_lookup_validate` in `net/netfilter/nft_lookup.c`).
public final class SharedTable {
    public static final Table TABLE =
            Table.of(Family.INET, "weft")
                    .comment("of Weft's CNI plugins; goes with the last container");

    private static final int ATTEMPTS = 100;

    /// A set of pairs of networks takes none that overlaps another, as subnets within subnets do.
    /// Such a group does without: what stays inside a subnet is seldom routed at all.
    private static final int TRIES_WITH_COMPANIONS = 4;

    private final Nftables nftables;

    SharedTable(Nftables nftables) {
        this.nftables = nftables;
    }

    /// What one purpose needs, whoever uses it.
    ///
    /// @param prefix of its groups' names
    /// @param maps its maps and sets
    /// @param chains its chains, the first of which tells whether it is there
    /// @param rules of those chains, in order
    /// @param companions the entries that a group has, told by its counter
    public record Part(
            String prefix,
            List<NftSet> maps,
            List<Chain> chains,
            List<Rule> rules,
            Function<NftObject, List<Entry>> companions) {
        public Part {
            maps = List.copyOf(maps);
            chains = List.copyOf(chains);
            rules = List.copyOf(rules);
        }

        private boolean hasGroup(NftObject counter) {
            return counter.name().startsWith(prefix);
        }

        private Set<Entry> companionsOf(Collection<NftObject> counters) {
            return counters.stream()
                    .filter(this::hasGroup)
                    .flatMap(counter -> companions.apply(counter).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    /// What an attachment has in a map or set.
    public record Entry(NftSet map, Element element) {
        public Datum key() {
            return element.key().orElseThrow();
        }

        /// Whether it says the same as another, whoever's they are.
        public boolean isLike(Entry other) {
            return map.equals(other.map)
                    && key().equals(other.key())
                    && element.data().equals(other.element.data())
                    && element.object().equals(other.element.object());
        }
    }

    /// A network as part of a group's name: `nft` reads no colons there.
    public static String word(IpPrefix network) {
        return network.toString().replace(':', '-');
    }

    /// The network of a word.
    public static IpPrefix network(String word) {
        return IpPrefix.parse(word.replace('-', ':'));
    }

    /// What goes from one network to another, for a set of both.
    public static Element fromTo(IpPrefix from, IpPrefix to) {
        return Element.of(Datum.concat(first(from), first(to)))
                .to(Datum.concat(last(from), last(to)));
    }

    private static Datum first(IpPrefix network) {
        return Datum.address(network.network().address());
    }

    private static Datum last(IpPrefix network) {
        byte[] bytes = network.network().address().getAddress();
        for (int bit = network.length(); bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return Datum.of(bytes);
    }

    /// Adds entries, all or none.
    ///
    /// @param groups that entries lead to
    /// @param replaceable whether an entry of the same key, with this comment, may be replaced;
    ///   throws when that is an error
    public void add(
            Part part,
            Owner owner,
            List<Entry> entries,
            List<NftObject> groups,
            Predicate<Entry> replaceable) {
        List<Entry> signed = signed(owner, entries);
        Batch next = addTo(new Batch(), signed);
        for (int i = 1; ; i++) {
            try {
                nftables.apply(next);
                return;
            } catch (KernelException failed) {
                boolean isRemediable = failed.is(Errno.ENOENT) || failed.is(Errno.EEXIST);
                if (!isRemediable || i == ATTEMPTS) {
                    throw failed;
                }
            }
            next = withMissing(part, groups, i < TRIES_WITH_COMPANIONS);
            byMap(replaced(signed, replaceable)).forEach(next::delete);
            addTo(next, signed);
        }
    }

    private static List<Entry> signed(Owner owner, List<Entry> entries) {
        String comment = owner.comment();
        return entries.stream()
                .map(entry -> new Entry(entry.map(), entry.element().comment(comment)))
                .toList();
    }

    private static Batch addTo(Batch batch, List<Entry> entries) {
        byMap(entries).forEach(batch::create);
        return batch;
    }

    private static Map<NftSet, List<Element>> byMap(List<Entry> entries) {
        Map<NftSet, List<Element>> byMap = new LinkedHashMap<>();
        entries.forEach(entry ->
                byMap.computeIfAbsent(entry.map(), _ -> new ArrayList<>()).add(entry.element()));
        return byMap;
    }

    /// Makes what is not there; nothing of it is made twice, since the kernel refuses that.
    private Batch withMissing(Part part, List<NftObject> groups, boolean hasCompanions) {
        Batch batch = new Batch();
        if (nftables.find(part.chains().getFirst()).isEmpty()) {
            batch.add(TABLE);
            part.maps().forEach(batch::create);
            part.chains().forEach(batch::create);
            part.rules().forEach(batch::append);
        }
        Set<String> made = new HashSet<>();
        for (NftObject group : groups) {
            if (made.add(group.name()) && nftables.find(group).isEmpty()) {
                batch.create(group);
                if (hasCompanions) {
                    byMap(part.companions().apply(group)).forEach(batch::add);
                }
            }
        }
        return batch;
    }

    private List<Entry> replaced(List<Entry> entries, Predicate<Entry> replaceable) {
        List<Entry> there = find(entries);
        for (Entry entry : there) {
            if (!replaceable.test(entry)) {
                throw KernelException.of(
                        Errno.EEXIST.number(), "add", "an entry of " + entry.map());
            }
        }
        return there;
    }

    /// Those entries that are there, with the comments and data that they have there.
    public List<Entry> find(List<Entry> entries) {
        List<Entry> there = new ArrayList<>();
        byMap(entries)
                .forEach((map, elements) ->
                        nftables.find(map, elements)
                                .forEach(element -> there.add(new Entry(map, element))));
        return there;
    }

    /// Whether there is a group whose name begins like this.
    public boolean hasGroup(String prefix) {
        return nftables.find(TABLE).isPresent()
                && nftables.objects(TABLE).stream()
                        .anyMatch(counter -> counter.name().startsWith(prefix));
    }

    /// All entries of a part whose comment is as asked, which takes as long as there are many.
    List<Entry> search(Part part, Predicate<String> comment) {
        if (nftables.find(part.chains().getFirst()).isEmpty()) {
            return List.of();
        }
        List<Entry> found = new ArrayList<>();
        for (NftSet map : part.maps()) {
            nftables.elements(map).stream()
                    .filter(element -> element.comment().filter(comment).isPresent())
                    .forEach(element -> found.add(new Entry(map, element)));
        }
        return found;
    }

    /// Removes those of some entries whose comment is as asked, and what nobody needs afterwards.
    ///
    /// @return the groups that have gone, as they were
    public List<NftObject> remove(Part part, List<Entry> entries, Predicate<String> comment) {
        List<Entry> present = List.of();
        for (int i = 0; i < ATTEMPTS; i++) {
            present =
                    find(entries).stream()
                            .filter(entry -> entry.element().comment().filter(comment).isPresent())
                            .toList();
            if (present.isEmpty() || isDone(present)) {
                break;
            }
        }
        // Also those whose entries have gone before: who removed them may have been killed since.
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(present);
        return prune(part, groupsOf(all));
    }

    /// Removes what belongs to attachments of a network that are not valid.
    public void removeStrays(Part part, String network, Set<AttachmentId> valid) {
        Predicate<String> stray = Owner.strays(network, valid);
        List<Entry> strays = search(part, stray);
        if (!strays.isEmpty()) {
            remove(part, strays, stray);
        }
    }

    private boolean isDone(List<Entry> present) {
        try {
            Batch batch = new Batch();
            byMap(present).forEach(batch::delete);
            nftables.apply(batch);
            return true;
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return false;
            }
            throw failed;
        }
    }

    private static Set<NftObject> groupsOf(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.element().object().stream())
                .map(name -> NftObject.counter(TABLE, name))
                .collect(Collectors.toSet());
    }

    private List<NftObject> prune(Part part, Set<NftObject> groups) {
        boolean mayBeUnused =
                groups.stream()
                        .anyMatch(group ->
                                nftables.find(group).filter(it -> it.uses() == 0).isPresent());
        return mayBeUnused ? prune(part) : List.of();
    }

    /// Removes the groups of a part that no element leads to, the part without groups, and the
    /// table without parts, unless any of that changes meanwhile.
    private List<NftObject> prune(Part part) {
        List<NftObject> removed = new ArrayList<>();
        for (int i = 1; ; i++) {
            try {
                nftables.apply(() -> {
                    removed.clear();
                    return pruning(part, removed);
                });
                return removed;
            } catch (KernelException failed) {
                if (!failed.is(Errno.ERESTART) || i == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private List<Entry> present(Set<Entry> companions) {
        List<Entry> there = find(List.copyOf(companions));
        return companions.stream()
                .filter(companion ->
                        there.stream()
                                .anyMatch(found ->
                                        found.isLike(companion)
                                                && found.element()
                                                        .keyEnd()
                                                        .equals(companion.element().keyEnd())))
                .toList();
    }

    private Batch pruning(Part part, List<NftObject> removed) {
        Batch batch = new Batch();
        List<NftObject> left = new ArrayList<>(nftables.objects(TABLE));
        left.stream()
                .filter(counter -> part.hasGroup(counter) && counter.uses() == 0)
                .forEach(removed::add);
        if (removed.isEmpty()) {
            return batch;
        }
        left.removeAll(removed);
        if (left.isEmpty()) {
            return batch.delete(TABLE);
        }
        if (left.stream().noneMatch(part::hasGroup)) {
            part.chains().forEach(batch::flush);
            part.chains().forEach(batch::delete);
            part.maps().forEach(batch::delete);
        } else {
            Set<Entry> companions = part.companionsOf(removed);
            companions.removeAll(part.companionsOf(left));
            byMap(present(companions)).forEach(batch::delete);
        }
        removed.forEach(batch::delete);
        return batch;
    }
}
