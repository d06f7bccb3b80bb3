package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Table;
import dev.weft.firewall.desired.Suspicion.TableName;
import dev.weft.firewall.event.RulesetEvent;
import dev.weft.firewall.event.RulesetEvent.Generation;
import dev.weft.firewall.event.Subject;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SuspicionTest {
    private static final Table OURS = Table.of(Family.INET, "weft");
    private static final Set<TableName> NAMES = TableName.all(List.of(OURS));
    private static final int KNOWN = 7;

    private final Suspicion suspicion = new Suspicion();

    private void take(RulesetEvent event) {
        suspicion.take(event, NAMES, KNOWN);
    }

    private static RulesetEvent removal(Table table) {
        return new RulesetEvent.Removed(new Subject.Named(table));
    }

    private static Generation generation(int id) {
        return new Generation(id, 42, "nft");
    }

    @Test
    void changeOfOurs_isDueWithItsGeneration() {
        take(new RulesetEvent.Added(new Subject.Named(Chain.of(OURS, "c"))));
        assertThat(suspicion.isOpen()).isTrue();
        assertThat(suspicion.isDue()).isFalse();

        take(generation(KNOWN + 1));
        assertThat(suspicion.isOpen()).isFalse();
        assertThat(suspicion.isDue()).isTrue();
        assertThat(suspicion.by()).containsExactly(generation(KNOWN + 1));
    }

    @Test
    void changeOfOthers_isNone() {
        take(removal(Table.of(Family.IP, "weft")));
        take(removal(Table.of(Family.INET, "other")));
        take(generation(KNOWN + 1));
        take(new RulesetEvent.Unknown(99, Slice.EMPTY));

        assertThat(suspicion.isDue()).isFalse();
    }

    @Test
    void generationThatIsKnown_isNoNews() {
        take(removal(OURS));
        take(generation(KNOWN));

        assertThat(suspicion.isDue()).isFalse();
    }

    @Test
    void generationsThatBeganAnew_areLater() {
        suspicion.take(removal(OURS), NAMES, Integer.MAX_VALUE);
        suspicion.take(generation(Integer.MIN_VALUE), NAMES, Integer.MAX_VALUE);

        assertThat(suspicion.isDue()).isTrue();
    }

    @Test
    void changeWithoutGeneration_isDueWhenNothingFollows() {
        suspicion.takeSilence();
        assertThat(suspicion.isDue()).isFalse();

        take(removal(OURS));
        suspicion.takeSilence();
        assertThat(suspicion.isDue()).isTrue();
        assertThat(suspicion.by()).isEmpty();
    }

    @Test
    void loss_isDue_untilSettled() {
        take(new RulesetEvent.Lost());
        assertThat(suspicion.isDue()).isTrue();

        suspicion.settle();
        assertThat(suspicion.isDue()).isFalse();
    }

    @Test
    void manyChangesOfOneProcess_areTheLastOfThem_andManyProcessesAreBounded() {
        for (int i = 1; i <= 100; i++) {
            take(removal(OURS));
            take(new Generation(KNOWN + i, i / 2, "p"));
        }

        assertThat(suspicion.by()).hasSize(16).last().isEqualTo(new Generation(107, 50, "p"));
    }
}
