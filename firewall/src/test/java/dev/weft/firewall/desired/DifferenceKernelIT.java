package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.value.Family;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Differences between a table as `nft` made it and one that somebody changed with `nft`: applied,
/// they lead back, and change nothing else.
final class DifferenceKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft");

    private static final String WANTED =
            """
            table inet weft {
                comment "ours"
                counter hits { comment "of all"; packets 3 bytes 300 ; }
                quota daily { over 100 mbytes ; }
                set ports { type inet_service; elements = { 22, 80 comment "web" }; }
                set nets {
                    type ipv4_addr; flags interval;
                    elements = { 0.0.0.0/8, 10.0.0.0/8, 11.0.0.0/9, 224.0.0.0/3 };
                }
                set seen { type ipv4_addr; flags dynamic,timeout; timeout 1m; size 100; }
                map backends { type ipv4_addr . inet_service : ipv4_addr;
                    elements = { 1.2.3.4 . 80 : 10.0.0.1 }; }
                map kinds { type inet_service : counter; elements = { 80 : "hits" }; }
                map ways { type inet_service : verdict; flags interval;
                    elements = { 1-99 : jump low, 100-200 : drop }; }
                chain low { counter packets 5 bytes 500 accept; }
                chain input {
                    type filter hook input priority filter; policy drop;
                    tcp dport vmap @ways
                    tcp dport @ports counter name "hits" accept
                    tcp dport { 1, 5-9 } quota name "daily" drop comment "few"
                    ip saddr @nets update @seen { ip saddr limit rate 5/second } drop
                    jump { meta mark 7 accept; tcp dport { 3, 4 } goto low; }
                    ct state vmap { established : accept, invalid : jump low }
                    counter name tcp dport map @kinds
                    limit rate 5/minute log prefix "rest "
                }
            }
            table ip other {
                chain c { accept; }
            }
            """;

    private static void repair(Nftables nftables, TableContent wanted) {
        nftables.apply(
                () -> Difference.between(Optional.of(nftables.read(TABLE)), wanted).toBatch());
    }

    private static Difference difference(Sandbox sandbox, TableContent wanted) {
        return Difference.between(Optional.of(sandbox.nftables().read(TABLE)), wanted);
    }

    private static List<Long> handles(TableContent content) {
        return content.chains().values().stream()
                .flatMap(List::stream)
                .map(rule -> rule.handle().orElseThrow())
                .toList();
    }

    /// `nft`'s own list; its order of chains and sets is that of their making.
    private static List<String> listed(Sandbox sandbox) {
        return sandbox.nft("-s", "list", "table", "inet", "weft").lines().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete element inet weft ports { 80 }",
                "delete element inet weft ports { 80 }| add element inet weft ports { 80 }",
                "add element inet weft ports { 81, 82 }",
                "flush set inet weft nets",
                "delete element inet weft nets { 10.0.0.0/8 }|"
                        + "add element inet weft nets { 10.0.0.0/9, 12.0.0.0/8 }",
                "delete element inet weft nets { 224.0.0.0/3 }",
                "delete element inet weft ways { 1-99 }|"
                        + "add element inet weft ways { 1-98 : jump low }",
                "delete element inet weft backends { 1.2.3.4 . 80 }|"
                        + "add element inet weft backends { 1.2.3.4 . 80 : 10.0.0.2 }",
                "flush map inet weft kinds",
                "flush chain inet weft input",
                "flush chain inet weft low",
                "insert rule inet weft input drop",
                "add rule inet weft low drop",
                "add chain inet weft input { policy accept; }",
                "add chain inet weft more| insert rule inet weft low jump more",
                "add set inet weft more { type mark; }|"
                        + "insert rule inet weft low meta mark @more drop",
                "add counter inet weft more| insert rule inet weft low counter name more",
                "add quota inet weft hits { 5 mbytes }",
                "add table inet weft { flags dormant; }",
                "flush map inet weft kinds| flush chain inet weft input|"
                        + "flush map inet weft ways| flush chain inet weft low|"
                        + "delete chain inet weft low| delete chain inet weft input|"
                        + "delete counter inet weft hits",
                "flush chain inet weft input| delete set inet weft ports|"
                        + "add set inet weft ports { type ipv4_addr; }|"
                        + "add rule inet weft input ip saddr @ports drop",
                "flush chain inet weft input| delete chain inet weft input|"
                        + "add chain inet weft input { type nat hook output priority 5; }",
                "flush chain inet weft input| delete quota inet weft daily|"
                        + "add quota inet weft daily { 5 bytes }",
                "flush table inet weft",
                "delete table inet weft| add table inet weft"
            })
    void change_isUndone(String change) {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(WANTED);
            TableContent wanted = sandbox.nftables().read(TABLE);
            List<String> before = listed(sandbox);
            String others = sandbox.nft("-j", "list", "table", "ip", "other");
            assertThat(difference(sandbox, wanted).changes()).isEmpty();

            sandbox.load(change.replace('|', '\n'));
            repair(sandbox.nftables(), wanted);

            assertThat(difference(sandbox, wanted).changes()).isEmpty();
            assertThat(listed(sandbox)).isEqualTo(before);
            assertThat(sandbox.nft("-j", "list", "table", "ip", "other")).isEqualTo(others);
        }
    }

    @Test
    void missingTable_isMadeWhole() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(WANTED);
            TableContent wanted = sandbox.nftables().read(TABLE);
            List<String> before = listed(sandbox);
            sandbox.nft("delete", "table", "inet", "weft");
            sandbox.nftables().apply(Difference.between(Optional.empty(), wanted).toBatch());

            assertThat(listed(sandbox)).isEqualTo(before);
            assertThat(difference(sandbox, wanted).changes()).isEmpty();
        }
    }

    @Test
    void removal_leavesOtherTables() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(WANTED);
            sandbox.nftables().apply(Difference.removal(TABLE).toBatch());

            assertThat(sandbox.nftables().tables())
                    .extracting(Table::name)
                    .containsExactly("other");
        }
    }

    @Test
    void rulesThatStay_keepHandlesAndCounters() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(WANTED);
            TableContent wanted = sandbox.nftables().read(TABLE);
            sandbox.load("insert rule inet weft low drop\nadd rule inet weft low drop");
            repair(sandbox.nftables(), wanted);

            assertThat(handles(sandbox.nftables().read(TABLE)))
                    .containsExactlyElementsOf(handles(wanted));
            assertThat(sandbox.nft("list", "chain", "inet", "weft", "low"))
                    .contains("counter packets 5 bytes 500 accept");
        }
    }

    @Test
    void elementsThatPacketsAdded_stay() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(WANTED);
            TableContent wanted = sandbox.nftables().read(TABLE);
            sandbox.nft("add", "element", "inet", "weft", "seen", "{ 9.9.9.9 }");

            assertThat(difference(sandbox, wanted).changes()).isEmpty();
        }
    }

    @Test
    void movedRule_isTheOnlyOneThatIsMadeAnew() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(
                    "table inet weft { chain c { tcp dport 1; tcp dport 2; tcp dport 3; }; }\n");
            TableContent wanted = sandbox.nftables().read(TABLE);
            Rule first = wanted.chains().values().iterator().next().getFirst();
            sandbox.load(
                    "delete rule inet weft c handle "
                            + first.handle().orElseThrow()
                            + "\nadd rule inet weft c tcp dport 1");

            assertThat(difference(sandbox, wanted).toString().lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("- rule inet weft c tcp dport 1 # handle ");
            repair(sandbox.nftables(), wanted);
            assertThat(sandbox.nftables().read(TABLE).chains().values().iterator().next())
                    .extracting(Rule::text)
                    .containsExactly("tcp dport 1", "tcp dport 2", "tcp dport 3");
        }
    }
}
