package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.testkit.Command;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Namespaces in which more than one program has made rules.
final class MixedRulesInteropIT {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "NFT.*")
    void tablesOfBothVariants_areFound(Flavour flavour) {
        try (IptablesSandbox sandbox = new IptablesSandbox(flavour)) {
            Iptables legacy = Iptables.open(sandbox.options().withVariant(Variant.LEGACY));
            assertThat(MixedRules.find(flavour.family(), sandbox.namespace())).isEmpty();

            sandbox.iptables().append("filter", "INPUT", "-j", "ACCEPT");
            assertThat(MixedRules.find(flavour.family(), sandbox.namespace())).isEmpty();

            legacy.append("nat", "PREROUTING", "-j", "ACCEPT");
            assertThat(MixedRules.find(flavour.family(), sandbox.namespace()))
                    .hasValueSatisfying(found -> {
                        assertThat(found.legacy()).containsExactly("nat");
                        assertThat(found.nft()).containsExactly("filter");
                        assertThat(found)
                                .asString()
                                .contains("iptables-legacy in nat", "iptables-nft in filter");
                    });
            assertThat(sandbox.iptables().chains("filter")).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "NFT.*")
    void tableThatOnlyNftUnderstands_isCalledIncompatible(Flavour flavour) {
        try (IptablesSandbox sandbox = new IptablesSandbox(flavour)) {
            Iptables iptables = sandbox.iptables();
            String family = flavour == Flavour.NFT_IPV4 ? "ip" : "ip6";
            iptables.newChain("filter", "FOREIGN");
            Command.run(
                            sandbox.inside(
                                    "nft", "add", "rule", family, "filter", "FOREIGN", "meta",
                                    "mark", "set", "5", "ct", "mark", "set", "6"))
                    .orFail();

            assertThat(problem(() -> iptables.read("filter"))).isEqualTo(Problem.INCOMPATIBLE);
            assertThat(problem(() -> iptables.list("filter", "FOREIGN")))
                    .isEqualTo(Problem.INCOMPATIBLE);
            assertThat(problem(() -> iptables.chainExists("filter", "FOREIGN")))
                    .isEqualTo(Problem.INCOMPATIBLE);
        }
    }

    private static Problem problem(ThrowingCallable attempt) {
        return catchThrowableOfType(IptablesException.class, attempt).problem();
    }
}
