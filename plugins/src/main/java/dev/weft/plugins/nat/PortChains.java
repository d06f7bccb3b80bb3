package dev.weft.plugins.nat;

import dev.weft.firewall.iptables.Iptables;
import dev.weft.firewall.iptables.IptablesException;
import dev.weft.firewall.iptables.Rule;
import dev.weft.firewall.iptables.SavedChain;
import dev.weft.firewall.iptables.SavedTable;
import dev.weft.firewall.iptables.Transaction;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.link.ContainerAddresses;
import dev.weft.plugins.site.Hashes;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Published ports by iptables, rule by rule as the reference plugin makes them: a chain for each
/// container and network, to which a shared chain leads.
///
/// The shared chains go with the last container, unlike the reference's.
public final class PortChains {
    private static final String TABLE = "nat";
    private static final String DNAT = "CNI-HOSTPORT-DNAT";
    private static final String SET_MARK = "CNI-HOSTPORT-SETMARK";
    private static final String MASQUERADE = "CNI-HOSTPORT-MASQ";
    private static final String POSTROUTING = "POSTROUTING";
    private static final int HASH_DIGITS = 21;
    private static final int MOST_PORTS = 15;
    private static final int MOST_COMMENT = 255;
    private static final int ATTEMPTS = 5;

    private final Site site;

    PortChains(Site site) {
        this.site = site;
    }

    private static String chain(Owner owner) {
        return "CNI-DN-"
                + Hashes.sha512(owner.network() + owner.attachment().containerId(), HASH_DIGITS);
    }

    void add(Owner owner, PublishedPorts published) {
        for (IpPrefix address : published.addresses()) {
            Iptables iptables = site.iptables().of(IpFamily.of(address.address()));
            change(
                    site,
                    () ->
                            iptables.apply(
                                    addition(iptables.read(TABLE), owner, published, address)));
        }
    }

    /// Reads and writes while no other attachment does: what they share comes with the first one
    /// and goes with the last. Programs that are not Weft's may have changed what was read; it is
    /// refused then, and all is looked at anew.
    public static void change(Site site, Runnable change) {
        site.exclusively(() -> {
            attempt(change);
            return change;
        });
    }

    private static void attempt(Runnable change) {
        for (int i = 1; ; i++) {
            try {
                change.run();
                return;
            } catch (IptablesException failed) {
                if (i == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private static Transaction addition(
            SavedTable there, Owner owner, PublishedPorts published, IpPrefix address) {
        Transaction transaction = new Transaction();
        String chain = chain(owner);
        leading(there, chain).forEach(rule -> delete(transaction, rule));
        List<Rule> shared = shared(published.options());
        Stream.concat(shared.stream().map(Rule::chain), Stream.of(DNAT))
                .filter(name -> name.startsWith("CNI-"))
                .distinct()
                .filter(name -> there.chain(name).isEmpty())
                .forEach(name -> transaction.newChain(TABLE, name));
        transaction.clearChain(TABLE, chain);
        shared.stream()
                .filter(rule -> rules(there, rule.chain()).noneMatch(rule::isSameAs))
                .forEach(rule -> {
                    if (rule.chain().equals(POSTROUTING)) {
                        transaction.insert(
                                TABLE, POSTROUTING, 1, rule.specification().toArray(String[]::new));
                    } else {
                        transaction.append(TABLE, rule);
                    }
                });
        own(owner, published, address).forEach(rule -> transaction.append(TABLE, rule));
        return transaction;
    }

    private static Stream<Rule> rules(SavedTable table, String chain) {
        return table.chain(chain).map(SavedChain::rules).orElse(List.of()).stream();
    }

    private static void delete(Transaction transaction, Rule rule) {
        transaction.delete(TABLE, rule.chain(), rule.specification().toArray(String[]::new));
    }

    private static List<Rule> leading(SavedTable table, String chain) {
        return rules(table, DNAT)
                .filter(rule -> rule.target() != null && rule.target().name().equals(chain))
                .toList();
    }

    /// What all containers need.
    private static List<Rule> shared(PortmapOptions options) {
        List<Rule> rules = new ArrayList<>();
        for (String from : List.of("PREROUTING", "OUTPUT")) {
            rules.add(Rule.of(from, "-m", "addrtype", "--dst-type", "LOCAL", "-j", DNAT));
        }
        if (options.hairpin() && options.markChain().isEmpty()) {
            String mark = mark(options);
            rules.add(
                    Rule.of(
                            SET_MARK,
                            "-m",
                            "comment",
                            "--comment",
                            "CNI portfwd masquerade mark",
                            "-j",
                            "MARK",
                            "--set-xmark",
                            mark));
            rules.add(Rule.of(MASQUERADE, "-m", "mark", "--mark", mark, "-j", "MASQUERADE"));
            rules.add(
                    Rule.of(
                            POSTROUTING,
                            "-m",
                            "comment",
                            "--comment",
                            "CNI portfwd requiring masquerade",
                            "-j",
                            MASQUERADE));
        }
        return rules;
    }

    private static String mark(PortmapOptions options) {
        String bit = "0x" + Integer.toHexString(1 << options.markBit());
        return bit + "/" + bit;
    }

    /// What a container needs for one of its addresses.
    private static List<Rule> own(Owner owner, PublishedPorts published, IpPrefix address) {
        IpFamily family = IpFamily.of(address.address());
        List<Rule> rules = new ArrayList<>(entries(owner, published, family));
        published.mappings().stream()
                .filter(mapping -> mapping.isFor(family))
                .forEach(mapping -> {
                    for (int i = 0; i < mapping.count(); i++) {
                        rules.addAll(ofPort(owner, published.options(), mapping, i, address));
                    }
                });
        return rules;
    }

    private static List<Rule> entries(Owner owner, PublishedPorts published, IpFamily family) {
        Map<String, List<Integer>> byProtocol = new TreeMap<>();
        for (PortMapping mapping : published.mappings()) {
            List<Integer> ports =
                    byProtocol.computeIfAbsent(
                            mapping.protocol().toString(), _ -> new ArrayList<>());
            for (int i = 0; i < mapping.count(); i++) {
                ports.add(mapping.hostPort() + i);
            }
        }
        List<Rule> rules = new ArrayList<>();
        byProtocol.forEach((protocol, ports) -> {
            for (int from = 0; from < ports.size(); from += MOST_PORTS) {
                List<Integer> some = ports.subList(from, Math.min(from + MOST_PORTS, ports.size()));
                rules.add(entry(owner, protocol, some, published.options().conditions(family)));
            }
        });
        return rules;
    }

    private static Rule entry(
            Owner owner, String protocol, List<Integer> ports, List<String> conditions) {
        String list = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-m",
                                "comment",
                                "--comment",
                                comment(owner),
                                "-m",
                                "multiport",
                                "-p",
                                protocol,
                                "--destination-ports",
                                list));
        words.addAll(conditions);
        words.addAll(List.of("-j", chain(owner)));
        return Rule.of(DNAT, words.toArray(String[]::new));
    }

    private static String comment(Owner owner) {
        String text =
                "dnat name: \""
                        + owner.network()
                        + "\" id: \""
                        + owner.attachment().containerId()
                        + '"';
        return text.length() > MOST_COMMENT ? text.substring(0, MOST_COMMENT - 2) + "..." : text;
    }

    private static List<Rule> ofPort(
            Owner owner,
            PortmapOptions options,
            PortMapping mapping,
            int offset,
            IpPrefix address) {
        boolean isIpv6 = ContainerAddresses.isIpv6(address);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-p",
                                mapping.protocol().toString(),
                                "--dport",
                                Integer.toString(mapping.hostPort() + offset)));
        mapping.onlyAddress().ifPresent(only -> words.addAll(List.of("-d", IpPrefix.textOf(only))));
        List<Rule> rules = new ArrayList<>();
        String chain = chain(owner);
        if (options.hairpin()) {
            String mark = options.markChain().isEmpty() ? SET_MARK : options.markChain();
            IpPrefix sources =
                    options.everyone()
                            ? IpFamily.of(address.address()).everything()
                            : address.network();
            rules.add(rule(chain, words, "-s", sources.toString(), "-j", mark));
            if (!isIpv6 && !options.everyone()) {
                rules.add(rule(chain, words, "-s", "127.0.0.1", "-j", mark));
            }
        }
        String to = IpPrefix.textOf(address.address());
        String target = (isIpv6 ? "[" + to + "]" : to) + ":" + (mapping.containerPort() + offset);
        rules.add(rule(chain, words, "-j", "DNAT", "--to-destination", target));
        return rules;
    }

