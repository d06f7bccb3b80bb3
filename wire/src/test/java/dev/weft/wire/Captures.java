package dev.weft.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/// Captures in memory, for tools to read from their standard input.
final class Captures {
    /// 2026-11-22 00:00:00 UTC.
    static final long MIDNIGHT_NANOSECONDS = 1_795_305_600_000_000_000L;

    private Captures() {}

    /// One interface `veth0` with these frames, a microsecond and a nanosecond apart.
    static byte[] of(Collection<byte[]> frames) {
        var out = new ByteArrayOutputStream();
        try (var capture = new PcapngWriter(out)) {
            int veth = capture.addInterface("veth0", "sample frames", LinkType.ETHERNET);
            long time = MIDNIGHT_NANOSECONDS;
            for (byte[] frame : frames) {
                capture.write(veth, time, Direction.INBOUND, frame.length, frame, "");
                time += 1001;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
