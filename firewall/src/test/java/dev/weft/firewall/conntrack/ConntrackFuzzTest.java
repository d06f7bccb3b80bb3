package dev.weft.firewall.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// Arbitrary bytes as a connection: read whole, or refused as malformed.
final class ConntrackFuzzTest {
    private static final ConntrackFilter FILTER =
            ConntrackFilter.all()
                    .zone(1)
                    .mark(1, 3)
                    .has(ConnectionStatus.ASSURED)
                    .destinationPort(1);

    @FuzzTest
    void decode_ofArbitraryBytes_givesAConnectionOrSaysMalformed(byte[] bytes) {
        reads(Slice.of(bytes.clone()));
        reads(framed(Slice.of(bytes.clone())));
    }

    /// The bytes as what follows two tuples that are right.
    private static Slice framed(Slice bytes) {
        Tuple tuple = Tuple.of(TransportProtocol.TCP, ConntrackSandbox.A, 1, ConntrackSandbox.B, 2);
        Attributes right = ConnectionRequest.of(tuple).reply(tuple.reversed()).toChange();
        return new dev.weft.linux.netlink.ByteWriter()
                .slice(NetfilterHeader.of(2))
                .slice(right.encoded())
                .slice(bytes)
                .toSlice();
    }

    private static void reads(Slice body) {
        try {
            Connection connection = Connection.decode(new NetlinkMessage(0x100, 0, 0, 0, body));
            assertThat(everything(connection)).isNotNull();
        } catch (MalformedMessageException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static Object everything(Connection connection) {
        return List.of(
                connection.toString(),
                connection.attributes().toString(),
                connection.labels(),
                connection.started(),
                connection.stopped(),
                connection.master(),
                connection.identity(),
                FILTER.accepts(connection));
    }
}
