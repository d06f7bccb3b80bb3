package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Chains of tables: made, listed, renamed, emptied, deleted.
@ParameterizedClass
@EnumSource(Flavour.class)
final class IptablesChainInteropIT {
    private final Flavour flavour;
    private IptablesSandbox sandbox;
    private Iptables iptables;

    IptablesChainInteropIT(Flavour flavour) {
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
    void instance_knowsItsFamilyModeAndFeatures() {
        assertThat(iptables.family()).isEqualTo(flavour.family());
        assertThat(iptables.mode())
                .isEqualTo(flavour.variant() == Variant.NFT ? Mode.NF_TABLES : Mode.LEGACY);
        assertThat(sandbox.run("--version")).contains(" " + iptables.version().toString());
        assertThat(iptables.version().hasRandomFully()).isTrue();
    }

    @Test
    void newTable_hasTheKernelsChains() {
        assertThat(iptables.chains("filter")).containsExactly("INPUT", "FORWARD", "OUTPUT");
        assertThat(iptables.chains("nat"))
                .containsExactlyInAnyOrder("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING");
        assertThat(iptables.chainExists("filter", "INPUT")).isTrue();
    }

    @Test
    void chain_isMadeOnce() {
        assertThat(iptables.chainExists("filter", "WEFT-A")).isFalse();
        iptables.newChain("filter", "WEFT-A");

        assertThat(iptables.chainExists("filter", "WEFT-A")).isTrue();
        assertThat(iptables.chains("filter")).contains("WEFT-A");
        IptablesException again =
                catchThrowableOfType(
                        IptablesException.class, () -> iptables.newChain("filter", "WEFT-A"));
        assertThat(again.problem()).isEqualTo(Problem.CHAIN_EXISTS);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.isNotExist()).isFalse();
    }

    @Test
    void clearChain_makesOrEmptiesIt() {
        iptables.clearChain("filter", "WEFT-A");
        iptables.append("filter", "WEFT-A", "-s", flavour.host(), "-j", "DROP");
        assertThat(iptables.list("filter", "WEFT-A")).hasSize(2);

        iptables.clearChain("filter", "WEFT-A");

        assertThat(iptables.list("filter", "WEFT-A")).containsExactly("-N WEFT-A");
    }

    @Test
    void renameChain_keepsRulesAndThoseThatJumpToIt() {
        iptables.newChain("filter", "OLD");
        iptables.append("filter", "OLD", "-j", "RETURN");
        iptables.append("filter", "INPUT", "-j", "OLD");

        iptables.renameChain("filter", "OLD", "NEW");

        assertThat(iptables.chainExists("filter", "OLD")).isFalse();
        assertThat(iptables.list("filter", "NEW")).containsExactly("-N NEW", "-A NEW -j RETURN");
        assertThat(iptables.exists("filter", "INPUT", "-j", "NEW")).isTrue();
    }

    @Test
    void renameOrDelete_ofAMissingChain_isNotExist() {
        assertThatThrownBy(() -> iptables.renameChain("filter", "GONE", "NEW"))
                .isInstanceOfSatisfying(
                        IptablesException.class,
                        refused -> assertThat(refused.isNotExist()).isTrue());
        iptables.newChain("filter", "WEFT-A");
        iptables.deleteChain("filter", "WEFT-A");
        assertThatThrownBy(() -> iptables.deleteChain("filter", "WEFT-A"))
                .isInstanceOfSatisfying(
                        IptablesException.class,
                        refused -> assertThat(refused.isNotExist()).isTrue());
    }

    @Test
    void chainInUse_isNotDeleted() {
        iptables.newChain("filter", "WEFT-A");
        iptables.append("filter", "INPUT", "-j", "WEFT-A");

        assertThatThrownBy(() -> iptables.deleteChain("filter", "WEFT-A"))
                .isInstanceOfSatisfying(
                        IptablesException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.CHAIN_IN_USE))
                .hasMessageContaining("cannot delete chain WEFT-A of table filter (")
                .hasMessageContaining("delete the rules in it");
    }

    @Test
    void clearAndDeleteChain_alsoWithRules_alsoTwice() {
        iptables.newChain("filter", "WEFT-A");
        iptables.append("filter", "WEFT-A", "-j", "DROP");

        iptables.clearAndDeleteChain("filter", "WEFT-A");
        iptables.clearAndDeleteChain("filter", "WEFT-A");

        assertThat(iptables.chainExists("filter", "WEFT-A")).isFalse();
    }

    @Test
    void clearAllAndDeleteAll_leaveTheKernelsChains() {
        iptables.newChain("mangle", "WEFT-A");
        iptables.append("mangle", "INPUT", "-j", "WEFT-A");
        iptables.append("mangle", "WEFT-A", "-j", "RETURN");

        iptables.clearAll("mangle");
        iptables.deleteAll("mangle");

        assertThat(sandbox.save("mangle")).doesNotContain("-A", "WEFT-A");
        assertThat(iptables.chains("mangle")).hasSize(5);
    }

    @Test
    void changePolicy_isWhatTheProgramShows() {
        iptables.changePolicy("filter", "FORWARD", "DROP");

        assertThat(iptables.list("filter", "FORWARD")).containsExactly("-P FORWARD DROP");
        assertThat(iptables.read("filter").chain("FORWARD"))
                .hasValueSatisfying(chain -> assertThat(chain.policy()).isEqualTo("DROP"));
        iptables.newChain("filter", "WEFT-A");
        assertThatThrownBy(() -> iptables.changePolicy("filter", "WEFT-A", "DROP"))
                .isInstanceOfSatisfying(
                        IptablesException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.BAD_ARGUMENT));
    }
}
