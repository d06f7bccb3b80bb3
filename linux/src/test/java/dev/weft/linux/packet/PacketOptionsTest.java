package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PacketOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "2048, 4, PT0.01S",
        "5000, 4, PT0.01S",
        "33554432, 4, PT0.01S",
        "4096, 1, PT0.01S",
        "4096, 4097, PT0.01S",
        "16777216, 65, PT0.01S",
        "4096, 4, PT0.0009S",
        "4096, 4, PT11S"
    })
    void ring_outsideOfItsRanges_isRefused(int blockBytes, int blocks, Duration retirement) {
        assertThatThrownBy(() -> new RingSize(blockBytes, blocks, retirement))
                .isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @CsvSource({"4096, 2, PT0.001S", "16777216, 64, PT10S", "4096, 4096, PT1S"})
    void ring_atTheEndsOfItsRanges_isAccepted(int blockBytes, int blocks, Duration retirement) {
        RingSize ring = new RingSize(blockBytes, blocks, retirement);
        assertThat(ring.bytes()).isEqualTo(blockBytes * blocks).isPositive();
    }

    @Test
    void options_outsideOfTheirRanges_areRefused() {
        PacketSocketOptions one = PacketSocketOptions.on(1);
        assertRefused(() -> PacketSocketOptions.on(-1));
        assertRefused(() -> one.protocol(0x10000));
        assertRefused(() -> PacketSocketOptions.onAllLinks().promiscuous());
        assertRefused(() -> IcmpSocketOptions.ipv4().hopLimit(256));
        assertRefused(() -> IcmpSocketOptions.ipv4().on(-1));
        assertRefused(() -> IcmpSocketOptions.ipv6().types(Set.of(256)));
        assertRefused(() -> TunRequest.tun(""));
        assertRefused(() -> TunRequest.tap("sixteen-bytes-01"));
    }

    @Test
    void filter_ofNoOrTooManyOrImpossibleInstructions_isRefused() {
        FilterInstruction accept = FilterInstruction.accept(1);
        assertRefused(() -> new PacketFilter(List.of()));
        assertRefused(() -> new PacketFilter(Collections.nCopies(4097, accept)));
        assertRefused(() -> FilterInstruction.ifEqual(1, 256, 0));
        assertRefused(() -> FilterInstruction.ifEqual(1, 0, -1));
        assertRefused(() -> new FilterInstruction(0x10000, 0, 0, 0));
        assertThat(new PacketFilter(Collections.nCopies(4096, accept)).instructions())
                .hasSize(4096);
    }

    private static void assertRefused(Runnable making) {
        assertThatThrownBy(making::run).isInstanceOf(InvalidRequestException.class);
    }
}
