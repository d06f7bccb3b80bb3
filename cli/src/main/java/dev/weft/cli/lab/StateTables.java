package dev.weft.cli.lab;

import dev.weft.cli.text.Paragraph;
import dev.weft.cli.text.TextTable;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.link.Link;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What stands in a network, read back from the kernel: links, routes, policy rules, firewall
/// rules. IPv4 alone, of which labs are made.
final class StateTables {
    private static final String NONE = "-";

    /// What the column before leaves.
    private static final int RULE_COLUMNS = 60;

    private final Texts texts;
    private final Network network;

    StateTables(Texts texts, Network network) {
        this.texts = texts;
        this.network = network;
    }

    /// A table with its title.
    record Titled(String title, TextTable table) {}

    /// The tables that have rows.
    List<Titled> all() {
        List<Titled> tables = new ArrayList<>();
        add(tables, "table.links", links());
        add(tables, "table.routes", routes());
        tables.addAll(rules());
        return tables;
    }

    /// The rules that decide about packets before and after routing, if there are any.
    List<Titled> rules() {
        List<Titled> tables = new ArrayList<>();
        add(tables, "table.rules", policyRules());
        add(tables, "table.firewall", firewallRules());
        return tables;
    }

    private void add(List<Titled> tables, String title, TextTable table) {
        if (!table.isEmpty()) {
            tables.add(new Titled(texts.of(title), table));
        }
    }

    private TextTable table(String... columns) {
        String[] headings = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            headings[i] = texts.of("column." + columns[i]);
        }
        return new TextTable(headings);
    }

    private TextTable links() {
        TextTable table = table("namespace", "link", "kind", "mac", "master", "addresses");
        for (Node node : network.nodes()) {
            LinkNames names = node.linkNames();
            List<Address> addresses = node.addresses().list(IpFamily.IPV4);
            node.links().list().stream()
                    .filter(link -> !link.name().equals("lo"))
                    .forEach(link -> table.row(linkRow(node, link, names, addresses)));
        }
        return table;
    }

    private static String[] linkRow(
            Node node, Link link, LinkNames names, List<Address> addresses) {
        return new String[] {
            node.name(),
            link.name(),
            link.kindName().orElse(NONE),
            link.address().map(HardwareAddress::toString).orElse(NONE),
            link.master().map(names::of).orElse(NONE),
            addresses.stream()
                    .filter(address -> address.linkIndex() == link.index())
                    .map(address -> address.prefix().toString())
                    .collect(Collectors.joining(" "))
        };
    }

    private TextTable routes() {
        TextTable table = table("namespace", "route");
        for (Node node : network.nodes()) {
            LinkNames names = node.linkNames();
            node.routes().list().stream()
                    .filter(StateTables::isWorthTelling)
                    .forEach(route -> table.row(node.name(), names.text(route)));
        }
        return table;
    }

    private static boolean isWorthTelling(Route route) {
        return route.family() == IpFamily.IPV4 && route.table() != RouteTable.LOCAL;
    }

    private TextTable policyRules() {
        TextTable table = table("namespace", "rule");
        for (Node node : network.nodes()) {
            node.rules().list().stream()
                    .filter(StateTables::isMadeByLab)
                    .forEach(rule -> table.row(node.name(), text(rule)));
        }
        return table;
    }

    /// The kernel itself makes those of the local, main and default tables.
    private static boolean isMadeByLab(Rule rule) {
        return rule.family() == IpFamily.IPV4 && rule.table() < RouteTable.DEFAULT;
    }

    private static String text(Rule rule) {
        String source = rule.source().length() == 0 ? "all" : rule.source().toString();
        return rule.priority() + ": from " + source + " lookup " + rule.table();
    }

    private TextTable firewallRules() {
        TextTable table = table("namespace", "rule");
        for (Node node : network.nodes()) {
            LabFirewall.rules(node.namespace()).forEach(rule -> wrap(table, node, rule));
        }
        return table;
    }

    /// A rule can be longer than a line.
    private static void wrap(TextTable table, Node node, String rule) {
        List<String> lines = new Paragraph(rule).lines(RULE_COLUMNS);
        table.row(node.name(), lines.getFirst());
        lines.stream().skip(1).forEach(line -> table.row("", "  " + line));
    }
}
