package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.expression.UnknownExpression;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `nft` loads reads the same here, and can be made again from what was read.
final class RuleTextKernelIT {
    @ParameterizedTest
    @ValueSource(strings = {"rules.nft", "ipv4.nft", "foreign.nft"})
    void tableOfNft_readsAsNftListsIt(String resource) {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(RulesetText.of(resource));

            assertThat(sandbox.nft("list", "ruleset")).isEqualTo(RulesetText.of(resource));
            assertThat(read(sandbox)).hasToString(RulesetText.of(resource));
            assertThat(unknownKinds(read(sandbox))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.nft", "ipv4.nft", "foreign.nft"})
    void tableMadeAgain_isTheSameToNft(String resource) {
        try (Sandbox original = new Sandbox();
                Sandbox copy = new Sandbox()) {
            original.load(RulesetText.of(resource));
            copy.nftables().apply(new Batch().create(read(original)));

            assertThat(copy.nft("-j", "list", "ruleset"))
                    .isEqualTo(original.nft("-j", "list", "ruleset"));
            assertThat(copy.nft("list", "ruleset")).isEqualTo(RulesetText.of(resource));
        }
    }

    private static TableContent read(Sandbox sandbox) {
        return sandbox.nftables().read(sandbox.nftables().tables().getFirst());
    }

    private static List<String> unknownKinds(TableContent content) {
        return content.chains().values().stream()
                .flatMap(List::stream)
                .flatMap(rule -> rule.expressions().stream())
                .filter(UnknownExpression.class::isInstance)
                .map(expression -> expression.name())
                .distinct()
                .toList();
    }
}
