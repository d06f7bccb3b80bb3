package dev.weft.firewall.conntrack;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.function.Predicate;

/// One condition of a [ConntrackFilter]. What it leaves of a dump in the kernel is never less than
/// what it accepts.
sealed interface Condition {
    boolean accepts(Connection connection);

    /// Shortens a dump as far as the kernel can.
    void narrow(DumpFilter dump);

    /// Which end of a tuple.
    enum End {
        SOURCE,
        DESTINATION;

        InetAddress address(Tuple tuple) {
            return switch (this) {
                case SOURCE -> tuple.source();
                case DESTINATION -> tuple.destination();
            };
        }

        int port(Transport.Ports ports) {
            return switch (this) {
                case SOURCE -> ports.source();
                case DESTINATION -> ports.destination();
            };
        }
    }

    record OfFamily(IpFamily family) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return connection.family() == family;
        }

        @Override
        public void narrow(DumpFilter dump) {
            dump.family(family);
        }
    }

    record OfProtocol(TransportProtocol protocol) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return connection.protocol().equals(protocol);
        }

        @Override
        public void narrow(DumpFilter dump) {
            dump.protocol(protocol);
        }
    }

    record Address(Direction direction, End end, IpPrefix prefix) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return prefix.contains(end.address(connection.tuple(direction)));
        }

        @Override
        public void narrow(DumpFilter dump) {
            dump.family(IpFamily.of(prefix.address()));
            if (prefix.equals(IpPrefix.host(prefix.address()))) {
                dump.tuple(direction).address(end, prefix.address());
            }
        }
    }

    record AnyAddress(IpPrefix prefix) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return accepts(connection.original()) || accepts(connection.reply());
        }

        private boolean accepts(Tuple tuple) {
            return prefix.contains(tuple.source()) || prefix.contains(tuple.destination());
        }

        @Override
        public void narrow(DumpFilter dump) {
            dump.family(IpFamily.of(prefix.address()));
        }
    }

    record Port(Direction direction, End end, int first, int last) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return connection.tuple(direction).transport() instanceof Transport.Ports ports
                    && end.port(ports) >= first
                    && end.port(ports) <= last;
        }

        @Override
        public void narrow(DumpFilter dump) {
            if (first == last) {
                dump.tuple(direction).port(end, first);
            }
        }
    }

    record Marked(long value, long mask) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return (connection.mark() & mask) == value;
        }

        @Override
        public void narrow(DumpFilter dump) {
            dump.mark(value, mask);
        }
    }

    record InZone(int zone) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return connection.zone(Direction.ORIGINAL) == zone
                    || connection.zone(Direction.REPLY) == zone;
        }

        /// The kernel's zone 0 leaves out entries with another zone in one direction.
        @Override
        public void narrow(DumpFilter dump) {
            if (zone != 0) {
                dump.zone(zone);
            }
        }
    }

    record WithStatus(int bits, int mask) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return (connection.statusBits() & mask) == bits;
        }

        @Override
        public void narrow(DumpFilter dump) {
            dump.status(bits, mask);
        }
    }

    record Satisfying(Predicate<Connection> predicate) implements Condition {
        @Override
        public boolean accepts(Connection connection) {
            return predicate.test(connection);
        }

        @Override
        public void narrow(DumpFilter dump) {
            // Only Java knows what it asks for.
        }
    }
}
