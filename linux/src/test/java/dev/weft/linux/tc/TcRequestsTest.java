package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import dev.weft.linux.tc.MirredAttributes.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What `tc` sends for a command and what Weft sends for the same thing are the same message: type,
/// header, and every attribute in order. Two things differ: the flag that marks nests, which `tc`
/// leaves out in places and the kernel ignores here, and rate tables, in which `tc` before 6.14
/// cuts times to whole microseconds.
final class TcRequestsTest {
    private static final int ETH7 = 3;
    private static final int IFB0 = 4;

    @Test
    void htb_asTcAsks() {
        assertSame("htb-qdisc", QdiscRequest.htb(ETH7, 0x10).handle(Handle.of(1, 0)));
    }

    @Test
    void htbClass_asTcAsks() {
        RateLimit limit = new RateLimit(125_000, 1600, LinkLayer.ATM, 8, 64);
        assertSame("htb-class", ClassRequest.htb(ETH7, Handle.of(1, 0x20), HtbClass.of(limit)));
    }

    @Test
    void tbf_asTcAsks() {
        TokenBucket bucket = TokenBucket.withLatency(RateLimit.of(125_000, 4096), 25_000);
        assertSame(
                "tbf-qdisc",
                QdiscRequest.tbf(ETH7, bucket)
                        .parent(Handle.of(1, 0x10))
                        .handle(Handle.of(0x10, 0)));
    }

    @Test
    void clsact_asTcAsks() {
        assertSame("clsact-qdisc", QdiscRequest.clsact(ETH7).handle(Handle.of(0xffff, 0)));
    }

    @Test
    void u32WithRedirect_asTcAsks() {
        assertSame(
                "u32-redirect",
                FilterRequest.u32(
                        ETH7,
                        Handle.WAY_IN,
                        U32Selector.everything(),
                        ActionRequest.mirred(Way.REDIRECT_OUT, IFB0)));
    }

    @Test
    void u32WithClass_asTcAsks() {
        U32Selector selector =
                U32Selector.matching(
                        U32Selector.Key.of(0x0a000000, 0xff000000, 16),
                        U32Selector.Key.of(80, 0xffff, 20));
        assertSame(
                "u32-class",
                FilterRequest.u32(ETH7, Handle.of(1, 0), selector, Handle.of(1, 0x10))
                        .priority(2)
                        .protocol(0x0800));
    }

    @Test
    void matchallWithMirror_asTcAsks() {
        assertSame(
                "matchall-mirror",
                FilterRequest.matchall(
                        ETH7, Handle.WAY_OUT, ActionRequest.mirred(Way.MIRROR_OUT, IFB0)));
    }

    private static void assertSame(String name, TrafficRequest<?> request) {
        Slice body = NetlinkMessage.decodeAll(recorded(name)).getFirst().body();
        ByteWriter header = new ByteWriter();
        request.header().encode(header);

        assertThat(header.toSlice()).isEqualTo(body.part(0, TrafficHeader.BYTES));
        Attributes sent = TrafficHeader.attributesAfter(body);
        assertThat(withoutTables(request.attributes())).isEqualTo(withoutTables(sent));
        assertThat(request.attributes().encoded().length()).isEqualTo(sent.encoded().length());
    }

    private static String withoutTables(Attributes attributes) {
        return attributes.toString().replaceAll("(_[CR]TAB)=[0-9a-f]{2048}", "$1");
    }

    @Test
    void rateTable_ofTc_isOursCutToMicroseconds() {
        Slice body = NetlinkMessage.decodeAll(recorded("tbf-qdisc")).getFirst().body();
        Slice theirs =
                TrafficHeader.attributesAfter(body)
                        .nested(TrafficAttributes.OPTIONS)
                        .flatMap(options -> options.find(TbfAttributes.RATE_TABLE))
                        .orElseThrow();
        Slice ours = RateLimit.of(125_000, 4096).table();
        for (int at = 0; at < ours.length(); at += Integer.BYTES) {
            assertThat(ours.u32(at) - theirs.u32(at)).isBetween(0L, 16L);
        }
    }

    private static Slice recorded(String name) {
        try (InputStream file = TcRequestsTest.class.getResourceAsStream("tc-requests.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .map(hex -> Slice.of(HexFormat.of().parseHex(hex)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
