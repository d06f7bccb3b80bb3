package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifiersTest {

    private static CniException refusal(Runnable validation) {
        CniException refused = catchThrowableOfType(CniException.class, validation::run);
        assertThat(refused).isNotNull();
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a.b-c_d", "A9"})
    void words_areIdsAndNames(String text) {
        assertThat(Identifiers.requireContainerId(text)).isEqualTo(text);
        assertThat(Identifiers.requireNetworkName(text)).isEqualTo(text);
        assertThat(Identifiers.requireContainerId("x".repeat(500))).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", ".a", "_a", "a/b", "a b", "ä", "a\n", "../x", "a\0"})
    void otherCharacters_areRefused(String text) {
        assertThat(refusal(() -> Identifiers.requireContainerId(text)))
                .hasMessageStartingWith("invalid characters in containerID")
                .extracting(CniException::code)
                .isEqualTo(4);
        assertThat(refusal(() -> Identifiers.requireNetworkName(text)))
                .hasMessageStartingWith("invalid characters found in network name")
                .extracting(CniException::code)
                .isEqualTo(7);
    }

    @Test
    void missingOnes_haveTheirCodes() {
        CniException id = refusal(() -> Identifiers.requireContainerId(""));
        assertThat(id).hasMessage("missing containerID");
        assertThat(id.code()).isEqualTo(3);
        CniException name = refusal(() -> Identifiers.requireNetworkName(""));
        assertThat(name).hasMessage("missing network name:");
        assertThat(name.code()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "a.b@c", "fifteen-bytes-x", "ééééééé", "-", "..."})
    void interfaceName_mayBeAlmostAnything(String name) {
        assertThat(Identifiers.requireInterfaceName(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|interface name is empty",
                "sixteen-bytes-xx|interface name is too long",
                "éééééééé|interface name is too long",
                ".|interface name is . or ..",
                "..|interface name is . or ..",
                "a/b|interface name contains / or : or whitespace characters",
                "a:b|interface name contains / or : or whitespace characters",
                "'a b'|interface name contains / or : or whitespace characters",
                "'a\u00a0b'|interface name contains / or : or whitespace characters",
                "'a\u2003b'|interface name contains / or : or whitespace characters",
                "'a\u0085b'|interface name contains / or : or whitespace characters",
            })
    void interfaceName_thatTheKernelOrOthersMisread_isRefused(String name, String expected) {
        CniException refused = refusal(() -> Identifiers.requireInterfaceName(name));
        assertThat(refused.text()).isEqualTo(expected);
        assertThat(refused.code()).isEqualTo(4);
    }

    @Test
    void interfaceNameTooLong_tellsTheLimit() {
        assertThat(refusal(() -> Identifiers.requireInterfaceName("sixteen-bytes-xx")).details())
                .contains("16");
    }
}
