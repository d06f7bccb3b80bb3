package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.event.Floods;
import dev.weft.firewall.event.RulesetEvent.Generation;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableGuardKernelIT {
    private static final int BURST = 1000;
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final Chain INPUT = Chain.base(TABLE, "input", ChainType.FILTER, Hook.INPUT, 0);
    private static final Chain WEB = Chain.of(TABLE, "web");
    private static final NftSet PORTS = NftSet.of(TABLE, "ports", DataType.INET_SERVICE);

    private static final TableContent WANTED =
            new DesiredTable(TABLE)
                    .with(PORTS, Element.of(Datum.port(22)), Element.of(Datum.port(80)))
                    .with(
                            INPUT.policy(Verdict.DROP),
                            Rule.in(INPUT).in(PORTS, Selector.TCP_DPORT).jump(WEB),
                            Rule.in(INPUT).inputInterface("lo").accept())
                    .with(
                            WEB,
                            Rule.in(WEB).port(Selector.TCP_DPORT, 80).accept(),
                            Rule.in(WEB).counter().drop())
                    .content();

    private static TableContent withPolicy(Verdict verdict) {
        return new DesiredTable(TABLE).with(INPUT.policy(verdict)).content();
    }

    private static boolean conforms(Nftables nftables, TableContent wanted) {
        return nftables.tables().stream()
                        .anyMatch(table -> table.name().equals(wanted.table().name()))
                && Difference.between(Optional.of(nftables.read(wanted.table())), wanted).isEmpty();
    }

    /// What the kernel has is what is wanted, at the latest after what the guard tells next.
    private static void awaitConformity(Sandbox sandbox, Told told) throws InterruptedException {
        while (!conforms(sandbox.nftables(), WANTED)) {
            told.next();
        }
    }

    private static TableGuard guard(Sandbox sandbox, Told told) {
        return TableGuard.open(sandbox.namespace(), List.of(WANTED), told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flush table inet weft",
                "delete table inet weft",
                "flush ruleset",
                "insert rule inet weft web drop",
                "flush chain inet weft web|"
                        + "add rule inet weft web counter drop|"
                        + "add rule inet weft web tcp dport 80 accept",
                "delete element inet weft ports { 22 }",
                "flush chain inet weft input|delete set inet weft ports|"
                        + "add set inet weft ports { type ipv4_addr; }|"
                        + "add rule inet weft input ip saddr @ports drop",
                "add chain inet weft input { policy accept; }",
                "add table inet weft { flags dormant; }"
            })
    void foreignChange_isRepairedAndItsAuthorTold(String change) throws InterruptedException {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            sandbox.load(change.replace('|', '\n'));
            GuardEvent.Repaired repaired = told.next(GuardEvent.Repaired.class);

            assertThat(guard.isOpen()).isTrue();
            assertThat(repaired.by()).extracting(Generation::process).containsExactly("nft");
            assertThat(repaired.differences())
                    .singleElement()
                    .satisfies(difference -> assertThat(difference.changes()).isNotEmpty());
            assertThat(repaired.took()).isPositive();
            assertThat(conforms(sandbox.nftables(), WANTED)).isTrue();
        }
    }

    @Test
    void tablesOfOthers_areNotTouched() throws InterruptedException {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load("table ip other { set s { type mark; elements = { 1 }; }; }\n");
            try (TableGuard guard = guard(sandbox, told)) {
                sandbox.nft("add", "element", "ip", "other", "s", "{ 2 }");
                String others = sandbox.nft("-j", "list", "table", "ip", "other");
                sandbox.nft("flush", "table", "inet", "weft");
                told.next(GuardEvent.Repaired.class);

                assertThat(sandbox.nft("-j", "list", "table", "ip", "other")).isEqualTo(others);
                assertThat(told.isEmpty()).isTrue();
                assertThat(guard.isOpen()).isTrue();
            }
        }
    }

    @Test
    void ownChanges_areNoNews() throws InterruptedException {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            sandbox.nft("flush", "table", "inet", "weft");
            told.next(GuardEvent.Repaired.class);
            int generation = sandbox.nftables().generation();
            guard.replace(List.of(WANTED));
            sandbox.nft("add", "table", "ip", "other");
            sandbox.nft("insert", "rule", "inet", "weft", "web", "drop");
            told.next(GuardEvent.Repaired.class);

            // Two by nft and one by the guard.
            assertThat(sandbox.nftables().generation()).isEqualTo(generation + 3);
        }
    }

    @Test
    void burstOfChanges_endsInWhatIsWanted() throws InterruptedException {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            for (int i = 0; i < BURST; i++) {
                sandbox.nftables()
                        .apply(new Batch().add(PORTS, Element.of(Datum.port(1000 + i % 100))));
            }
            awaitConformity(sandbox, told);
            assertThat(guard.isOpen()).isTrue();
        }
    }

    @Test
    void lostEvents_leadToALook() throws InterruptedException {
        Told told = new Told();
        CountDownLatch flooded = new CountDownLatch(1);
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard =
                        TableGuard.open(
                                sandbox.namespace(),
                                List.of(WANTED),
                                event -> {
                                    told.accept(event);
                                    await(flooded);
                                })) {
            sandbox.nft("flush", "table", "inet", "weft");
            told.next(GuardEvent.Repaired.class);
            Floods.overrun(sandbox);
            sandbox.nft("flush", "table", "inet", "weft");
            flooded.countDown();

            told.next(GuardEvent.Lost.class);
            awaitConformity(sandbox, told);
            assertThat(guard.isOpen()).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void deathOfTheOtherWriter_isNothingToTheGuard() throws InterruptedException, IOException {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            Process writer =
                    new ProcessBuilder(
                                    "nsenter",
                                    "--net=" + sandbox.namespace().path(),
                                    "sh",
                                    "-c",
                                    "while nft flush table inet weft; do :; done")
                            .start();
            told.next(GuardEvent.Repaired.class);
            writer.destroyForcibly().waitFor();
            writer.descendants().forEach(ProcessHandle::destroyForcibly);
            sandbox.nft("insert", "rule", "inet", "weft", "web", "drop");

            awaitConformity(sandbox, told);
            assertThat(guard.isOpen()).isTrue();
        }
    }

    @Test
    void twoGuardsThatDisagree_takeTurns_andCanBeClosed() throws InterruptedException {
        Told one = new Told();
        Told other = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard dropping =
                        TableGuard.open(
                                sandbox.namespace(), List.of(withPolicy(Verdict.DROP)), one)) {
            List<TableContent> accepting = List.of(withPolicy(Verdict.ACCEPT));
            try (TableGuard opponent = TableGuard.open(sandbox.namespace(), accepting, other)) {
                for (int i = 0; i < Pace.FREE + 4; i++) {
                    one.next(GuardEvent.Repaired.class);
                    other.next(GuardEvent.Repaired.class);
                }
                assertThat(opponent.isOpen()).isTrue();
            }
            while (!conforms(sandbox.nftables(), withPolicy(Verdict.DROP))) {
                one.next();
            }
            assertThat(dropping.isOpen()).isTrue();
        }
    }

    @Test
    void refusalOfWhatIsWantedFirst_isThrown_andNothingIsMade() {
        Chain missing = Chain.of(TABLE, "missing");
        TableContent impossible =
                new DesiredTable(TABLE).with(WEB, Rule.in(WEB).jump(missing)).content();
        try (Sandbox sandbox = new Sandbox()) {
            assertThatThrownBy(() ->
                            TableGuard.open(sandbox.namespace(), List.of(impossible), _ -> {}))
                    .isInstanceOf(KernelException.class);
            assertThat(sandbox.nftables().tables()).isEmpty();
        }
    }

    /// Another's own table has our name, until that other goes: of this there is no event.
    @Test
    void refusalOfARepair_isTold_andTriedAgain() throws InterruptedException {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            try (Nftables other = Nftables.open(sandbox.namespace())) {
                other.apply(new Batch().delete(TABLE).create(TABLE.with(TableFlag.OWNER)));
                assertThat(told.next(GuardEvent.Refused.class).reason())
                        .isInstanceOfSatisfying(
                                KernelException.class,
                                refused -> assertThat(refused.is(Errno.EPERM)).isTrue());
            }
            told.next(GuardEvent.Repaired.class);

            assertThat(conforms(sandbox.nftables(), WANTED)).isTrue();
            assertThat(guard.isOpen()).isTrue();
        }
    }

    @Test
    void replace_leadsToTheNextTables_inOneTransaction() throws InterruptedException {
        TableContent next =
                new DesiredTable(Table.of(Family.IP, "next"))
                        .with(Chain.of(Table.of(Family.IP, "next"), "c"))
                        .content();
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            int before = sandbox.nftables().generation();
            guard.replace(List.of(next));
            assertThat(sandbox.nftables().generation()).isEqualTo(before + 1);
            assertThat(sandbox.nftables().tables()).extracting(Table::name).containsExactly("next");

            sandbox.nft("add", "table", "inet", "weft");
            sandbox.nft("flush", "ruleset");
            told.next(GuardEvent.Repaired.class);
            assertThat(sandbox.nftables().tables()).extracting(Table::name).containsExactly("next");
        }
    }

    @Test
    void replaceThatIsRefused_leavesWhatWasWanted() throws InterruptedException {
        Chain missing = Chain.of(TABLE, "missing");
        TableContent impossible =
                new DesiredTable(TABLE).with(WEB, Rule.in(WEB).jump(missing)).content();
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard = guard(sandbox, told)) {
            assertThatThrownBy(() -> guard.replace(List.of(impossible)))
                    .isInstanceOf(KernelException.class);
            assertThatThrownBy(() -> guard.replace(List.of(WANTED, WANTED)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("table inet weft is wanted twice");
            sandbox.nft("delete", "table", "inet", "weft");
            told.next(GuardEvent.Repaired.class);

            assertThat(conforms(sandbox.nftables(), WANTED)).isTrue();
        }
    }

    @Test
    void listenerThatFails_doesNotEndTheGuard() throws InterruptedException {
        Told told = new Told();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((_, failed) -> failures.add(failed));
        try (Sandbox sandbox = new Sandbox();
                TableGuard guard =
                        TableGuard.open(
                                sandbox.namespace(),
                                List.of(WANTED),
                                event -> {
                                    told.accept(event);
                                    throw new IllegalStateException("a listener that fails");
                                })) {
            for (int i = 0; i < 2; i++) {
                sandbox.nft("flush", "table", "inet", "weft");
                told.next(GuardEvent.Repaired.class);
            }
            assertThat(conforms(sandbox.nftables(), WANTED)).isTrue();
            assertThat(guard.isOpen()).isTrue();
            assertThat(failures).first().asString().contains("a listener that fails");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void closed_repairsNothingMore() {
        Told told = new Told();
        try (Sandbox sandbox = new Sandbox()) {
            TableGuard guard = guard(sandbox, told);
            guard.close();
            sandbox.nft("flush", "table", "inet", "weft");

            assertThat(conforms(sandbox.nftables(), WANTED)).isFalse();
            assertThatThrownBy(() -> guard.replace(List.of()))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(told.isEmpty()).isTrue();
        }
    }
}
