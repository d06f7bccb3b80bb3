package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `iptables-restore` would be given, and what never reaches it.
final class TransactionTest {
    @Test
    void changes_areGroupedByTable_inTheirOrder() {
        Transaction transaction =
                new Transaction()
                        .newChain("nat", "WEB")
                        .clearChain("filter", "GUARD")
                        .append("nat", "WEB", "-p", "tcp", "--dport", "80", "-j", "REDIRECT")
                        .insert("nat", "PREROUTING", 1, "-j", "WEB")
                        .append("filter", Rule.parse("[5:6] -A GUARD -s 10.0.0.1/32 -j DROP"))
                        .delete("filter", "INPUT", "-j", "OLD")
                        .deleteAt("filter", "INPUT", 2)
                        .replace("filter", "INPUT", 1, "-j", "GUARD")
                        .flush("filter", "OLD")
                        .deleteChain("filter", "OLD")
                        .renameChain("filter", "NEW", "OLD")
                        .changePolicy("filter", "FORWARD", "DROP");

        assertThat(transaction)
                .hasToString(
                        """
                        *nat
                        -N WEB
                        -A WEB -p tcp --dport 80 -j REDIRECT
                        -I PREROUTING 1 -j WEB
                        COMMIT
                        *filter
                        :GUARD - [0:0]
                        -A GUARD -c 5 6 -s 10.0.0.1/32 -j DROP
                        -D INPUT -j OLD
                        -D INPUT 2
                        -I INPUT 1 -j GUARD
                        -D INPUT 2
                        -F OLD
                        -X OLD
                        -E NEW OLD
                        -P FORWARD DROP
                        COMMIT
                        """);
    }

    @Test
    void valueWithBlanksAndQuotes_isOneWord() {
        String comment = "a \"quoted\" \\ text's end";
        Transaction transaction =
                new Transaction().append("filter", "INPUT", "-m", "comment", "--comment", comment);

        String line = transaction.text().lines().toList().get(1);
        assertThat(line)
                .isEqualTo("-A INPUT -m comment --comment \"a \\\"quoted\\\" \\\\ text\\'s end\"");
        assertThat(Rule.parse(line).comment()).hasValue(comment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-x",
                "!x",
                ":x",
                "*nat",
                "#x",
                "[0:0]",
                "a b",
                "a\tb",
                "a\nCOMMIT",
                "a\"b",
                "a\\b",
                "a'b",
                "a\0b",
                "a-chain-name-of-29-bytes-long"
            })
    void nameThatNoChainCanHave_isRefused(String name) {
        assertThatThrownBy(() -> new Transaction().newChain("filter", name))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Transaction().append("filter", name))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void verdict_isNoNameOfANewChain() {
        assertThatThrownBy(() -> new Transaction().clearChain("filter", "ACCEPT"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("verdict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nat\nCOMMIT", "-t", "a b", "*"})
    void nameThatNoTableCanHave_isRefused(String name) {
        assertThatThrownBy(() -> new Transaction().newChain(name, "X"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void otherValuesOutOfRange_areRefused() {
        Transaction transaction = new Transaction();

        assertThatThrownBy(() -> transaction.insert("filter", "INPUT", 0, "-j", "DROP"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("rules are counted from 1, not 0");
        assertThatThrownBy(() -> transaction.changePolicy("filter", "INPUT", "RETURN"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> transaction.append("filter", "INPUT", "-t", "nat"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'-t' is no option of a rule");
        assertThat(transaction.isEmpty()).isTrue();
    }

    /// `iptables-restore` would read the rest of a long line as another line.
    @Test
    void ruleBeyondTheProgramsBuffers_isRefused() {
        Transaction transaction = new Transaction();
        String[] long1 = {"-m", "comment", "--comment", "x".repeat(1024)};
        String[] many = "-p tcp ".repeat(200).split(" ");
        String[] wide = ("-m comment --comment " + "y".repeat(1000) + " ").repeat(11).split(" ");

        assertThatThrownBy(() -> transaction.append("filter", "INPUT", long1))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> transaction.append("filter", "INPUT", many))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("too many words");
        assertThatThrownBy(() -> transaction.append("filter", "INPUT", wide))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("too long");
        assertThat(transaction.isEmpty()).isTrue();
    }

    @Test
    void refusal_isAboutTheChangeOfItsLine() {
        Transaction transaction =
                new Transaction()
                        .newChain("nat", "WEB")
                        .newChain("filter", "GUARD")
                        .append("filter", "GUARD", "-j", "DROP");

        assertThat(transaction.failure("iptables-restore: line 2 failed"))
                .isEqualTo(new Transaction.Failure("apply '-N WEB': make", "nat", "WEB"));
        assertThat(transaction.failure("x\nError occurred at line: 6\n"))
                .isEqualTo(
                        new Transaction.Failure(
                                "apply '-A GUARD -j DROP', after having changed nat,: append a"
                                        + " rule to",
                                "filter",
                                "GUARD"));
        assertThat(transaction.failure("line 7 failed"))
                .isEqualTo(
                        new Transaction.Failure(
                                "apply a transaction, after having changed nat, to", "filter", ""));
        assertThat(transaction.failure("no idea"))
                .isEqualTo(new Transaction.Failure("apply a transaction to", "nat, filter", ""));
    }
}
