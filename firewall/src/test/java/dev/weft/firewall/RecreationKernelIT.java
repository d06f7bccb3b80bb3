package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.value.Family;
import dev.weft.linux.KernelException;
import dev.weft.testkit.KernelFeature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `nft` loads, made again from what was read here, is the same to `nft`.
final class RecreationKernelIT {
    private static final String HANDLE = "\"handle\": \\d+";
    private static final String EXPIRES = "\"expires\": \\d+";

    private static final Table LARGE = Table.of(Family.INET, "weft");

    private static Sandbox sandbox() {
        Sandbox sandbox = new Sandbox();
        sandbox.ip("link", "add", "d0", "type", "veth", "peer", "name", "d1");
        return sandbox;
    }

    /// Without what differs between any two rulesets.
    private static String json(Sandbox sandbox) {
        return sandbox.nft("-j", "list", "ruleset")
                .replaceAll(HANDLE, "\"handle\": 0")
                .replaceAll(EXPIRES, "\"expires\": 0")
                .replace("{\"", "\n{\"");
    }

    private static void copy(Sandbox original, Sandbox copy) {
        Batch batch = new Batch();
        original.nftables().read().forEach(batch::create);
        copy.nftables().apply(batch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sets.nft", "anonymous.nft", "objects.nft", "hooks.nft"})
    void ruleset_isMadeAgain(String resource) {
        try (Sandbox original = sandbox();
                Sandbox copy = sandbox()) {
            original.load(RulesetText.of("again/" + resource));
            copy(original, copy);

            assertThat(json(copy)).isEqualTo(json(original));
        }
    }

    @Test
    void flowtable_isMadeAgain() {
        try (Sandbox original = sandbox();
                Sandbox copy = sandbox()) {
            KernelFeature.assume("flowtables", hasFlowtables(original));
            original.load(RulesetText.of("again/flowtables.nft"));
            copy(original, copy);

            Flowtable read = copy.nftables().flowtables(Table.of(Family.INET, "t")).getFirst();
            assertThat(read.devices()).containsExactlyInAnyOrder("d0", "d1");
            assertThat(read.priority()).hasValue(0);
            assertThat(read.flags()).isEqualTo(2);
            assertThat(json(copy)).isEqualTo(json(original));
        }
    }

    private static boolean hasFlowtables(Sandbox sandbox) {
        Table table = Table.of(Family.INET, "probe");
        try {
            sandbox.nftables().apply(new Batch().add(table).add(Flowtable.of(table, "f", 0, "d0")));
            sandbox.nftables().apply(new Batch().delete(table));
            return true;
        } catch (KernelException _) {
            return false;
        }
    }

    @Test
    void tableMadeBesideAnother_doesNotShareItsAnonymousSets() {
        try (Sandbox original = sandbox();
                Sandbox copy = sandbox()) {
            original.load("table ip t { chain c { tcp dport { 1, 2 } accept; }; }");
            copy.load("table ip t { chain d { tcp dport { 3, 4 } drop; }; }");
            TableContent content = original.nftables().read().getFirst();
            Batch batch = new Batch();
            content.chains().keySet().forEach(chain -> batch.create(chain.wanted()));
            content.sets().keySet().forEach(set -> batch.create(set.wanted()));
            content.sets().forEach(batch::add);
            content.chains()
                    .values()
                    .forEach(rules -> rules.forEach(rule -> batch.append(rule.wanted())));
            copy.nftables().apply(batch);

            assertThat(copy.nft("list", "ruleset"))
                    .contains("tcp dport { 3, 4 } drop", "tcp dport { 1, 2 } accept");
        }
    }

    @Test
    void expiration_isWhatWasLeft() {
        try (Sandbox original = sandbox();
                Sandbox copy = sandbox()) {
            original.load(
                    """
                    table ip t {
                    	set s { type ipv4_addr; flags timeout; timeout 1d;
                    		elements = { 1.2.3.4 timeout 10h expires 5h }; }
                    }
                    """);
            copy(original, copy);

            NftSet set = copy.nftables().sets(Table.of(Family.IP, "t")).getFirst();
            Element element = copy.nftables().elements(set).getFirst();
            assertThat(element.timeout()).hasValue(Duration.ofHours(10));
            assertThat(element.expiration().orElseThrow())
                    .isBetween(Duration.ofMinutes(299), Duration.ofHours(5));
        }
    }

    @Test
    void rulesetOfManyFamilies_isReadAtOnce() {
        try (Sandbox sandbox = sandbox()) {
            sandbox.load(RulesetText.of("again/hooks.nft"));
            List<TableContent> all = sandbox.nftables().read();

            assertThat(all)
                    .extracting(content -> content.table().toString())
                    .containsExactly(
                            "table netdev t",
                            "table arp a",
                            "table bridge b",
                            "table inet n",
                            "table ip asleep",
                            "table ip6 s");
            assertThat(all)
                    .allSatisfy(content ->
                            assertThat(content)
                                    .isEqualTo(sandbox.nftables().read(content.table())));
        }
    }

    @Test
    void largeRuleset_isReadChainByChain() {
        try (Sandbox sandbox = new Sandbox()) {
            Batch batch = new Batch().add(LARGE);
            List<Chain> chains =
                    List.of(Chain.of(LARGE, "a"), Chain.of(LARGE, "b"), Chain.of(LARGE, "none"));
            chains.forEach(batch::add);
            for (int i = 0; i < 3_000; i++) {
                Chain chain = chains.get(i % 2);
                batch.append(Rule.in(chain).accept().comment("rule " + i));
            }
            sandbox.nftables().apply(batch);

            TableContent content = sandbox.nftables().read(LARGE);
            assertThat(content.chains().keySet())
                    .extracting(Chain::name)
                    .containsExactly("a", "b", "none");
            assertThat(content.chains().values())
                    .extracting(List::size)
                    .containsExactly(1_500, 1_500, 0);
            assertThat(sandbox.nftables().read()).containsExactly(content);
        }
    }
}