    private static Rule rule(String chain, List<String> words, String... more) {
        return Rule.of(
                chain, Stream.concat(words.stream(), Arrays.stream(more)).toArray(String[]::new));
    }

    /// Whether there is a chain of this owner, of any family.
    boolean areThere(Owner owner) {
        return Stream.of(IpFamily.values())
                .filter(family -> mayBeThere(family, owner))
                .anyMatch(family ->
                        site.iptables().of(family).read(TABLE).chain(chain(owner)).isPresent());
    }

    /// Removes them of families where the kernel does not say that there are none.
    void remove(Owner owner) {
        for (IpFamily family : IpFamily.values()) {
            if (mayBeThere(family, owner)) {
                remove(family, owner);
            }
        }
    }

    private boolean mayBeThere(IpFamily family, Owner owner) {
        return site.iptables().mayHave(site.nftables(), family, TABLE, chain(owner));
    }

    private void remove(IpFamily family, Owner owner) {
        Iptables iptables = site.iptables().of(family);
        change(site, () -> iptables.apply(removal(iptables.read(TABLE), chain(owner))));
    }

    private static Transaction removal(SavedTable there, String chain) {
        Transaction transaction = new Transaction();
        List<Rule> leading = leading(there, chain);
        leading.forEach(rule -> delete(transaction, rule));
        if (there.chain(chain).isPresent()) {
            transaction.flush(TABLE, chain).deleteChain(TABLE, chain);
        }
        boolean isLast = rules(there, DNAT).count() == leading.size();
        if (isLast && !leading.isEmpty()) {
            List<String> shared = List.of(DNAT, SET_MARK, MASQUERADE);
            for (String from : List.of("PREROUTING", "OUTPUT", POSTROUTING)) {
                rules(there, from)
                        .filter(rule ->
                                rule.target() != null && shared.contains(rule.target().name()))
                        .forEach(rule -> delete(transaction, rule));
            }
            // To flush a chain after rules of it were deleted confuses iptables-nft of 1.8.9.
            Stream.of(SET_MARK, MASQUERADE)
                    .filter(name -> there.chain(name).isPresent())
                    .forEach(name -> transaction.flush(TABLE, name).deleteChain(TABLE, name));
            transaction.deleteChain(TABLE, DNAT);
        }
        return transaction;
    }

    void check(Owner owner, PublishedPorts published) {
        for (IpPrefix address : published.addresses()) {
            SavedTable there = site.iptables().of(IpFamily.of(address.address())).read(TABLE);
            Stream.concat(
                            shared(published.options()).stream(),
                            own(owner, published, address).stream())
                    .filter(rule -> rules(there, rule.chain()).noneMatch(rule::isSameAs))
                    .findFirst()
                    .ifPresent(rule -> {
                        throw Portmap.missing(rule.toString());
                    });
        }
    }
}
