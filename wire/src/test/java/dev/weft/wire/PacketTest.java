package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class PacketTest {
    private static Packet decode(byte[] frame) {
        return Packet.decode(LinkType.ETHERNET, Slice.of(frame));
    }

    private static Stream<DynamicTest> forEachSample(java.util.function.Consumer<byte[]> check) {
        return Samples.all().entrySet().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.getKey(), () -> check.accept(sample.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> sample_returnsFromViewsAndValuesByteForByte() {
        return forEachSample(frame -> {
            Packet packet = decode(frame);
            assertThat(packet.problems()).isEmpty();
            Header[] headers = packet.headers().toArray(Header[]::new);
            assertThat(Packet.encode(packet.payload(), headers)).isEqualTo(frame);
        });
    }
}
