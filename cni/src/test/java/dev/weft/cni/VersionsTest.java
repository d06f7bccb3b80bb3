package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionsTest {

    @ParameterizedTest
    @CsvSource({"'', 0.1.0", "1, 1.0.0", "0.3, 0.3.0", "1.10.2, 1.10.2", "007.0.0, 7.0.0"})
    void number_hasUpToThreeParts(String text, String expected) {
        assertThat(VersionNumber.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "1.", "1..0", "1.0.0.0", "a", "1.0.0-rc1", "-1", "9999999999"})
    void number_ofOtherText_isAnError(String text) {
        assertThatThrownBy(() -> VersionNumber.parse(text))
                .isInstanceOf(CniException.class)
                .hasMessageContaining(text);
        assertThat(VersionNumber.tryParse(text)).isEmpty();
    }

    @Test
    void numbers_areComparedAsNumbers() {
        assertThat(VersionNumber.parse("1.10.0"))
                .isGreaterThan(VersionNumber.parse("1.9.9"))
                .isEqualByComparingTo(VersionNumber.parse("1.10"));
        assertThat(VersionNumber.parse("0.4").isAtLeast(CniVersion.V0_4_0)).isTrue();
        assertThat(VersionNumber.parse("0.3.9").isAtLeast(CniVersion.V0_4_0)).isFalse();
        assertThat(VersionNumber.parse("9.9.9").isAtMost(CniVersion.V1_1_0)).isFalse();
    }

    @Test
    void version_isFoundByItsExactText() {
        assertThat(CniVersion.find("")).contains(CniVersion.V0_1_0);
        assertThat(CniVersion.find("0.3.1")).contains(CniVersion.V0_3_1);
        assertThat(CniVersion.find("0.3")).isEmpty();
        assertThat(CniVersion.find("1.1")).isEmpty();
        assertThat(CniVersion.find("1.2.0")).isEmpty();
        assertThat(CniVersion.V0_4_0.andLater())
                .containsExactly(CniVersion.V0_4_0, CniVersion.V1_0_0, CniVersion.V1_1_0);
    }
}
