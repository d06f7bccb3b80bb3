package dev.weft.plugins.nat;

import dev.weft.firewall.iptables.Iptables;
import dev.weft.firewall.iptables.IptablesException;
import dev.weft.firewall.iptables.Problem;
import dev.weft.firewall.iptables.Rule;
import dev.weft.firewall.iptables.SavedChain;
import dev.weft.firewall.iptables.SavedTable;
import dev.weft.firewall.iptables.Transaction;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.site.Hashes;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.Site;
import java.util.List;
import java.util.stream.Stream;

/// Masquerading by iptables, rule by rule as the reference plugins make it: a chain for each
/// container and network, to which POSTROUTING leads from each of its addresses.
///
/// Two interfaces of a container in one network share the chain; it goes with the last of them.
final class MasqueradeChains {
    private static final String TABLE = "nat";
    private static final String POSTROUTING = "POSTROUTING";
    private static final int HASH_DIGITS = 24;

    private final Site site;

    MasqueradeChains(Site site) {
        this.site = site;
    }

    static String chain(Owner owner) {
        return "CNI-"
                + Hashes.sha512(owner.network() + owner.attachment().containerId(), HASH_DIGITS);
    }

    /// Makes the chain and its rules, one run of a program for each family.
    void add(Owner owner, List<IpPrefix> addresses) {
        for (IpFamily family : IpFamily.values()) {
            List<IpPrefix> own = of(family, addresses);
            if (!own.isEmpty()) {
                add(site.iptables().of(family), owner, own);
            }
        }
    }

    private static List<IpPrefix> of(IpFamily family, List<IpPrefix> addresses) {
        return addresses.stream()
                .filter(address -> IpFamily.of(address.address()) == family)
                .toList();
    }

    private static void add(Iptables iptables, Owner owner, List<IpPrefix> addresses) {
        String chain = chain(owner);
        Transaction whole = new Transaction().newChain(TABLE, chain);
        rules(owner, addresses).forEach(rule -> whole.append(TABLE, rule));
        try {
            iptables.apply(whole);
        } catch (IptablesException failed) {
            if (failed.problem() != Problem.CHAIN_EXISTS) {
                throw failed;
            }
            SavedTable there = iptables.read(TABLE);
            Transaction missing = new Transaction();
            rules(owner, addresses)
                    .filter(rule -> !has(there, rule))
                    .forEach(rule -> missing.append(TABLE, rule));
            iptables.apply(missing);
        }
    }

    private static boolean has(SavedTable table, Rule rule) {
        return table.chain(rule.chain()).stream()
                .flatMap(chain -> chain.rules().stream())
                .anyMatch(rule::isSameAs);
    }

    /// In the order in which the reference makes them.
    private static Stream<Rule> rules(Owner owner, List<IpPrefix> addresses) {
        return addresses.stream().flatMap(address -> rules(owner, address));
    }

    private static Stream<Rule> rules(Owner owner, IpPrefix address) {
        String chain = chain(owner);
        String comment =
                "name: \"" + owner.network() + "\" id: \"" + owner.attachment().containerId() + '"';
        String subnet = address.network().toString();
        String many = MasqueradePart.multicast(address).toString();
        return Stream.of(
                Rule.of(chain, "-d", subnet, "-m", "comment", "--comment", comment, "-j", "ACCEPT"),
                Rule.of(
                        chain,
                        "!",
                        "-d",
                        many,
                        "-m",
                        "comment",
                        "--comment",
                        comment,
                        "-j",
                        "MASQUERADE"),
                Rule.of(
                        POSTROUTING,
                        "-s",
                        IpPrefix.textOf(address.address()),
                        "-m",
                        "comment",
                        "--comment",
                        comment,
                        "-j",
                        chain));
    }

    /// As [#remove], of families that may have such a chain at all; where the kernel says that none
    /// is there, no program is run.
    void removeIfThere(Owner owner, List<IpPrefix> addresses) {
        for (IpFamily family : IpFamily.values()) {
            if (mayBeThere(family, owner)) {
                remove(family, owner, of(family, addresses));
            }
        }
    }

    /// Removes the rules for some addresses, and the chain when no rule leads there any more.
    void remove(Owner owner, List<IpPrefix> addresses) {
        for (IpFamily family : IpFamily.values()) {
            List<IpPrefix> own = of(family, addresses);
            if (!own.isEmpty()) {
                remove(family, owner, own);
            }
        }
    }

    /// Without addresses, whatever leads there.
    private void remove(IpFamily family, Owner owner, List<IpPrefix> addresses) {
        Iptables iptables = site.iptables().of(family);
        String chain = chain(owner);
        SavedTable there = iptables.read(TABLE);
        List<Rule> leading =
                there.chain(POSTROUTING).map(SavedChain::rules).orElse(List.of()).stream()
                        .filter(rule -> leadsTo(rule, chain))
                        .toList();
        List<Rule> own =
                leading.stream()
                        .filter(rule -> addresses.isEmpty() || isFrom(rule, addresses))
                        .toList();
        Transaction transaction = new Transaction();
        own.forEach(rule ->
                transaction.delete(
                        TABLE, POSTROUTING, rule.specification().toArray(String[]::new)));
        if (own.size() == leading.size() && there.chain(chain).isPresent()) {
            transaction.flush(TABLE, chain).deleteChain(TABLE, chain);
        }
        iptables.apply(transaction);
    }

    private static boolean leadsTo(Rule rule, String chain) {
        return rule.target() != null && rule.target().name().equals(chain);
    }

    /// Older releases of the reference wrote the subnet's length behind the address.
    private static boolean isFrom(Rule rule, List<IpPrefix> addresses) {
        return rule.source() != null
                && rule.source()
                        .prefix()
                        .filter(source ->
                                addresses.stream()
                                        .anyMatch(address ->
                                                source.equals(IpPrefix.host(address.address()))
                                                        || source.equals(address.network())))
                        .isPresent();
    }

    /// As [#isThere]; where the kernel says that the chain is not there, no program is run.
    boolean isThereAtAll(Owner owner, IpPrefix address) {
        return mayBeThere(IpFamily.of(address.address()), owner) && isThere(owner, address);
    }

    private boolean mayBeThere(IpFamily family, Owner owner) {
        return site.iptables().mayHave(site.nftables(), family, TABLE, chain(owner));
    }

    /// Whether all rules for an address are there.
    boolean isThere(Owner owner, IpPrefix address) {
        Iptables iptables = site.iptables().of(IpFamily.of(address.address()));
        SavedTable there = iptables.read(TABLE);
        return rules(owner, address).allMatch(rule -> has(there, rule));
    }
}
