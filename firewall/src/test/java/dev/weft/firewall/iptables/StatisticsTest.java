package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of listings by different versions.
final class StatisticsTest {
    @Test
    void row_isReadIntoItsColumns() {
        Statistics row =
                Statistics.parseRow(
                        "      12     3400 FOO        6    --  !eth0  *       10.0.0.0/8          "
                                + " 0.0.0.0/0            multiport dports 80,443",
                        IpFamily.IPV4);

        assertThat(row.columns())
                .containsExactly(
                        "12",
                        "3400",
                        "FOO",
                        "tcp",
                        "--",
                        "!eth0",
                        "*",
                        "10.0.0.0/8",
                        "0.0.0.0/0",
                        "multiport dports 80,443");
        assertThat(row.source().prefix()).hasValue(IpPrefix.parse("10.0.0.0/8"));
    }

    @Test
    void addressWithoutLength_isAHosts() {
        assertThat(
                        Statistics.parseRow(
                                        "0 0 ACCEPT  all  --  *  *  !192.0.2.1  192.0.2.2",
                                        IpFamily.IPV4)
                                .columns())
                .endsWith("!192.0.2.1/32", "192.0.2.2/32", "");
    }

    @Test
    void ruleWithoutTarget_isToldFromItsBlanks() {
        Statistics row =
                Statistics.parseRow(
                        "       0        0            0    --  *      *       0.0.0.0/0           "
                                + " 0.0.0.0/0            /* foo */",
                        IpFamily.IPV4);

        assertThat(row.target()).isEmpty();
        assertThat(row.protocol()).isEqualTo("all");
        assertThat(row.options()).isEqualTo("/* foo */");
    }

    /// ip6tables before 1.8 has no column for fragments.
    @Test
    void columnThatIsLeftOut_isPutIn() {
        assertThat(
                        Statistics.parseRow(
                                        "       0        0 ACCEPT     icmpv6    *      *       ::/0 "
                                                + "                fd00::1              ipv6-icmp",
                                        IpFamily.IPV6)
                                .columns())
                .containsExactly(
                        "0",
                        "0",
                        "ACCEPT",
                        "ipv6-icmp",
                        "--",
                        "*",
                        "*",
                        "::/0",
                        "fd00::1/128",
                        "ipv6-icmp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1 2", "0 0 ACCEPT all -- * *", "-1 0 A all -- * * 0/0 0/0"})
    void otherLine_isRefused(String line) {
        assertThatThrownBy(() -> Statistics.parseRow(line, IpFamily.IPV4))
                .isInstanceOf(MalformedMessageException.class);
    }
}
