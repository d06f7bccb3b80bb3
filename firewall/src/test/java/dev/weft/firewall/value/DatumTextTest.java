package dev.weft.firewall.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatumTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"::", "fd00::", "2001:db8:0:1::5", "::ffff:10.0.0.1"})
    void ipv6Address_isShortenedAsRfc5952Says(String text) {
        Datum address = Datum.of(IpPrefix.parseAddress(text).getAddress());

        assertThat(DatumText.of(DataType.IPV6_ADDR, address)).isEqualTo(text);
    }

    @Test
    void concatenation_showsEachPartByItsType() {
        List<DataType> types = List.of(DataType.IPV4_ADDR, DataType.INET_PROTO, DataType.IFNAME);
        Datum datum =
                Datum.concat(
                        Datum.of((byte) 10, (byte) 0, (byte) 0, (byte) 1),
                        Datum.u8(17),
                        Datum.interfaceName("eth0"));

        assertThat(DatumText.of(types, datum)).isEqualTo("10.0.0.1 . udp . \"eth0\"");
        assertThat(DatumText.of(types, Datum.u8(1))).isEqualTo("0x01");
    }

    @Test
    void numberOfAConcatenation_hasSixBitsForEachType() {
        List<DataType> types = List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE);

        assertThat(DataType.number(types)).isEqualTo(0x1cd);
        assertThat(DataType.bytes(types)).isEqualTo(8);
        assertThat(DataType.find(0x1cd)).hasValue(types);
        assertThat(DataType.find(0)).isEmpty();
        assertThat(DataType.find(63)).isEmpty();
    }

    @Test
    void values_outsideTheirRange_areRefused() {
        assertThatThrownBy(() -> Datum.port(65_536))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("a port is 0 to 65535, not 65536");
        assertThatThrownBy(() -> Datum.interfaceName("0123456789abcdef"))
                .hasMessageContaining("1 to 15 bytes, not 16");
        assertThatThrownBy(() -> Datum.of(new byte[65])).hasMessageContaining("not 65");
    }
}
