package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.MalformedMessageException;
import dev.weft.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SliceTest {
    private static final Slice EIGHT = Slice.of(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 0x88});

    /// A way to read some bytes at an offset.
    record Access(String name, int bytes, java.util.function.IntConsumer read) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Access> accesses() {
        return Stream.of(
                new Access("u8", 1, EIGHT::u8),
                new Access("u16", 2, EIGHT::u16),
                new Access("s32", 4, EIGHT::s32),
                new Access("u32", 4, EIGHT::u32),
                new Access("s64", 8, EIGHT::s64),
                new Access("be16", 2, EIGHT::be16),
                new Access("be32", 4, EIGHT::be32),
                new Access("be64", 8, EIGHT::be64),
                new Access("part", 3, offset -> EIGHT.part(offset, 3)));
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void access_upToTheLastByte_isAllowedAndNoFurther(Access access) {
        int last = EIGHT.length() - access.bytes();
        access.read().accept(last);
        for (int outside : new int[] {last + 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> access.read().accept(outside))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("at offset " + outside)
                    .hasMessageContaining("outside of 8 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 9, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void part_ofAnImpossibleSize_isMalformed(int size) {
        assertThatThrownBy(() -> EIGHT.part(0, size)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void part_ofAPart_cannotReachItsSurroundings() {
        Slice middle = EIGHT.part(2, 4).part(1, 2);
        assertThat(middle.bytes()).containsExactly(4, 5);
        assertThatThrownBy(() -> middle.u8(2)).isInstanceOf(MalformedMessageException.class);
        assertThat(EIGHT.from(8).isEmpty()).isTrue();
        assertThatThrownBy(() -> EIGHT.from(9)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void values_inNetworkOrder_areRead() {
        assertThat(EIGHT.be16(0)).isEqualTo(0x0102);
        assertThat(EIGHT.be32(4)).isEqualTo(0x05060788);
        assertThat(EIGHT.be64(0)).isEqualTo(0x0102030405060788L);
        assertThat(EIGHT.u8(7)).isEqualTo(0x88);
    }

    @Test
    void string_endsAtTheFirstNulOrWithTheBytes() {
        assertThat(Slice.of((byte) 'a', (byte) 0, (byte) 'b').string()).isEqualTo("a");
        assertThat(Slice.of((byte) 'a', (byte) 'b').string()).isEqualTo("ab");
        assertThat(Slice.EMPTY.string()).isEmpty();
    }

    @Test
    void slices_ofTheSameBytes_areEqualWhereverTheyStand() {
        Slice other = Slice.of((byte) 9, (byte) 2, (byte) 3);
        assertThat(EIGHT.part(1, 2)).isEqualTo(other.from(1)).hasSameHashCodeAs(other.from(1));
        assertThat(EIGHT.part(1, 2)).isNotEqualTo(EIGHT.part(2, 2)).hasToString("0203");
    }

    @Test
    void numbers_writtenInAnyOrder_areReadBack() {
        Seeded.forAll(
                200,
                random -> {
                    long number = random.anyLong();
                    Slice bytes =
                            new ByteWriter()
                                    .u8((int) number)
                                    .u16((int) number)
                                    .s32((int) number)
                                    .s64(number)
                                    .be16((int) number)
                                    .be32((int) number)
                                    .be64(number)
                                    .toSlice();
                    assertThat(bytes.length()).isEqualTo(29);
                    assertThat(bytes.u8(0)).isEqualTo((int) (number & 0xff));
                    assertThat(bytes.u16(1)).isEqualTo((int) (number & 0xffff));
                    assertThat(bytes.u32(3)).isEqualTo(number & 0xffff_ffffL);
                    assertThat(bytes.s64(7)).isEqualTo(number);
                    assertThat(bytes.be16(15)).isEqualTo((int) (number & 0xffff));
                    assertThat(bytes.be32(17)).isEqualTo((int) number);
                    assertThat(bytes.be64(21)).isEqualTo(number);
                });
    }

    @Test
    void writer_aligned_padsWithZerosToFour() {
        for (int length = 0; length <= 8; length++) {
            ByteWriter writer = new ByteWriter().bytes(new byte[length]).align();
            assertThat(writer.length()).isEqualTo((length + 3) / 4 * 4);
        }
        assertThat(new ByteWriter().u8(1).align().toSlice()).hasToString("01000000");
    }

    @Test
    void writer_grownPastItsRoom_keepsWhatItHas() {
        ByteWriter writer = new ByteWriter().u8(7).zeros(1000).u8(9);
        Slice before = writer.toSlice();
        writer.u8(1);
        assertThat(before.length()).isEqualTo(1002);
        assertThat(before.u8(0)).isEqualTo(7);
        assertThat(before.u8(1001)).isEqualTo(9);
    }
}
