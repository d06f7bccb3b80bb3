package dev.weft.linux.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BootClockKernelIT {
    @Test
    void millis_areTheKernelsUptime() throws IOException {
        long before = BootClock.millis();
        String uptime = Files.readString(Path.of("/proc/uptime"));
        long after = BootClock.millis();
        long told =
                new BigDecimal(uptime.substring(0, uptime.indexOf(' ')))
                        .movePointRight(3)
                        .longValueExact();
        // The file has hundredths.
        assertThat(told).isBetween(before - 10, after);
    }
}
