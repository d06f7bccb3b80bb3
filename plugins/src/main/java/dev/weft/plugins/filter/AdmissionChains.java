package dev.weft.plugins.filter;

import dev.weft.firewall.iptables.Iptables;
import dev.weft.firewall.iptables.Rule;
import dev.weft.firewall.iptables.SavedChain;
import dev.weft.firewall.iptables.SavedTable;
import dev.weft.firewall.iptables.Transaction;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.filter.FirewallOptions.Policy;
import dev.weft.plugins.nat.PortChains;
import dev.weft.plugins.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The firewall plugin's rules of iptables, as the reference plugin makes them. Only the program of
/// a family that the container has is run.
///
/// The shared chains go with the last container, unlike the reference's; a chain of the
/// administrator's that has rules stays.
final class AdmissionChains {
    private static final String TABLE = "filter";
    private static final String FORWARD = "FORWARD";
    static final String OWN = "CNI-FORWARD";
    private static final String STAGE_1 = "CNI-ISOLATION-STAGE-1";
    private static final String STAGE_2 = "CNI-ISOLATION-STAGE-2";
    private static final String COMMENT = "CNI firewall plugin rules";

    private final Site site;

    AdmissionChains(Site site) {
        this.site = site;
    }

    /// A rule and whether it stands in front of the others.
    private record Placed(Rule rule, boolean isFirst) {
        static Placed first(String chain, String comment, String... words) {
            return new Placed(rule(chain, comment, words), true);
        }

        static Placed last(String chain, String comment, String... words) {
            return new Placed(rule(chain, comment, words), false);
        }

        private static Rule rule(String chain, String comment, String... words) {
            return Rule.of(
                    chain,
                    Stream.concat(
                                    Stream.of("-m", "comment", "--comment", comment),
                                    Stream.of(words))
                            .toArray(String[]::new));
        }
    }

    void add(Admission admission) {
        for (IpPrefix address : admission.addresses()) {
            Iptables iptables = site.iptables().of(IpFamily.of(address.address()));
            PortChains.change(
                    site, () -> iptables.apply(addition(iptables.read(TABLE), admission, address)));
        }
    }

    private static Transaction addition(SavedTable there, Admission admission, IpPrefix address) {
        Transaction transaction = new Transaction();
        List<Placed> wanted = new ArrayList<>(shared(admission));
        own(address).forEach(rule -> wanted.add(new Placed(rule, false)));
        Stream.concat(
                        Stream.of(OWN, admission.adminChain()),
                        wanted.stream().map(placed -> placed.rule().chain()))
                .filter(name -> !name.equals(FORWARD))
                .distinct()
                .filter(name -> there.chain(name).isEmpty())
                .forEach(name -> transaction.newChain(TABLE, name));
        for (Placed placed : wanted) {
            if (!has(there, placed.rule())) {
                if (placed.isFirst()) {
                    transaction.insert(
                            TABLE,
                            placed.rule().chain(),
                            1,
                            placed.rule().specification().toArray(String[]::new));
                } else {
                    transaction.append(TABLE, placed.rule());
                }
            }
        }
        return transaction;
    }

    private static Stream<Rule> rules(SavedTable table, String chain) {
        return table.chain(chain).map(SavedChain::rules).orElse(List.of()).stream();
    }

    private static boolean has(SavedTable there, Rule rule) {
        return rules(there, rule.chain()).anyMatch(rule::isSameAs);
    }

    private static List<Placed> shared(Admission admission) {
        List<Placed> rules = new ArrayList<>();
        rules.add(Placed.first(FORWARD, COMMENT, "-j", OWN));
        rules.add(
                Placed.first(
                        OWN, "CNI firewall plugin admin overrides", "-j", admission.adminChain()));
        if (admission.policy() != Policy.OPEN) {
            String device = admission.device();
            String policy = COMMENT + " (ingressPolicy: same-bridge)";
            rules.add(Placed.first(FORWARD, policy, "-j", STAGE_1));
            rules.add(
                    Placed.first(STAGE_1, policy, "-i", device, "!", "-o", device, "-j", STAGE_2));
            rules.add(Placed.last(STAGE_1, policy, "-j", "RETURN"));
            rules.add(Placed.first(STAGE_2, policy, "-o", device, "-j", "DROP"));
            rules.add(Placed.last(STAGE_2, policy, "-j", "RETURN"));
            if (admission.policy() == Policy.ISOLATED) {
                rules.add(
                        Placed.first(
                                STAGE_1,
                                COMMENT + " (ingressPolicy: isolated)",
                                "-i",
                                device,
                                "-o",
                                device,
                                "-j",
                                "DROP"));
            }
        }
        return rules;
    }

