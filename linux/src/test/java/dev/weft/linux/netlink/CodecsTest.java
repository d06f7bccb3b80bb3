package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CodecsTest {
    static Stream<Arguments> bounds() {
        return Stream.of(
                Arguments.of(Codecs.U8, 0, 0xff),
                Arguments.of(Codecs.U16, 0, 0xffff),
                Arguments.of(Codecs.BE16, 0, 0xffff),
                Arguments.of(Codecs.S32, Integer.MIN_VALUE, Integer.MAX_VALUE),
                Arguments.of(Codecs.BE32, Integer.MIN_VALUE, Integer.MAX_VALUE),
                Arguments.of(Codecs.U32, 0L, 0xffff_ffffL),
                Arguments.of(Codecs.U64, Long.MIN_VALUE, Long.MAX_VALUE),
                Arguments.of(Codecs.BE64, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    <T> void number_atItsBounds_isReadBack(Codec<T> codec, T least, T most) {
        assertThat(again(codec, least)).isEqualTo(least);
        assertThat(again(codec, most)).isEqualTo(most);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    <T> void number_ofAnotherSize_isMalformed(Codec<T> codec, T least, T most) {
        int size = encoded(codec, least).length();
        assertThat(encoded(codec, most).length()).isEqualTo(size);
        for (int wrong : new int[] {0, size - 1, size + 1, 2 * size}) {
            assertThatThrownBy(() -> codec.decode(Slice.of(new byte[wrong])))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("has " + size + " bytes, not " + wrong);
        }
    }

    static Stream<Arguments> outside() {
        return Stream.of(
                Arguments.of(Codecs.U8, -1),
                Arguments.of(Codecs.U8, 0x100),
                Arguments.of(Codecs.U16, -1),
                Arguments.of(Codecs.U16, 0x10000),
                Arguments.of(Codecs.BE16, 0x10000),
                Arguments.of(Codecs.U32, -1L),
                Arguments.of(Codecs.U32, 0x1_0000_0000L),
                Arguments.of(Codecs.FLAG, false),
                Arguments.of(Codecs.STRING, "a\0b"));
    }

    @ParameterizedTest
    @MethodSource("outside")
    <T> void value_outsideItsRange_isRefused(Codec<T> codec, T value) {
        assertThatThrownBy(() -> encoded(codec, value)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void bytes_inNetworkOrder_areTheLargestFirst() {
        assertThat(encoded(Codecs.BE16, 0x0102)).hasToString("0102");
        assertThat(encoded(Codecs.BE32, 0x01020304)).hasToString("01020304");
        assertThat(encoded(Codecs.BE64, 0x0102030405060708L)).hasToString("0102030405060708");
    }

    @Test
    void addresses_ofASizeThatNoneHas_areMalformed() {
        for (int size : new int[] {0, 3, 5, 15, 17}) {
            Slice bytes = Slice.of(new byte[size]);
            assertThatThrownBy(() -> Codecs.ADDRESS.decode(bytes))
                    .isInstanceOf(MalformedMessageException.class);
            assertThatThrownBy(() -> Codecs.IPV4.decode(bytes))
                    .isInstanceOf(MalformedMessageException.class);
            assertThatThrownBy(() -> Codecs.IPV6.decode(bytes))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void ipv6Address_thatMapsAnIpv4One_staysAnIpv6One() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        assertThat(again(Codecs.IPV6, Codecs.IPV6.decode(Slice.of(mapped))).getAddress())
                .isEqualTo(mapped);
        assertThat(encoded(Codecs.ADDRESS, Codecs.ADDRESS.decode(Slice.of(mapped))).bytes())
                .isEqualTo(mapped);
    }

    @Test
    void hardwareAddress_ofMoreBytesThanAnyHas_isMalformed() {
        assertThatThrownBy(() -> Codecs.HARDWARE_ADDRESS.decode(Slice.of(new byte[33])))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void struct_ofANewerKernel_isReadAsFarAsKnown() {
        Codec<Integer> codec = Codec.struct("pair", 4, s -> s.s32(0), ByteWriter::s32);
        assertThat(codec.decode(Slice.of(new byte[] {1, 0, 0, 0, 9, 9}))).isEqualTo(1);
        assertThatThrownBy(() -> codec.decode(Slice.of(new byte[3])))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("a pair has 4 bytes, not 3");
    }

    @Test
    void bool_ofAnyNumberButZero_isTrue() {
        assertThat(Codecs.BOOL.decode(Slice.of((byte) 7))).isTrue();
        assertThat(Codecs.BOOL.decode(Slice.of((byte) 0))).isFalse();
    }

    private static <T> Slice encoded(Codec<T> codec, T value) {
        ByteWriter writer = new ByteWriter();
        codec.encode(writer, value);
        return writer.toSlice();
    }

    private static <T> T again(Codec<T> codec, T value) {
        return codec.decode(encoded(codec, value));
    }
}
