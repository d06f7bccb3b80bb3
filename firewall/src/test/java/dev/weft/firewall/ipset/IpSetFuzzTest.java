package dev.weft.firewall.ipset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Arbitrary bytes as sets, as entries and as text: read whole, or refused.
final class IpSetFuzzTest {
    private static final List<IpSetType> TYPES =
            List.of(
                    IpSetType.HASH_IP_PORT_NET,
                    IpSetType.HASH_NET_LINK,
                    IpSetType.BITMAP_IP_MAC,
                    IpSetType.BITMAP_PORT,
                    IpSetType.HASH_IP_MARK,
                    IpSetType.LIST);

    @FuzzTest
    void decode_ofArbitraryBytes_givesSetsOrSaysMalformed(byte[] bytes) {
        Slice slice = Slice.of(bytes.clone());
        reads(slice);
        Attributes head =
                Attributes.build(
                        IpSetAttributes.TABLE,
                        writer ->
                                writer.put(IpSetAttributes.NAME, "s")
                                        .put(IpSetAttributes.TYPE, "hash:ip"));
        reads(
                new ByteWriter()
                        .slice(NetfilterHeader.of(2))
                        .slice(head.encoded())
                        .slice(slice)
                        .toSlice());
        entry(slice);
    }

    private static void reads(Slice body) {
        try {
            Attributes part = IpSetExchange.attributes(new NetlinkMessage(0x607, 0, 0, 0, body));
            assertThat(IpSetExchange.assemble(List.of(part)).toString()).isNotNull();
        } catch (MalformedMessageException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void entry(Slice bytes) {
        try {
            IpSetEntry entry = new IpSetEntry(Attributes.decode(IpSetEntryAttributes.TABLE, bytes));
            for (IpSetType type : TYPES) {
                assertThat(entry.text(type)).isNotNull();
            }
            assertThat(IpSetAttributes.marked(entry.bare().attributes())).isNotNull();
        } catch (MalformedMessageException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest
    void parse_ofArbitraryText_givesAnEntryOrSaysWhatIsWrong(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (IpSetType type : TYPES) {
            try {
                assertThat(IpSetEntry.parse(type, text).text(type)).isNotNull();
            } catch (InvalidRequestException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
