package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.linux.IpFamily;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Many changes by one run of `iptables-restore`: of a table all, or none.
@ParameterizedClass
@EnumSource(Flavour.class)
final class TransactionInteropIT {
    private final Flavour flavour;
    private IptablesSandbox sandbox;
    private Iptables iptables;

    TransactionInteropIT(Flavour flavour) {
        this.flavour = flavour;
    }

    @BeforeEach
    void open() {
        sandbox = new IptablesSandbox(flavour);
        iptables = sandbox.iptables();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void everyChange_isMade_andOthersRulesStay() {
        iptables.append("filter", "INPUT", "-i", "foreign", "-j", "ACCEPT");
        iptables.newChain("filter", "OLD");
        iptables.append("filter", "OLD", "-j", "RETURN");
        iptables.newChain("filter", "FULL");
        iptables.append("filter", "FULL", "-j", "RETURN");

        iptables.apply(
                new Transaction()
                        .newChain("filter", "NEW")
                        .append("filter", "NEW", "-s", flavour.host(), "-j", "ACCEPT")
                        .append("filter", "NEW", "-m", "comment", "--comment", "a \"b\"\\ c's")
                        .append("filter", Rule.parse("[5:600] -A NEW -i eth1 -j DROP"))
                        .insert("filter", "NEW", 1, "-d", flavour.network(), "-j", "RETURN")
                        .insert("filter", "NEW", 1, "-i", "eth8", "-j", "RETURN")
                        .replace("filter", "NEW", 1, "-i", "eth9", "-j", "RETURN")
                        .delete("filter", "NEW", "-d", flavour.network(), "-j", "RETURN")
                        .clearChain("filter", "FULL")
                        .flush("filter", "OLD")
                        .deleteChain("filter", "OLD")
                        .changePolicy("filter", "FORWARD", "DROP")
                        .newChain("mangle", "FIRST")
                        .append("mangle", "INPUT", "-j", "FIRST"));
        iptables.apply(new Transaction().renameChain("mangle", "FIRST", "SECOND"));

        assertThat(sandbox.run("-v", "-S", "NEW").lines().map(this::withoutForgottenCounters))
                .containsExactly(
                        "-N NEW",
                        "-A NEW -i eth9 -c 0 0 -j RETURN",
                        "-A NEW -s " + flavour.host() + " -c 0 0 -j ACCEPT",
                        "-A NEW -m comment --comment \"a \\\"b\\\"\\\\ c\\'s\" -c 0 0",
                        withoutForgottenCounters("-A NEW -i eth1 -c 5 600 -j DROP"));
        assertThat(iptables.list("filter", "INPUT"))
                .containsExactly("-P INPUT ACCEPT", "-A INPUT -i foreign -j ACCEPT");
        assertThat(iptables.chains("filter"))
                .containsExactlyInAnyOrder("INPUT", "FORWARD", "OUTPUT", "NEW", "FULL");
        assertThat(iptables.list("filter", "FULL")).hasSize(1);
        assertThat(iptables.list("filter", "FORWARD")).containsExactly("-P FORWARD DROP");
        assertThat(iptables.list("mangle", "INPUT")).contains("-A INPUT -j SECOND");
    }

    /// ip6tables-nft of 1.8.9 sets no counters.
    private String withoutForgottenCounters(String line) {
        return flavour == Flavour.NFT_IPV6 ? line.replace("-c 5 600", "-c 0 0") : line;
    }

    @Test
    void oneBadChange_leavesItsTableAsItWas() {
        iptables.append("filter", "INPUT", "-i", "foreign", "-j", "ACCEPT");
        String before = sandbox.save("filter");
        Transaction transaction = new Transaction().newChain("nat", "DONE");
        IntStream.range(0, 10)
                .forEach(i -> transaction.append("filter", "INPUT", "-i", "e" + i, "-j", "DROP"));
        transaction
                .flush("filter", "INPUT")
                .append("filter", "INPUT", "-p", "tcp", "--dport", "99999", "-j", "DROP")
                .append("filter", "INPUT", "-j", "DROP");

        IptablesException refused =
                catchThrowableOfType(IptablesException.class, () -> iptables.apply(transaction));

        assertThat(refused)
                .hasMessageStartingWith(
                        "cannot apply '-A INPUT -p tcp --dport 99999 -j DROP', after having changed"
                                + " nat,: append a rule to chain INPUT of table filter (")
                .hasMessageContaining("invalid port/service `99999'");
        assertThat(refused.problem()).isEqualTo(Problem.BAD_ARGUMENT);
        assertThat(refused.table()).hasValue("filter");
        assertThat(refused.chain()).hasValue("INPUT");
        assertThat(sandbox.save("filter")).isEqualTo(before);
        assertThat(iptables.chainExists("nat", "DONE")).isTrue();
    }

    @Test
    void changeThatMeetsNothing_leavesItsTableAsItWas() {
        String before = sandbox.save("filter");
        Transaction transaction =
                new Transaction()
                        .newChain("filter", "NEW")
                        .delete("filter", "INPUT", "-s", flavour.host(), "-j", "DROP")
                        .append("filter", "INPUT", "-j", "NEW");

        IptablesException refused =
                catchThrowableOfType(IptablesException.class, () -> iptables.apply(transaction));

        assertThat(refused).hasMessageContaining("-D INPUT -s " + flavour.host() + " -j DROP");
        assertThat(sandbox.save("filter")).isEqualTo(before);
    }

    @Test
    void emptyTransaction_isDone() {
        iptables.apply(new Transaction());

        assertThat(sandbox.save("filter")).doesNotContain("-A");
    }

    @Test
    void manyRules_areOneRun() {
        Transaction transaction = new Transaction().newChain("filter", "MANY");
        for (int i = 0; i < 2000; i++) {
            transaction.append(
                    "filter", "MANY", "-p", "tcp", "--dport", "" + (i + 1), "-j", "ACCEPT");
        }

        iptables.apply(transaction);

        SavedTable table = iptables.read("filter");
        assertThat(table.chain("MANY").orElseThrow().rules())
                .hasSize(2000)
                .last()
                .hasToString("-A MANY -p tcp -m tcp --dport 2000 -c 0 0 -j ACCEPT");
    }

    @Test
    void bothFamilies_areChangedInOneCall() {
        DualStack both = DualStack.open(sandbox.options());
        both.apply(new Transaction().newChain("filter", "BOTH"));

        assertThat(both.ipv4().chainExists("filter", "BOTH")).isTrue();
        assertThat(both.ipv6().chainExists("filter", "BOTH")).isTrue();

        Transaction onlyFor =
                new Transaction().append("filter", "BOTH", "-s", flavour.host(), "-j", "ACCEPT");
        IptablesException refused =
                catchThrowableOfType(IptablesException.class, () -> both.apply(onlyFor));
        boolean isIpv4 = flavour.family() == IpFamily.IPV4;
        assertThat(refused)
                .hasMessageContaining(isIpv4 ? "(ip6tables" : "(iptables")
                .hasNoSuppressedExceptions();
        assertThat(both.ipv4().list("filter", "BOTH")).hasSize(isIpv4 ? 2 : 1);
        assertThat(both.ipv6().list("filter", "BOTH")).hasSize(isIpv4 ? 1 : 2);

        IptablesException refusedByBoth =
                catchThrowableOfType(
                        IptablesException.class,
                        () -> both.apply(new Transaction().newChain("filter", "BOTH")));
        assertThat(refusedByBoth).hasMessageContaining("(iptables");
        assertThat(refusedByBoth.getSuppressed()).hasSize(1);
    }
}
