package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressesTest {
    @Test
    void mappedAddress_staysSixteenBytes() {
        Inet6Address mapped = IpAddresses.parseV6("::ffff:192.0.2.1");
        assertThat(mapped.getAddress()).hasSize(16);
        assertThat(IpAddresses.v6(Slice.of(mapped.getAddress()), 0)).isEqualTo(mapped);
        assertThat(IpAddresses.text(mapped)).isEqualTo("::ffff:192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "fe80:0:0:0:0:0:0:1, fe80::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:DB8::A, 2001:db8::a",
    })
    void ipv6Address_isShortenedByRfc5952(String written, String shortened) {
        assertThat(IpAddresses.text(IpAddresses.parseV6(written))).isEqualTo(shortened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fe80::1%1", "192.0.2.1", "localhost", "1:2", "::g"})
    void anythingElse_isNoIpv6Address(String text) {
        assertThatThrownBy(() -> IpAddresses.parseV6(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::1", "localhost", "1.2.3.256", "1.2.3.4.5"})
    void anythingElse_isNoIpv4Address(String text) {
        assertThatThrownBy(() -> IpAddresses.parseV4(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
