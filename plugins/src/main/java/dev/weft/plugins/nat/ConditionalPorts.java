package dev.weft.plugins.nat;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.firewall.Batch;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.process.Program;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.Site;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Ports that are published on conditions, which are in the language of `nft`: so that program
/// reads them, and a rule is made of each port, before those that look up.
final class ConditionalPorts {
    private final Site site;

    ConditionalPorts(Site site) {
        this.site = site;
    }

    void add(Owner owner, PublishedPorts published) {
        if (!published.options().isConditional()) {
            return;
        }
        remove(owner, published);
        Program.Result result =
                Program.of(Program.require("nft"), List.of("-f", "-"))
                        .withInput(text(owner, published))
                        .run(site.host());
        if (result.status() != 0) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "nft does not take conditionsV4 or conditionsV6",
                    result.errors().strip());
        }
    }

    /// A condition must not end the line, or it would be another command.
    private static String text(Owner owner, PublishedPorts published) {
        StringBuilder text = new StringBuilder();
        for (IpPrefix address : published.addresses()) {
            IpFamily family = IpFamily.of(address.address());
            List<String> conditions = published.options().conditions(family);
            String words = String.join(" ", conditions);
            if (words.chars().anyMatch(c -> c < ' ' || c == ';')) {
                throw new CniException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "a condition is part of one rule: " + words);
            }
            published.mappings().stream()
                    .filter(mapping -> !conditions.isEmpty() && mapping.isFor(family))
                    .forEach(mapping -> addRules(text, owner, mapping, words, address.address()));
        }
        return text.toString();
    }

    private static void addRules(
            StringBuilder text,
            Owner owner,
            PortMapping mapping,
            String conditions,
            InetAddress container) {
        boolean isIpv6 = IpFamily.of(container) == IpFamily.IPV6;
        String to = IpPrefix.textOf(container);
        Optional<InetAddress> only = mapping.onlyAddress();
        for (int i = 0; i < mapping.count(); i++) {
            text.append("insert rule inet weft ports ")
                    .append(isIpv6 ? "meta nfproto ipv6 " : "meta nfproto ipv4 ")
                    .append(conditions)
                    .append(
                            only.map(address ->
                                            (isIpv6 ? " ip6 daddr " : " ip daddr ")
                                                    + IpPrefix.textOf(address))
                                    .orElse(""))
                    .append(" meta l4proto ")
                    .append(mapping.protocol())
                    .append(" th dport ")
                    .append(mapping.hostPort() + i)
                    .append(isIpv6 ? " dnat ip6 to [" + to + "]:" : " dnat ip to " + to + ":")
                    .append(mapping.containerPort() + i)
                    .append(" comment \"")
                    .append(owner.comment())
                    .append("\"\n");
        }
    }

    private List<Rule> rules(Owner owner) {
        Nftables nftables = site.nftables();
        return nftables.find(PortsPart.PORTS).isEmpty()
                ? List.of()
                : nftables.rules(PortsPart.PORTS).stream()
                        .filter(rule -> rule.comment().filter(owner::wrote).isPresent())
                        .toList();
    }

    void remove(Owner owner, PublishedPorts published) {
        if (published.options().isConditional()) {
            Batch batch = new Batch();
            rules(owner).forEach(rule -> batch.delete(rule));
            site.nftables().apply(batch);
        }
    }

    void check(Owner owner, PublishedPorts published) {
        if (published.options().isConditional()) {
            long wanted = text(owner, published).lines().count();
            if (rules(owner).size() < wanted) {
                throw Portmap.missing("a rule with conditions");
            }
        }
    }
}
