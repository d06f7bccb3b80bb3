package dev.weft.firewall.conntrack;

import static dev.weft.firewall.conntrack.ConntrackSandbox.A;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Entries by the thousand: UDP flows of one address, each to an address of its own, every tenth to
/// port 53.
final class ManyConnections {
    private ManyConnections() {}

    static List<ConnectionRequest> requests(int count) {
        return IntStream.range(0, count).mapToObj(ManyConnections::request).toList();
    }

    private static ConnectionRequest request(int number) {
        byte[] address = {10, 1, 0, 0};
        address[1] += (byte) (number >> 16);
        address[2] = (byte) (number >> 8);
        address[3] = (byte) number;
        Tuple tuple =
                Tuple.of(
                        TransportProtocol.UDP,
                        A,
                        1024,
                        IpPrefix.addressOf(address),
                        number % 10 == 0 ? 53 : 80);
        return ConnectionRequest.of(tuple).timeout(Duration.ofHours(1));
    }
}
