package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandleTest {
    @ParameterizedTest
    @CsvSource({
        "1:, 00010000",
        "1:10, 00010010",
        "ffff:, ffff0000",
        "ffff:fff2, fffffff2",
        ":5, 00000005",
        "root, ffffffff",
        "none, 00000000",
    })
    void parse_asTcWritesIt_isTheKernelsWordAndPrintsTheSame(String text, String word) {
        Handle handle = Handle.parse(text);
        assertThat(handle.value()).isEqualTo(Integer.parseUnsignedInt(word, 16));
        assertThat(handle).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1", "x:1", "10000:", "1:10000", "1:2:3", "-1:", "1: 2"})
    void parse_whatIsNoHandle_saysSo(String text) {
        assertThat(Handle.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Handle.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'" + text + "' is no handle");
    }

    @Test
    void anyHandle_printedAndParsed_isTheSame() {
        Seeded.forAll(
                500,
                random -> {
                    Handle handle = new Handle((int) random.unsignedInt());
                    assertThat(Handle.parse(handle.toString())).isEqualTo(handle);
                });
    }

    @Test
    void of_numbersBeyond16Bits_isRefused() {
        assertThatThrownBy(() -> Handle.of(0x10000, 0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Handle.of(1, -1)).isInstanceOf(InvalidRequestException.class);
    }
}
