package dev.weft.firewall.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.Hook;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Units, priorities, flags and lines as `nft` 1.0.6 has them.
final class WordsTest {
    private static final Table TABLE = Table.of(Family.INET, "t");

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1023, 1023 bytes",
        "1025, 1025 bytes",
        "10240, 10 kbytes",
        "2097152, 2 mbytes",
        "5368709120, 5120 mbytes"
    })
    void bytes_areWrittenInTheLargestUnitThatLeavesNoRest(long bytes, String text) {
        assertThat(Units.of(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"1, second", "60, minute", "3600, hour", "86400, day", "604800, week", "7, 7s"})
    void rates_haveTheirUnitOfTime(long seconds, String unit) {
        assertThat(Units.per(seconds)).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource({
        "IP, FORWARD, 0, filter",
        "IP, FORWARD, -290, raw + 10",
        "IP, FORWARD, -289, -289",
        "IP, FORWARD, 45, security - 5",
        "IP, PREROUTING, -100, dstnat",
        "IP, OUTPUT, -100, -100",
        "INET, POSTROUTING, 101, srcnat + 1",
        "INET, OUTPUT, 100, 100",
        "BRIDGE, PREROUTING, -300, dstnat",
        "BRIDGE, INPUT, -200, filter",
        "BRIDGE, INPUT, 0, 0",
        "BRIDGE, OUTPUT, 100, out",
        "NETDEV, INGRESS, -8, filter - 8",
        "NETDEV, INGRESS, -300, -300",
        "ARP, INPUT, 2147483647, 2147483647"
    })
    void priorities_haveNamesOfTheirFamilyAndHook(
            Family family, Hook hook, int priority, String text) {
        assertThat(PriorityWords.of(family, hook, priority)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, flags tcp sequence",
        "3, 'flags tcp sequence,options'",
        "6, flags tcp options flags ip options",
        "40, flags skuid flags ether",
        "47, flags all"
    })
    void flagsOfLogs_areWrittenTogetherOrApart(int flags, String text) {
        assertThat(LogWords.text(flags)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"INET_SERVICE, 5", "IPV4_ADDR, 2", "IPV6_ADDR, 1", "MARK, 5", "CT_STATE, 2"})
    void elements_standOnLinesByTheirType(DataType type, int perLine) {
        assertThat(SetWords.elementsPerLine(NftSet.of(TABLE, "s", type))).isEqualTo(perLine);
    }

    @Test
    void elementsOfSeveralParts_haveALineEach() {
        NftSet set = NftSet.of(TABLE, "s", DataType.MARK, DataType.INET_SERVICE);

        assertThat(SetWords.elementsPerLine(set)).isOne();
    }
}
