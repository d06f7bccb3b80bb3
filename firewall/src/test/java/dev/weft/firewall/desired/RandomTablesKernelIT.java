package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.TableContent;
import dev.weft.testkit.Seeded;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// From any table to any other, on the real kernel.
final class RandomTablesKernelIT {
    private static final int RUNS = 40;

    private static TableContent read(Sandbox sandbox) {
        return sandbox.nftables().read(RandomTable.TABLE);
    }

    private static void apply(Sandbox sandbox, Optional<TableContent> actual, TableContent wanted) {
        Difference difference = Difference.between(actual, wanted);
        try {
            sandbox.nftables().apply(difference.toBatch());
        } catch (RuntimeException refused) {
            throw new AssertionError("refused: " + difference, refused);
        }
    }

    /// The rules of each chain as text, without the numbers of sets that the kernel names.
    private static Map<String, List<String>> texts(TableContent content) {
        Map<String, List<String>> texts = new HashMap<>();
        content.chains()
                .forEach((chain, rules) ->
                        texts.put(
                                chain.name() + chain.policy(),
                                rules.stream()
                                        .map(rule ->
                                                rule.text()
                                                        .replaceAll("__set\\d+", "__set")
                                                        .replaceAll("packets \\d+ bytes \\d+", ""))
                                        .toList()));
        return texts;
    }

    private static Map<Long, String> handles(TableContent content) {
        Map<Long, String> handles = new HashMap<>();
        for (Map.Entry<Chain, List<Rule>> chain : content.chains().entrySet()) {
            if (chain.getKey().name().equals(RandomTable.PLAIN.name())) {
                chain.getValue()
                        .forEach(rule -> handles.put(rule.handle().orElseThrow(), rule.text()));
            }
        }
        return handles;
    }

    private static int[] numbers(TableContent content, Map<String, Integer> numbers) {
        return texts(content).entrySet().stream()
                .filter(chain -> chain.getKey().startsWith(RandomTable.PLAIN.name()))
                .flatMap(chain -> chain.getValue().stream())
                .mapToInt(text -> numbers.computeIfAbsent(text, _ -> numbers.size()))
                .toArray();
    }

    /// How many rules of the plain chain stay.
    private static long common(TableContent one, TableContent other) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] partners = Alignment.of(numbers(one, numbers), numbers(other, numbers));
        return Arrays.stream(partners).filter(it -> it != Alignment.NONE).count();
    }

    @Test
    void anyTable_becomesAnyOther_byTheSmallestChange() {
        Seeded.forAll(
                RUNS,
                random -> {
                    try (Sandbox sandbox = new Sandbox()) {
                        TableContent first = RandomTable.of(random);
                        TableContent second = RandomTable.of(random);
                        apply(sandbox, Optional.empty(), first);
                        TableContent before = read(sandbox);
                        assertThat(Difference.between(Optional.of(before), first).toString())
                                .isEmpty();

                        apply(sandbox, Optional.of(before), second);
                        TableContent after = read(sandbox);
                        assertThat(Difference.between(Optional.of(after), second).toString())
                                .isEmpty();
                        assertThat(texts(after)).isEqualTo(texts(second));

                        Map<Long, String> kept = handles(after);
                        kept.entrySet().retainAll(handles(before).entrySet());
                        assertThat(kept).hasSize((int) common(before, after));
                    }
                });
    }
}
