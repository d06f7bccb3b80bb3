package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Slice;
import dev.weft.testkit.Seeded;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    @Test
    void ticks_ofAMegabitASecond_are64Nanoseconds() {
        assertThat(SchedulerTicks.toSend(4096, 125_000)).isEqualTo(32_768_000 / 64);
    }

    @Test
    void ticks_ofLessThanOne_roundUp() {
        assertThat(SchedulerTicks.toSend(8, 5_000_000_000L)).isEqualTo(1);
        assertThat(SchedulerTicks.toSend(0xffff_ffffL, 1)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void ticks_ofAnyBurst_areTheLeastThatHoldIt() {
        Seeded.forAll(
                500,
                random -> {
                    long rate = random.between(1_000, Integer.MAX_VALUE);
                    long burst = random.between(1, 60_000);
                    long ticks = SchedulerTicks.toSend(burst, rate);
                    assertThat(ticks * rate).isGreaterThanOrEqualTo(burst * 15_625_000);
                    assertThat((ticks - 1) * rate).isLessThan(burst * 15_625_000);
                });
    }

    @Test
    void table_ofEthernet_growsByTheCell() {
        Slice table = RateLimit.of(125_000, 1600).table();
        assertThat(table.length()).isEqualTo(1024);
        assertThat(table.u32(0)).isEqualTo(1000);
        assertThat(table.u32(1020)).isEqualTo(256_000);
    }

    @Test
    void table_ofAtm_countsWholeCellsAndTheLeastSize() {
        Slice table = new RateLimit(125_000, 1600, LinkLayer.ATM, 8, 64).table();
        assertThat(table.u32(0)).isEqualTo(2 * 53 * 125);
        assertThat(table.u32(1020)).isEqualTo(43 * 53 * 125);
    }

    @Test
    void specification_beyond32Bits_saysThatAnotherAttributeHasTheRate() {
        RateLimit fast = RateLimit.of(5_000_000_000L, 1 << 20);
        assertThat(fast.exceeds32Bits()).isTrue();
        assertThat(fast.specification().bytesPerSecond()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void of_valuesOutOfRange_namesTheValue() {
        assertThatThrownBy(() -> RateLimit.of(0, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a rate in bytes a second")
                .hasMessageContaining("not 0");
        assertThatThrownBy(() -> RateLimit.of(1, 1L << 32))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a burst in bytes");
        assertThatThrownBy(() -> TokenBucket.withLimit(RateLimit.of(1, 1), 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a limit in bytes");
        assertThatThrownBy(() -> new HtbClass(RateLimit.of(1, 1), RateLimit.of(1, 1), 8, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a priority is 0 to 7");
    }

    @Test
    void withLatency_ofTheBandwidthPlugin_limitsLikeIt() {
        // 125,000 bytes a second wait 25 ms, on top of the burst.
        TokenBucket bucket = TokenBucket.withLatency(RateLimit.of(125_000, 4096), 25_000);
        assertThat(bucket.limitBytes()).isEqualTo(7221);
    }
}
