package dev.weft.firewall.conntrack;

import dev.weft.firewall.value.TransportProtocol;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/// An entry in one line, in the manner of conntrack(8).
final class ConnectionText {
    private static final int NAME_WIDTH = 8;

    private ConnectionText() {}

    static String of(Connection connection) {
        StringJoiner line = new StringJoiner(" ");
        TransportProtocol protocol = connection.protocol();
        String name = protocol.name().orElse("unknown");
        line.add(name + " ".repeat(NAME_WIDTH - name.length())).add("" + protocol.number());
        connection.timeout().map(Duration::toSeconds).ifPresent(left -> line.add("" + left));
        connection.tcpState().ifPresent(state -> line.add(state.name()));
        direction(line, connection, Direction.ORIGINAL);
        if (!connection.has(ConnectionStatus.SEEN_REPLY)) {
            line.add("[UNREPLIED]");
        }
        direction(line, connection, Direction.REPLY);
        path(connection).ifPresent(line::add);
        details(line, connection);
        return line.toString();
    }

    private static void direction(StringJoiner line, Connection connection, Direction direction) {
        line.add(connection.tuple(direction).toString());
        zoneOf(connection, direction).ifPresent(line::add);
        connection
                .traffic(direction)
                .ifPresent(traffic ->
                        line.add("packets=" + traffic.packets()).add("bytes=" + traffic.bytes()));
    }

    /// The zone of one direction, where it is not that of the entry.
    private static Optional<String> zoneOf(Connection connection, Direction direction) {
        int zone = connection.zone(direction);
        String name = direction == Direction.ORIGINAL ? "zone-orig=" : "zone-reply=";
        return zone == connection.zone() ? Optional.empty() : Optional.of(name + zone);
    }

    private static Optional<String> path(Connection connection) {
        if (connection.has(ConnectionStatus.HARDWARE_OFFLOADED)) {
            return Optional.of("[HW_OFFLOAD]");
        }
        if (connection.has(ConnectionStatus.OFFLOADED)) {
            return Optional.of("[OFFLOAD]");
        }
        return connection.has(ConnectionStatus.ASSURED)
                ? Optional.of("[ASSURED]")
                : Optional.empty();
    }

    private static void details(StringJoiner line, Connection connection) {
        if (connection.attributes().has(ConnectionAttributes.MARK)) {
            line.add("mark=" + connection.mark());
        }
        if (connection.zone() != 0) {
            line.add("zone=" + connection.zone());
        }
        connection.helper().ifPresent(name -> line.add("helper=" + name));
        if (connection.attributes().has(ConnectionAttributes.USE)) {
            line.add("use=" + connection.use());
        }
    }
}
