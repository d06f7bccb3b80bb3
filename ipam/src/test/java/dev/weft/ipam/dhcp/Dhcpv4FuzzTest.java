package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.testkit.Seeded;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Arbitrary options of a server that knows the client's transaction.
final class Dhcpv4FuzzTest {

    /// What a server says when its options' field has these bytes.
    private static Dhcpv4 reply(Bench bench, Slice options) {
        byte[] bytes = new byte[240 + options.length()];
        bytes[0] = Dhcpv4.REPLY;
        bytes[1] = 1;
        bytes[2] = 6;
        System.arraycopy(new byte[] {0x63, (byte) 0x82, 0x53, 0x63}, 0, bytes, 236, 4);
        System.arraycopy(options.toByteArray(), 0, bytes, 240, options.length());
        Dhcpv4Options read = Dhcpv4.decode(Slice.of(bytes)).value().options();
        return Dhcpv4.of(Dhcpv4.REPLY, bench.last().transactionId(), Bench.MAC, read)
                .withYour(SimulatedServer.POOL);
    }

    /// Any seed input with some bytes changed.
    static byte[] damaged(Seeded random, Class<?> test, String input) throws IOException {
        try (InputStream seed = test.getResourceAsStream(input)) {
            byte[] bytes = Objects.requireNonNull(seed, input).readAllBytes();
            for (int i = random.between(1, 5); i > 0; i--) {
                bytes[random.between(0, bytes.length - 1)] = (byte) random.between(0, 255);
            }
            return Arrays.copyOf(bytes, random.between(1, bytes.length));
        }
    }

    @Test
    void damagedOptions_areALeaseThatEndsOrNone() {
        Seeded.forAll(
                2000,
                random -> {
                    String name = random.oneOf(List.of("lease", "search", "long-routes", "static"));
                    String path = "Dhcpv4FuzzTestInputs/anyOptions_areALeaseThatEndsOrNone/" + name;
                    anyOptions_areALeaseThatEndsOrNone(damaged(random, Dhcpv4FuzzTest.class, path));
                });
    }

    @FuzzTest
    void anyOptions_areALeaseThatEndsOrNone(byte[] options) {
        Bench bench = new Bench();
        bench.advanceTo(0);
        bench.answer();
        try {
            bench.receive(reply(bench, Slice.of(options)));
        } catch (MalformedPacketException noMessage) {
            return;
        }
        bench.client
                .lease()
                .ifPresent(lease -> {
                    assertThat(LeaseResult.of(lease, OptionalInt.empty()).addresses()).hasSize(1);
                    assertThat(lease.search()).allMatch(name -> !name.contains("\n"));
                    lease.mtuBytes();
                });
        for (int i = 0; i < 100 && bench.client.wakeUpMillis().isPresent(); i++) {
            assertThat(bench.client.wakeUpMillis().orElseThrow()).isGreaterThan(bench.now);
            bench.wake();
        }
    }
}