    private static Stream<Rule> own(IpPrefix address) {
        String host = IpPrefix.textOf(address.address());
        return Stream.of(
                Rule.of(
                        OWN,
                        "-d",
                        host,
                        "-m",
                        "conntrack",
                        "--ctstate",
                        "RELATED,ESTABLISHED",
                        "-j",
                        "ACCEPT"),
                Rule.of(OWN, "-s", host, "-j", "ACCEPT"));
    }

    /// Removes what is there for some addresses; where the kernel says that the chain is not there,
    /// no program is run.
    void remove(List<IpPrefix> addresses) {
        for (IpFamily family : IpFamily.values()) {
            List<IpPrefix> own =
                    addresses.stream()
                            .filter(address -> IpFamily.of(address.address()) == family)
                            .toList();
            if (!own.isEmpty() && site.iptables().mayHave(site.nftables(), family, TABLE, OWN)) {
                Iptables iptables = site.iptables().of(family);
                PortChains.change(site, () -> iptables.apply(removal(iptables.read(TABLE), own)));
            }
        }
    }

    /// Whether there is a rule for one of these addresses; where the kernel says that the chain is
    /// not there, no program is run.
    boolean areThere(List<IpPrefix> addresses) {
        return addresses.stream()
                .anyMatch(address -> {
                    IpFamily family = IpFamily.of(address.address());
                    if (!site.iptables().mayHave(site.nftables(), family, TABLE, OWN)) {
                        return false;
                    }
                    SavedTable there = site.iptables().of(family).read(TABLE);
                    return own(address).anyMatch(rule -> has(there, rule));
                });
    }

    private static Transaction removal(SavedTable there, List<IpPrefix> addresses) {
        Transaction transaction = new Transaction();
        List<Rule> own =
                addresses.stream()
                        .flatMap(AdmissionChains::own)
                        .filter(rule -> has(there, rule))
                        .toList();
        own.forEach(rule -> delete(transaction, rule));
        List<Rule> overrides =
                rules(there, OWN).filter(rule -> rule.comment().isPresent()).toList();
        boolean isLast = rules(there, OWN).count() == own.size() + overrides.size();
        if (isLast && !own.isEmpty()) {
            removeShared(there, overrides, transaction);
        }
        return transaction;
    }

    private static void removeShared(
            SavedTable there, List<Rule> overrides, Transaction transaction) {
        rules(there, FORWARD)
                .filter(rule -> rule.comment().filter(it -> it.startsWith(COMMENT)).isPresent())
                .forEach(rule -> delete(transaction, rule));
        overrides.forEach(rule -> delete(transaction, rule));
        transaction.deleteChain(TABLE, OWN);
        Stream.of(STAGE_1, STAGE_2)
                .filter(name -> there.chain(name).isPresent())
                .forEach(name -> transaction.flush(TABLE, name).deleteChain(TABLE, name));
        overrides.stream()
                .flatMap(rule -> Stream.ofNullable(rule.target()))
                .map(target -> target.name())
                .filter(name -> there.chain(name).filter(it -> it.rules().isEmpty()).isPresent())
                .forEach(name -> transaction.deleteChain(TABLE, name));
    }

    private static void delete(Transaction transaction, Rule rule) {
        transaction.delete(TABLE, rule.chain(), rule.specification().toArray(String[]::new));
    }

    /// The first rule that is missing; empty when all are there.
    String missing(Admission admission) {
        for (IpPrefix address : admission.addresses()) {
            SavedTable there = site.iptables().of(IpFamily.of(address.address())).read(TABLE);
            for (Rule rule :
                    Stream.concat(shared(admission).stream().map(Placed::rule), own(address))
                            .toList()) {
                if (!has(there, rule)) {
                    return rule.toString();
                }
            }
        }
        return "";
    }
}
