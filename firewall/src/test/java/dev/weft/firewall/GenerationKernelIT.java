package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.Family;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class GenerationKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final Chain CHAIN = Chain.of(TABLE, "web");

    private static Rule port(int port) {
        return Rule.in(CHAIN).port(Selector.TCP_DPORT, port).accept();
    }

    @Test
    void foreignChangeDuringPlanning_leadsToANewPlan() {
        try (Sandbox sandbox = new Sandbox()) {
            AtomicInteger plans = new AtomicInteger();
            sandbox.nftables()
                    .apply(() -> {
                        if (plans.incrementAndGet() == 1) {
                            sandbox.nft("add", "table", "inet", "other");
                        }
                        return new Batch().create(TABLE);
                    });

            assertThat(plans).hasValue(2);
            assertThat(sandbox.nftables().tables())
                    .extracting(Table::name)
                    .containsExactly("other", "weft");
        }
    }

    @Test
    void foreignChangesWithoutEnd_endInERESTART() {
        try (Sandbox sandbox = new Sandbox();
                Nftables other = Nftables.open(sandbox.namespace())) {
            AtomicInteger plans = new AtomicInteger();
            assertThatThrownBy(() ->
                            sandbox.nftables()
                                    .apply(() -> {
                                        String name = "t" + plans.incrementAndGet();
                                        other.apply(new Batch().add(Table.of(Family.IP, name)));
                                        return new Batch().create(TABLE);
                                    }))
                    .hasMessageContaining("cannot change the ruleset: ERESTART");
            assertThat(plans).hasValue(Nftables.ATTEMPTS);
        }
    }

    @Test
    void appliedRules_areToldWithHandles_andCanBeReplacedAndDeleted() {
        try (Sandbox sandbox = new Sandbox()) {
            Nftables nftables = sandbox.nftables();
            nftables.apply(new Batch().add(TABLE).add(CHAIN));
            List<Rule> told = nftables.applyAndTell(new Batch().append(port(2)).append(port(4)));
            long second = told.getFirst().handle().orElseThrow();
            nftables.apply(
                    new Batch()
                            .insert(port(1))
                            .appendAfter(second, port(3))
                            .insertBefore(second, port(9))
                            .replace(second, port(22))
                            .delete(told.getLast()));

            assertThat(nftables.rules(CHAIN))
                    .extracting(Rule::text)
                    .containsExactly(
                            "tcp dport 1 accept",
                            "tcp dport 9 accept",
                            "tcp dport 22 accept",
                            "tcp dport 3 accept");
        }
    }

    @Test
    void emptyBatch_changesNothing() {
        try (Sandbox sandbox = new Sandbox()) {
            int before = sandbox.nftables().generation();
            sandbox.nftables().apply(new Batch());
            assertThat(sandbox.nftables().generation()).isEqualTo(before);
        }
    }
}
