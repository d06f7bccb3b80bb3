package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// 8,364 of 10,000 keys were read once, from a set whose hash table grew during the dump.
final class SetDumpTest {
    private static final NftSet PORTS =
            NftSet.of(Table.of(Family.IP, "weft"), "ports", DataType.INET_SERVICE);
    private static final Element ONE = Element.of(Datum.port(1));
    private static final Element TWO = Element.of(Datum.port(2));
    private static final Element THREE = Element.of(Datum.port(3));

    @Test
    void hashTableThatGrowsDuringDump_isReadAgain() {
        Queue<List<List<Element>>> dumps =
                new ArrayDeque<>(
                        List.of(
                                List.of(List.of(ONE, TWO), List.of(ONE)),
                                List.of(List.of(THREE, ONE), List.of(TWO))));

        assertThat(SetDump.read(PORTS, dumps::remove)).containsExactly(THREE, ONE, TWO);
        assertThat(dumps).isEmpty();
    }

    @Test
    void hashTableThatNeverStopsGrowing_endsInEINTR() {
        AtomicInteger dumps = new AtomicInteger();
        assertThatThrownBy(() ->
                        SetDump.read(
                                PORTS,
                                () -> {
                                    dumps.incrementAndGet();
                                    return List.of(List.of(ONE), List.of(ONE));
                                }))
                .hasMessageContaining("cannot read set ip weft ports")
                .hasMessageContaining("EINTR");
        assertThat(dumps).hasValue(Nftables.ATTEMPTS);
    }

    @Test
    void dataAndNotesThatDiffer_doNotMakeElementsDifferent() {
        Queue<List<List<Element>>> dumps =
                new ArrayDeque<>(
                        List.of(
                                List.of(List.of(ONE), List.of(ONE.comment("again"))),
                                List.of(List.of(ONE), List.of(TWO))));

        assertThat(SetDump.read(PORTS, dumps::remove)).containsExactly(ONE, TWO);
    }

    @Test
    void endOfRangeWhereTheNextStarts_isAnotherElement() {
        Element end =
                new Element(ONE.attributes().and(writer -> writer.put(ElementAttributes.FLAGS, 1)));

        assertThat(SetDump.read(PORTS, () -> List.of(List.of(end), List.of(ONE))))
                .containsExactly(end, ONE);
    }

    @Test
    void setOfOneMessage_isTakenAsItIs() {
        assertThat(SetDump.read(PORTS, () -> List.of(List.of(ONE, TWO)))).containsExactly(ONE, TWO);
    }
}
