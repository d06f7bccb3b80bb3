package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SliceTest {
    private static final byte[] ARRAY = {
        (byte) 0x99, (byte) 0xf1, 2, 3, 4, 5, 6, 7, (byte) 0xf8, (byte) 0x99
    };

    /// The array without its first and last byte.
    private static final Slice MIDDLE = Slice.of(ARRAY, 1, 8);

    @Test
    void numbers_areReadUnsignedInNetworkOrder() {
        assertThat(MIDDLE.u8(0)).isEqualTo(0xf1);
        assertThat(MIDDLE.u16(0)).isEqualTo(0xf102);
        assertThat(MIDDLE.u24(0)).isEqualTo(0xf10203);
        assertThat(MIDDLE.u32(0)).isEqualTo(0xf1020304L);
        assertThat(MIDDLE.u48(2)).isEqualTo(0x0304050607f8L);
        assertThat(MIDDLE.s64(0)).isEqualTo(0xf1020304050607f8L);
    }

    static Stream<ThrowingCallable> readsOutsideTheWindow() {
        return Stream.of(
                () -> MIDDLE.u8(8),
                () -> MIDDLE.u8(-1),
                () -> MIDDLE.u16(7),
                () -> MIDDLE.u16(-1),
                () -> MIDDLE.u24(6),
                () -> MIDDLE.u32(5),
                () -> MIDDLE.u48(3),
                () -> MIDDLE.s64(1),
                () -> MIDDLE.from(9),
                () -> MIDDLE.part(4, 5),
                () -> MIDDLE.part(-1, 2),
                () -> Slice.of(ARRAY, 9, 2));
    }

    @ParameterizedTest
    @MethodSource("readsOutsideTheWindow")
    void readOutsideTheWindow_isRefusedThoughTheArrayIsLarger(ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void equality_isByContentAlone() {
        Slice copy = MIDDLE.copy();
        assertThat(copy)
                .isEqualTo(MIDDLE)
                .hasSameHashCodeAs(MIDDLE)
                .hasToString("f1020304050607f8");
        assertThat(MIDDLE.from(1)).isNotEqualTo(MIDDLE);
        assertThat(MIDDLE.atMost(100)).isEqualTo(MIDDLE);
        assertThat(MIDDLE.atMost(0)).isEqualTo(Slice.EMPTY);
    }
}
