package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MacAddressTest {
    @Test
    void text_returnsAsTheSameAddress() {
        Seeded.forAll(
                200,
                random -> {
                    var address = new MacAddress(random.anyLong() >>> 16);
                    assertThat(MacAddress.parse(address.toString())).isEqualTo(address);
                    assertThat(Slice.of(address.toByteArray()).u48(0)).isEqualTo(address.value());
                });
    }

    @Test
    void groupBit_isTheLowestOfTheFirstByte() {
        assertThat(MacAddress.BROADCAST.isGroup()).isTrue();
        assertThat(MacAddress.parse("33:33:00:00:00:01").isGroup()).isTrue();
        assertThat(MacAddress.parse("FE:ff:ff:ff:ff:ff").isGroup()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02:00:00:00:00",
                "02-00-00-00-00-01",
                "2:0:0:0:0:1",
                "02:00:00:00:00:0g"
            })
    void anythingElse_isNoAddress(String text) {
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a MAC address");
    }
}
