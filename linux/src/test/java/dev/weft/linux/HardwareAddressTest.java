package dev.weft.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HardwareAddressTest {
    @Test
    void parse_thenToString_isLowerCase() {
        assertThat(HardwareAddress.parse("02:00:0A:0b:0c:0D")).hasToString("02:00:0a:0b:0c:0d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02",
                "02:00:0a:0b:0c",
                "02:00:0a:0b:0c:0d:0e",
                "02-00-0a-0b-0c-0d",
                "zz"
            })
    void parse_ofWhatIsNone_saysWhatToWrite(String text) {
        assertThatThrownBy(() -> HardwareAddress.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "'%s' is no hardware address: write six hexadecimal bytes, like"
                                + " 02:00:0a:0b:0c:0d",
                        text);
    }

    @Test
    void bytes_areNotShared() {
        byte[] bytes = {2, 0, 0, 0, 0, 1};
        HardwareAddress address = HardwareAddress.of(bytes);
        bytes[5] = 9;
        address.bytes()[5] = 9;
        assertThat(address).hasToString("02:00:00:00:00:01");
    }

    @Test
    void of_moreThanTheKernelHolds_isRefused() {
        assertThat(HardwareAddress.of(new byte[32]).bytes()).hasSize(32);
        assertThatThrownBy(() -> HardwareAddress.of(new byte[33]))
                .isInstanceOf(InvalidRequestException.class);
    }
}
