package dev.weft.firewall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketTracesTest {
    private static TraceEvent step(int id, String chain) {
        return new TraceEvent(
                Family.INET,
                Attributes.build(
                        TraceAttributes.TABLE,
                        writer ->
                                writer.put(TraceAttributes.ID, id)
                                        .put(TraceAttributes.CHAIN, chain)));
    }

    @Test
    void stepsOfSeveralPackets_areSortedByPacket() {
        PacketTraces traces = new PacketTraces(10);
        List.of(step(2, "a"), step(1, "a"), step(2, "b"), step(1, "c")).forEach(traces::add);

        assertThat(traces.packets())
                .containsExactly(
                        List.of(step(2, "a"), step(2, "b")), List.of(step(1, "a"), step(1, "c")));
    }

    @Test
    void tooMany_leaveTheLatestPackets_andTheFirstSteps() {
        PacketTraces traces = new PacketTraces(2);
        for (int id = 1; id <= 5; id++) {
            traces.add(step(id, "a"));
        }
        for (int i = 0; i < 2 * PacketTraces.MAX_STEPS; i++) {
            traces.add(step(5, "b"));
        }

        assertThat(traces.packets()).hasSize(2);
        assertThat(traces.packets().getLast())
                .hasSize(PacketTraces.MAX_STEPS)
                .startsWith(step(5, "a"));
    }
}
