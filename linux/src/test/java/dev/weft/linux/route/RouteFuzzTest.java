package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.DecodeFuzz;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.function.Function;

/// Arbitrary bytes as every object of the package: read whole, or refused as malformed; printing
/// never fails.
final class RouteFuzzTest {
    private static final List<Function<NetlinkMessage, Object>> DECODERS =
            List.of(
                    message -> Address.decode(message),
                    message -> Route.decode(message).map(RouteFuzzTest::everything),
                    message -> Rule.decode(message),
                    message -> Neighbour.decode(message),
                    message -> ForwardingEntry.decode(message),
                    message -> members(NextHop.decode(message)));

    private static Object everything(Route route) {
        return List.of(
                route, route.nextHops(), route.gateway(), route.metric(), RouteRequest.of(route));
    }

    private static Object members(NextHop hop) {
        return List.of(hop, hop.id(), hop.members(), hop.gateway());
    }

    @FuzzTest
    void decode_ofArbitraryBytes_givesAnObjectOrSaysMalformed(byte[] bytes) {
        RouteAttributesTest.tables()
                .forEach(table -> DecodeFuzz.attributes(table, Slice.of(bytes.clone())));
        NetlinkMessage message = new NetlinkMessage(0, 0, 0, 0, Slice.of(bytes.clone()));
        for (Function<NetlinkMessage, Object> decoder : DECODERS) {
            try {
                assertThat(decoder.apply(message).toString()).isNotNull();
            } catch (MalformedMessageException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
