package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeRoundTrip;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.DecodeFuzz;
import dev.weft.linux.netlink.KernelHeaders;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
        assumeThat(KernelHeaders.DIRECTORY).as("package linux-libc-dev").exists();
        Map<String, Integer> numbers =
                KernelHeaders.enumerators(
                        "if_link.h", "if_tunnel.h", "if_bridge.h", "veth.h", "net_namespace.h");
        List<Attribute<?>> known =
                KernelHeaders.attributes(tables())
                        .filter(attribute -> numbers.containsKey(attribute.name()))
                        .toList();

        assertThat(known)
                .hasSizeGreaterThan(300)
                .allSatisfy(attribute ->
                        assertThat(attribute.number())
                                .as(attribute.name())
                                .isEqualTo(numbers.get(attribute.name())));
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
