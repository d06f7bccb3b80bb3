package dev.weft.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpPrefixTest {
    /// The examples of RFC 5952 sections 1, 2 and 4, and of both families.
    @ParameterizedTest
    @CsvSource({
        "172.17.0.2, 172.17.0.2",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:AAAA::, 2001:db8:aaaa::",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::1:ffff:a00:1, ::1:ffff:a00:1",
        "::ffff:a00:c8, ::ffff:10.0.0.200",
    })
    void textOf_isTheOneOfRfc5952(String written, String expected) {
        assertThat(IpPrefix.textOf(IpPrefix.parseAddress(written))).isEqualTo(expected);
    }

    @Test
    void textOf_addressWithZone_saysTheZone() throws UnknownHostException {
        byte[] bytes = IpPrefix.parseAddress("fe80::1").getAddress();
        InetAddress zoned = Inet6Address.getByAddress(null, bytes, 3);
        assertThat(IpPrefix.textOf(zoned)).isEqualTo("fe80::1%3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "172.17.0.2/24",
                "0.0.0.0/0",
                "::/0",
                "2001:db8::1/64",
                "::1/128",
                "::ffff:10.0.0.200/120"
            })
    void parse_thenToString_isTheSameText(String text) {
        assertThat(IpPrefix.parse(text)).hasToString(text);
    }

    @Test
    void parse_ofAnAddressAlone_isTheHosts() {
        assertThat(IpPrefix.parse("10.0.0.1")).hasToString("10.0.0.1/32");
        assertThat(IpPrefix.parse("::1")).hasToString("::1/128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "10.0.0.1/",
                "10.0.0.1/33",
                "10.0.0.1/-1",
                "10.0.0.1/+8",
                "10.0.0.1/0024",
                "::1/129",
                "10.0.0.256",
                "10.0.0",
                "example.org",
                "fe80::1%lo/64x"
            })
    void parse_ofWhatIsNoPrefix_isRefused(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void parseAddress_ofAName_saysThatItIsNone() {
        assertThatThrownBy(() -> IpPrefix.parseAddress("example.org"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'example.org' is no IP address: write it like 172.17.0.2 or fd00::2");
    }

    @ParameterizedTest
    @CsvSource({
        "172.17.5.9/16, 172.17.0.0/16",
        "10.255.255.255/9, 10.128.0.0/9",
        "10.1.2.3/0, 0.0.0.0/0",
        "10.1.2.3/32, 10.1.2.3/32",
        "2001:db8:ffff::1/33, 2001:db8:8000::/33",
    })
    void network_clearsWhatFollowsThePrefix(String prefix, String network) {
        assertThat(IpPrefix.parse(prefix).network()).hasToString(network);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.200.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "0.0.0.0/0, 11.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
    })
    void contains_looksAtFamilyAndPrefix(String prefix, String address, boolean inside) {
        assertThat(IpPrefix.parse(prefix).contains(IpPrefix.parseAddress(address)))
                .isEqualTo(inside);
    }

    @Test
    void addressOf_otherLengths_isMalformed() {
        assertThatThrownBy(() -> IpPrefix.addressOf(new byte[5]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("an IP address has 4 or 16 bytes, not 5");
    }
}
