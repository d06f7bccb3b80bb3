package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts of every kind of version, and what a program of it can do.
final class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "iptables v1.8.9 (nf_tables), v1.8.9 (nf_tables)",
        "iptables v1.8.7 (legacy), v1.8.7 (legacy)",
        "ip6tables v1.8.10 (nf_tables), v1.8.10 (nf_tables)",
        "iptables v1.4.19.1, v1.4.19 (legacy)",
        "iptables v1.4.7, v1.4.7 (legacy)",
        "iptables v1.6.1, v1.6.1 (legacy)",
        "iptables v1.3.66-rc1, v1.3.66 (legacy)",
        "iptables v1.8, v1.8.0 (legacy)",
        "'iptables v1.8.9 (nf_tables)\n', v1.8.9 (nf_tables)",
    })
    void text_isRead(String text, String version) {
        assertThat(Version.parse(text)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "iptables", "v1", "iptables 1.8.9", "v99999.1.1", "BusyBox"})
    void otherText_isRefused(String text) {
        assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "v1.3.5, false, false, false, false, false",
        "v1.4.10, false, false, false, false, false",
        "v1.4.11, true, false, false, false, false",
        "v1.4.19, true, false, false, false, false",
        "v1.4.20, true, true, false, false, false",
        "v1.5.9, true, true, false, false, false",
        "v1.6.0, true, true, true, false, false",
        "v1.6.1, true, true, true, false, false",
        "v1.6.2, true, true, true, true, true",
        "v1.8.9 (nf_tables), true, true, true, true, true",
        "v2.0.0, true, true, true, true, true",
    })
    void feature_isThatOfTheVersion(
            String text,
            boolean check,
            boolean wait,
            boolean waitSeconds,
            boolean restoreWait,
            boolean randomFully) {
        Version version = Version.parse(text);

        assertThat(version.hasCheck()).as("check").isEqualTo(check);
        assertThat(version.hasWait()).as("wait").isEqualTo(wait);
        assertThat(version.hasWaitSeconds()).as("wait seconds").isEqualTo(waitSeconds);
        assertThat(version.hasRestoreWait()).as("restore wait").isEqualTo(restoreWait);
        assertThat(version.hasRandomFully()).as("random fully").isEqualTo(randomFully);
    }

    @Test
    void mode_isLegacyWhereTheTextNamesNone() {
        assertThat(Version.parse("iptables v1.6.1").mode()).isEqualTo(Mode.LEGACY);
        assertThat(Version.parse("iptables v1.8.9 (legacy)").mode()).isEqualTo(Mode.LEGACY);
        assertThat(Version.parse("iptables v1.8.9 (nf_tables)").mode()).isEqualTo(Mode.NF_TABLES);
    }
}
