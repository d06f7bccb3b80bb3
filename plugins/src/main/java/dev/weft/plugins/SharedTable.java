package dev.weft.plugins;

import dev.weft.cni.AttachmentId;
import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// The table `inet weft`: what the plugins have in nftables, as elements of maps.
///
/// ```
///   part: base chains, maps, rules that look up            made when its first element comes
///     map --element of an attachment--> group's chain      made with its first element
/// ```
///
/// An attachment adds elements, which costs the same whatever is there, and most often nothing
/// else. What elements share is made by the one that misses it, in the same transaction, and
/// removed by the one that finds that it was the last: a chain of the kernel knows how many
/// elements lead to it. Races end in a refusal by the kernel, whereupon everything is looked at
/// anew.
final class SharedTable {
    static final Table TABLE =
            Table.of(Family.INET, "weft")
                    .comment("of Weft's CNI plugins; goes with the last container");

    /// More than any group has rules and companions: a chain with fewer uses may have no elements.
    private static final int MOST_RULES = 5;

    private static final int ATTEMPTS = 100;

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
    /// @param companions the entries that a group has, told by its chain
    record Part(
            String prefix,
            List<NftSet> maps,
            List<Chain> chains,
            List<Rule> rules,
            Function<Chain, List<Entry>> companions) {
        Part(String prefix, List<NftSet> maps, List<Chain> chains, List<Rule> rules) {
            this(prefix, maps, chains, rules, _ -> List.of());
        }

        Part {
            maps = List.copyOf(maps);
            chains = List.copyOf(chains);
            rules = List.copyOf(rules);
        }

        private boolean hasGroup(Chain chain) {
            return chain.name().startsWith(prefix);
        }
    }

    /// A chain that elements lead to, with its rules, and with entries that come and go with it.
    record Group(Chain chain, List<Rule> rules, List<Entry> companions) {
        Group {
            rules = List.copyOf(rules);
            companions = List.copyOf(companions);
        }

        Group(Chain chain, List<Rule> rules) {
            this(chain, rules, List.of());
        }
    }

    /// What an attachment has in a map or set.
    record Entry(NftSet map, Element element) {
        Datum key() {
            return element.key().orElseThrow();
        }
    }

    /// A network as part of a chain's name: `nft` reads no colons there.
    static String word(IpPrefix network) {
        return network.toString().replace(':', '-');
    }

    /// Adds entries, all or none.
    ///
    /// @param groups that entries lead to
    /// @param replaceable whether an entry of the same key, with this comment, may be replaced;
    ///   throws when that is an error
    void add(
            Part part,
            Owner owner,
            List<Entry> entries,
            List<Group> groups,
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
            next = withMissing(part, groups);
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
    private Batch withMissing(Part part, List<Group> groups) {
        Batch batch = new Batch();
        if (nftables.find(part.chains().getFirst()).isEmpty()) {
            batch.add(TABLE);
            part.maps().forEach(batch::create);
            part.chains().forEach(batch::create);
            part.rules().forEach(batch::append);
        }
        Set<String> made = new HashSet<>();
        for (Group group : groups) {
            if (made.add(group.chain().name()) && nftables.find(group.chain()).isEmpty()) {
                batch.create(group.chain());
                group.rules().forEach(batch::append);
                addTo(batch, group.companions());
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
    List<Entry> find(List<Entry> entries) {
        List<Entry> there = new ArrayList<>();
        byMap(entries)
                .forEach((map, elements) ->
                        nftables.find(map, elements)
                                .forEach(element -> there.add(new Entry(map, element))));
        return there;
    }

    /// Whether there is a group whose name begins like this.
    boolean hasGroup(String prefix) {
        return nftables.chains(TABLE).stream().anyMatch(chain -> chain.name().startsWith(prefix));
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
    /// @return the groups' chains that have gone, as they were
    List<Chain> remove(Part part, List<Entry> entries, Predicate<String> comment) {
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
        return prune(part, groupsOf(present));
    }

    /// Removes what belongs to attachments of a network that are not valid.
    void removeStrays(Part part, String network, Set<AttachmentId> valid) {
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

    private static Set<Chain> groupsOf(List<Entry> entries) {
        Set<Chain> groups = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.element().data().orElse(null) instanceof Verdict verdict
                    && !verdict.chain().isEmpty()) {
                groups.add(Chain.of(TABLE, verdict.chain()));
            }
        }
        return groups;
    }

    private List<Chain> prune(Part part, Set<Chain> groups) {
        boolean mayBeUnused =
                groups.stream()
                        .anyMatch(group ->
                                nftables.find(group)
                                        .filter(chain -> chain.uses() <= MOST_RULES)
                                        .isPresent());
        return mayBeUnused ? prune(part) : List.of();
    }

    /// Removes the groups of a part that no element leads to, the part without groups, and the
    /// table without parts, unless any of that changes meanwhile.
    private List<Chain> prune(Part part) {
        List<Chain> removed = new ArrayList<>();
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

    private Batch pruning(Part part, List<Chain> removed) {
        Batch batch = new Batch();
        List<Chain> chains = new ArrayList<>(nftables.chains(TABLE));
        chains.stream()
                .filter(chain -> part.hasGroup(chain) && isUnused(part, chain))
                .forEach(removed::add);
        if (removed.isEmpty()) {
            return batch;
        }
        chains.removeAll(removed);
        List<String> left = chains.stream().map(Chain::name).toList();
        List<String> own = part.chains().stream().map(Chain::name).toList();
        if (own.containsAll(left)) {
            return batch.delete(TABLE);
        }
        removed.forEach(chain -> byMap(part.companions().apply(chain)).forEach(batch::delete));
        removed.forEach(batch::delete);
        if (chains.stream().noneMatch(part::hasGroup)) {
            part.chains().forEach(batch::flush);
            part.chains().forEach(batch::delete);
            part.maps().forEach(batch::delete);
        }
        return batch;
    }

    private boolean isUnused(Part part, Chain chain) {
        long own =
                part.companions().apply(chain).stream()
                        .filter(entry -> entry.map().hasVerdicts())
                        .count();
        return chain.uses() <= MOST_RULES + own
                && chain.uses() == nftables.rules(chain).size() + own;
    }
}
