package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

final class PcapngFuzzTest {
    @FuzzTest
    void anyBytes_areBlocksOrMalformed(byte[] bytes) throws IOException {
        var in = new ByteArrayInputStream(bytes);
        int before = in.available() + 1;
        try (var reader = new PcapngReader(in)) {
            while (reader.next().isPresent()) {
                assertThat(in.available()).isLessThan(before);
                before = in.available();
            }
        } catch (MalformedPacketException e) {
            assertThat(e.malformation().protocol()).startsWith("pcapng");
        }
    }
}
