package dev.weft.firewall.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Constants as `nft` 1.0.6 writes them.
final class DataTypeTest {
    private static final Surroundings AROUND =
            new Surroundings(
                    index -> index == 1 ? Optional.of("lo") : Optional.empty(),
                    Map.of(
                            DataType.MARK, Map.of(0x10L, "blue"),
                            DataType.REALM, Map.of(5L, "five"),
                            DataType.CT_LABEL, Map.of(3L, "web")),
                    ZoneId.of("Europe/Berlin"),
                    Instant.parse("2024-01-01T00:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "NF_PROTO, 02, ipv4",
                "NF_PROTO, 07, 7",
                "ETHER_TYPE, 0800, ip",
                "ETHER_TYPE, 8100, 8021q",
                "ETHER_TYPE, 1234, 0x1234",
                "ARP_OP, 0001, request",
                "INET_PROTO, 29, ipv6",
                "INET_PROTO, 07, 7",
                "INET_SERVICE, 01bb, 443",
                "ICMPV6_TYPE, 84, mld-listener-done",
                "DSCP, 3f, 0x3f",
                "DSCP, 00, cs0",
                "TCP_FLAG, 12, syn | ack",
                "TCP_FLAG, 02, syn",
                "TCP_FLAG, 00, 0x0",
                "IPV4_ADDR, 0a000001, 10.0.0.1",
                "IPV6_ADDR, 00000000000000000000ffff01020304, ::ffff:1.2.3.4",
                "IPV6_ADDR, 00000000000000000000000001020304, ::1.2.3.4",
                "IPV6_ADDR, 00000000000000000000000000000001, ::1",
                "IPV6_ADDR, 20010db8000000000001000000000001, 2001:db8::1:0:0:1",
                "ETHER_ADDR, 0102030405ff, 01:02:03:04:05:ff",
                "LINK_LAYER_ADDR, 0102, 01:02",
                "INTEGER, 0010, 16",
                "INTEGER, ffffffffffffffff, 18446744073709551615",
                "IFNAME, 65746800000000000000000000000000, '\"eth\"'",
                "IFNAME, 657468, '\"eth*\"'",
                "IFNAME, 6574682a000000000000000000000000, '\"eth\\*\"'",
                "STRING, 66747000000000000000000000000000, '\"ftp\"'",
                "BOOLEAN, 01, exists",
                "BOOLEAN, 00, missing",
                "DAY, 01, '\"Monday\"'",
                "DAY, 09, 9",
                "INET_SERVICE, 010203, 0x010203"
            })
    void bytesInNetworkOrder_areWrittenByTheirType(DataType type, String bytes, String text) {
        Slice slice = Slice.of(java.util.HexFormat.of().parseHex(bytes));
        assertThat(type.literal(new Datum(slice), AROUND).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "MARK, 1, 0x00000001",
                "MARK, 16, '\"blue\"'",
                "IFACE_INDEX, 1, '\"lo\"'",
                "IFACE_INDEX, 7, 7",
                "REALM, 5, '\"five\"'",
                "REALM, 6, 6",
                "CLASSID, 0, none",
                "CLASSID, -1, root",
                "CLASSID, 65538, 1:2",
                "CT_STATE, 10, established | new",
                "CT_STATE, 130, established | 0x80",
                "CT_STATUS, 0, 0x0",
                "FIB_ADDRTYPE, 2, local",
                "FIB_ADDRTYPE, 77, 77",
                "HOUR, 57600, '\"17:00\"'",
                "HOUR, 82801, '\"00:00:01\"'",
                "UID, -1, 4294967295",
                "CT_EVENT, 5, new | destroy"
            })
    void numbersInTheMachinesOrder_areWrittenByTheirType(DataType type, int number, String text) {
        assertThat(type.literal(Datum.u32(number), AROUND).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s, 0",
        "5, 5ms, 0",
        "61000, 1m1s, 61",
        "93784005, 1d2h3m4s5ms, 93784",
    })
    void time_isWrittenInUnits(int millis, String text, long seconds) {
        assertThat(DataType.TIME.literal(Datum.u32(millis), AROUND))
                .isEqualTo(new Literal.Numeral(text, seconds));
    }

    @Test
    void date_isWrittenInTheTimeZone() {
        Datum noon = u64(1_704_106_800_000_000_000L);
        assertThat(DataType.DATE.literal(noon, AROUND).text()).isEqualTo("\"2024-01-01 12:00:00\"");
    }

    @Test
    void labels_areWrittenAsBits() {
        Datum labels =
                Datum.of(
                        (byte) 0x28,
                        (byte) 1,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0);
        assertThat(DataType.CT_LABEL.literal(labels, AROUND))
                .isInstanceOfSatisfying(
                        Literal.Bits.class,
                        bits -> assertThat(bits.text(",")).isEqualTo("\"web\",5,8"));
    }

    @ParameterizedTest
    @CsvSource({"TIME, 300s", "CT_STATE, 0x493e0", "MARK, 0x000493e0", "REALM, 300000"})
    void endsOfRanges_areWrittenAsNumbers(DataType type, String text) {
        assertThat(type.end(Datum.u32(300_000), AROUND)).isEqualTo(text);
    }

    @Test
    void wideIntegers_areHexadecimalTextInJson() {
        Datum wide =
                Datum.of(
                        (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
                        (byte) 0, (byte) 5);
        assertThat(DataType.INTEGER.literal(wide, AROUND))
                .isEqualTo(new Literal.Word("18446744073709551621", "0x10000000000000005"));
    }

    @Test
    void concatenations_areWrittenPartByPart() {
        List<DataType> types = List.of(DataType.IPV4_ADDR, DataType.INET_PROTO, DataType.IFNAME);
        Datum datum =
                Datum.concat(
                        Datum.of((byte) 10, (byte) 0, (byte) 0, (byte) 1),
                        Datum.u8(17),
                        Datum.interfaceName("eth0"));

        assertThat(DataType.text(types, datum, AROUND)).isEqualTo("10.0.0.1 . udp . \"eth0\"");
        assertThat(DataType.text(types, Datum.u8(1), AROUND)).isEqualTo("0x01");
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void anyBytes_areWrittenSomehow(DataType type) {
        for (int length = 1; length <= Datum.MAX_BYTES; length++) {
            byte[] bytes = new byte[length];
            java.util.Arrays.fill(bytes, (byte) 0xff);
            assertThat(type.literal(Datum.of(bytes), AROUND).text()).isNotEmpty();
            assertThat(type.end(Datum.of(bytes), AROUND)).isNotEmpty();
        }
    }

    private static Datum u64(long number) {
        return new Datum(new ByteWriter().s64(number).toSlice());
    }
}
