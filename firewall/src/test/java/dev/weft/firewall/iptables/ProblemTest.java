package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the programs' complaints mean; the texts are those that 1.8.9 and older ones print.
final class ProblemTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "RULE_MISSING | iptables: Bad rule (does a matching rule exist in that chain?).",
                "RULE_MISSING | ip6tables: Bad rule (does a matching rule exist in that chain?).",
                "RULE_MISSING | iptables-nft-restore: line 4 failed: Bad rule (does a matching rule exist in that chain?).",
                "CHAIN_MISSING | iptables: No chain/target/match by that name.",
                "CHAIN_MISSING | ip6tables: No chain/target/match by that name.",
                "CHAIN_MISSING | iptables v1.8.9 (nf_tables): chain `NOPE' in table `filter' is incompatible, use 'nft' tool.",
                "POSITION_MISSING | iptables: Index of deletion too big.",
                "POSITION_MISSING | ip6tables: Index of replacement too big.",
                "POSITION_MISSING | ip6tables: Index of insertion too big.",
                "CHAIN_EXISTS | iptables: Chain already exists.",
                "CHAIN_EXISTS | iptables: File exists.",
                "CHAIN_IN_USE | iptables: Too many links.",
                "CHAIN_IN_USE | iptables: Directory not empty.",
                "CHAIN_IN_USE | iptables v1.8.9 (nf_tables):  CHAIN_DEL failed (Device or resource busy): chain A",
                "CHAIN_IN_USE | iptables v1.8.4 (nf_tables):  CHAIN_USER_DEL failed (Device or resource busy): chain A",
                "TABLE_MISSING | Table `nope' does not exist",
                "TABLE_MISSING | iptables v1.8.9 (nf_tables): table 'nope' does not exist",
                "TABLE_MISSING | iptables v1.8.9 (legacy): can't initialize iptables table `nope': Table does not exist (do you need to insmod?)",
                "TABLE_MISSING | iptables-restore v1.8.9 (legacy): iptables-restore: unable to initialize table 'nope'",
                "TABLE_MISSING | iptables-nft-restore: line 1 table name 'nope' invalid",
                "INCOMPATIBLE | iptables v1.8.9 (nf_tables): table `filter' is incompatible, use 'nft' tool.",
                "INCOMPATIBLE | # Table `filter' is incompatible, use 'nft' tool.",
                "MATCH_UNKNOWN | iptables v1.8.9 (legacy): Couldn't load match `nope':No such file or directory",
                "MATCH_UNKNOWN | iptables v1.4.21: Couldn't find match `nope'",
                "TARGET_UNKNOWN | ip6tables v1.8.9 (legacy): Couldn't load target `NOPE':No such file or directory",
                "TARGET_UNKNOWN | iptables v1.8.9 (nf_tables): Chain 'NOPE' does not exist",
                "LOCK_HELD | Another app is currently holding the xtables lock. Stopped waiting after 1s.",
                "LOCK_HELD | Another app is currently holding the xtables lock. Perhaps you want to use the -w option?",
                "NOT_PERMITTED | Fatal: can't open lock file /run/xtables.lock: Permission denied",
                "NOT_PERMITTED | iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)",
                "NOT_PERMITTED | iptables v1.4.21: can't initialize iptables table `filter': Permission denied (you must be root)",
                "BAD_ARGUMENT | iptables v1.8.9 (legacy): unknown option \"--bogus\"",
                "BAD_ARGUMENT | iptables: Invalid argument. Run `dmesg' for more information.",
                "BAD_ARGUMENT | ip6tables v1.8.9 (nf_tables): host/network `1.2.3.4.5' not found",
                "OTHER | iptables: Resource temporarily unavailable.",
            })
    void text_isUnderstood(Problem problem, String text) {
        assertThat(Problem.of(text)).isEqualTo(problem);
    }

    @Test
    void lackOfWhatWasAskedFor_isNotExist() {
        assertThat(List.of(Problem.values()).stream().filter(Problem::isNotExist))
                .containsExactly(
                        Problem.RULE_MISSING,
                        Problem.POSITION_MISSING,
                        Problem.CHAIN_MISSING,
                        Problem.TABLE_MISSING);
    }

    @Test
    void exception_tellsWhatWasAttemptedAndAnswered() {
        IptablesException refused =
                IptablesException.of(
                        new IptablesException.Attempt(
                                List.of("/sbin/iptables", "-t", "filter", "-S", "X"),
                                "list chain X of table filter (iptables)",
                                "filter",
                                "X"),
                        4,
                        """
                        # Warning: iptables-legacy tables present, use iptables-legacy to see them
                        iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)
                        Try `iptables -h' or 'iptables --help' for more information.
                        """);

        assertThat(refused)
                .hasMessage(
                        "cannot list chain X of table filter (iptables): Could not fetch rule set"
                                + " generation id: Permission denied (you must be root); run as"
                                + " root");
        assertThat(refused.status()).isEqualTo(4);
        assertThat(refused.command()).endsWith("-S", "X");
        assertThat(refused.errors()).contains("Try `iptables -h'");
        assertThat(refused.table()).hasValue("filter");
        assertThat(refused.chain()).hasValue("X");
        assertThat(refused.isNotExist()).isFalse();
    }
}
