package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.fixture.AttributeRoundTrip;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.DecodeFuzz;
import dev.weft.linux.netlink.KernelHeaders;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LinkTablesTest {
    static Stream<AttributeTable> tables() {
        return Stream.concat(
                Stream.of(
                        LinkAttributes.TABLE,
                        BridgeViewAttributes.TABLE,
                        StatisticsAttributes.TABLE,
                        NamespaceIdAttributes.TABLE),
                LinkKind.all().stream()
                        .flatMap(kind -> Stream.concat(kind.data().stream(), kind.port().stream()))
                        .distinct());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyAttribute_writtenAndRead_isTheSame(AttributeTable table) {
        AttributeRoundTrip.check(table);
    }

    @Test
    void everyNumber_isTheOneOfTheKernelsHeaders() throws IOException {
        KernelHeaders.check(
                tables(),
                300,
                "if_link.h",
                "if_tunnel.h",
                "if_bridge.h",
                "veth.h",
                "net_namespace.h");
    }

    @FuzzTest
    void anyBytes_asLinkMessages_areReadOrRefused(byte[] bytes) {
        Slice slice = Slice.of(bytes.clone());
        tables().forEach(table -> DecodeFuzz.attributes(table, slice));
        NetlinkMessage message = new NetlinkMessage(16, 0, 1, 1, slice);
        attempt(() -> assertThat(Link.decode(message).toString()).isNotEmpty());
        attempt(() -> BridgeVlans.decode(message));
        attempt(() -> Statistics.decode(message));
        attempt(() -> NamespaceIds.decode(message));
    }

    private static void attempt(Runnable decoder) {
        try {
            decoder.run();
        } catch (MalformedMessageException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }
}
