package dev.weft.firewall.ipset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes of ipset 7.17.
final class IpSetEntryTest {
    private static Slice bytes(String hex) {
        return Slice.of(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    @Test
    void entryWithAllExtensions_isTheBytesOfIpset() {
        IpSetEntry entry =
                IpSetEntry.of(IpPrefix.parseAddress("1.2.3.4"))
                        .timeout(Duration.ofSeconds(50))
                        .set(IpSetEntryAttributes.BYTES, 4L)
                        .set(IpSetEntryAttributes.PACKETS, 3L)
                        .comment("x y")
                        .packetMark(1, 0xff)
                        .packetPriority(1, 0x10)
                        .packetQueue(3);

        assertThat(entry.attributes().encoded())
                .isEqualTo(
                        bytes(
                                """
                                0c0001800800014001020304 0800064000000032
                                0c0018400000000000000004 0c0019400000000000000003
                                08001a0078207900 0c001b4000000001000000ff
                                08001c4000010010 06001d4000030000
                                """));
        assertThat(entry.text(IpSetType.HASH_IP))
                .isEqualTo(
                        "1.2.3.4 timeout 50 packets 3 bytes 4 comment \"x y\" skbmark 0x1/0xff"
                                + " skbprio 1:10 skbqueue 3");
    }

    @Test
    void portsLinksAndSets_areTheBytesOfIpset() {
        assertThat(parsed(IpSetType.HASH_IP_PORT, "1.2.3.4,udp:53"))
                .isEqualTo(bytes("0c0001800800014001020304 0500070011000000 0600044000350000"));
        assertThat(parsed(IpSetType.BITMAP_PORT, "101-103"))
                .isEqualTo(bytes("0600044000650000 0600054000670000"));
        assertThat(IpSetEntry.ofSet("hip").before("a").attributes().encoded())
                .isEqualTo(bytes("0800120068697000 0600130061000000 0800084000000001"));
        assertThat(parsed(IpSetType.HASH_NET_LINK, "1.0.0.0/8,physdev:eth0"))
                .isEqualTo(
                        bytes(
                                """
                                0c0001800800014001000000 0500030008000000
                                090017006574683000000000 0800084000000002
                                """));
    }

    private static Slice parsed(IpSetType type, String text) {
        return IpSetEntry.parse(type, text).attributes().encoded();
    }

    @Test
    void optionsOfASet_areTheBytesOfIpset() {
        IpSetRequest request =
                IpSetRequest.of("hn", IpSetType.HASH_NET)
                        .family(IpFamily.IPV6)
                        .with(IpSetOptions.Flag.FORCE_ADD)
                        .hashSize(64)
                        .mostEntries(100);
        assertThat(request.options().encoded())
                .isEqualTo(bytes("0800084000000020 0800124000000040 0800134000000064"));
        assertThat(request.familyNumber()).isEqualTo(10);
        assertThat(
                        IpSetRequest.of("bi", IpSetType.BITMAP_IP)
                                .range(IpPrefix.parse("10.0.0.0/24"))
                                .options()
                                .encoded())
                .isEqualTo(bytes("0c000180080001400a000000 0500030018000000"));
    }

    @Test
    void kernelsAddress_withoutItsMark_getsItBack() {
        Attributes read =
                Attributes.decode(
                        IpSetEntryAttributes.TABLE,
                        bytes("0c0001800800010001020304 05000300 18000000"));
        assertThat(new IpSetEntry(read).network()).contains(IpPrefix.parse("1.2.3.4/24"));
        assertThat(IpSetAttributes.marked(read).encoded())
                .isEqualTo(bytes("0c0001800800014001020304 0500030018000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "hash:ip 10.0.0.1",
                "hash:ip fd00::1",
                "hash:net 10.0.0.0/8",
                "hash:ip,port 10.0.0.1,udp:53",
                "hash:ip,port 10.0.0.1,icmp:8/0",
                "hash:ip,port 10.0.0.1,99:0",
                "hash:ip,port,net 10.0.0.1,tcp:1,10.0.0.0/8",
                "hash:net,port,net 10.0.0.0/8,tcp:1,10.1.0.0/16",
                "hash:net,iface 10.0.0.0/8,physdev:eth0",
                "hash:ip,mark 10.0.0.1,0x000000ff",
                "hash:mac 01:02:03:04:05:06",
                "bitmap:ip,mac 10.0.0.1,01:02:03:04:05:06",
                "bitmap:port 80",
                "list:set other"
            })
    void text_parsedAndPrinted_isTheSame(String type, String text) {
        IpSetType known = new IpSetType(type);
        assertThat(IpSetEntry.parse(known, text).text(known)).isEqualTo(text);
    }

    @Test
    void whatCannotBe_isRefusedWithTheReason() {
        assertThat(IpSetEntry.parse(IpSetType.HASH_IP_PORT, "10.0.0.1,80").protocol())
                .contains(TransportProtocol.TCP);
        for (String wrong :
                List.of(
                        "10.0.0.1",
                        "10.0.0.1,tcp:65536",
                        "10.0.0.1,tcp:x",
                        "10.0.0.1,foo:1",
                        "x,1")) {
            assertThatThrownBy(() -> IpSetEntry.parse(IpSetType.HASH_IP_PORT, wrong))
                    .isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> new IpSetType("hash:foo"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> IpSetRequest.of("x".repeat(32), IpSetType.HASH_IP))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("31 bytes");
        assertThatThrownBy(() ->
                        IpSetRequest.of("x", IpSetType.BITMAP_PORT)
                                .family(IpFamily.IPV6)
                                .familyNumber())
                .isInstanceOf(InvalidRequestException.class);
    }
}
