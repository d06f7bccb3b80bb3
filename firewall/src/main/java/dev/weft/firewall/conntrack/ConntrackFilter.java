package dev.weft.firewall.conntrack;

import dev.weft.firewall.conntrack.Condition.End;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which connections are meant: all conditions must hold. Immutable, each method answers a new
/// filter.
///
/// ```java
/// // what a published UDP port leaves behind when its container goes
/// conntrack.delete(ConntrackFilter.all().protocol(TransportProtocol.UDP).destinationPort(53));
/// // everything of an address, translated or not
/// conntrack.delete(ConntrackFilter.all().involving(IpPrefix.parse("10.1.0.7")));
/// ```
///
/// Where it says nothing else, addresses and ports are those of the original direction: as the
/// first packet had them when it arrived, before translation.
public final class ConntrackFilter {
    private static final ConntrackFilter ALL = new ConntrackFilter(List.of());
    private static final long MOST_MARK = 0xffff_ffffL;
    private static final int MOST_NUMBER = 0xffff;

    private final List<Condition> conditions;

    private ConntrackFilter(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /// Every connection.
    public static ConntrackFilter all() {
        return ALL;
    }

    private ConntrackFilter and(Condition condition) {
        return new ConntrackFilter(
                Stream.concat(conditions.stream(), Stream.of(condition)).toList());
    }

    public ConntrackFilter family(IpFamily family) {
        return and(new Condition.OfFamily(family));
    }

    public ConntrackFilter protocol(TransportProtocol protocol) {
        return and(new Condition.OfProtocol(protocol));
    }

    /// By who began.
    public ConntrackFilter source(IpPrefix prefix) {
        return and(new Condition.Address(Direction.ORIGINAL, End.SOURCE, prefix));
    }

    /// By whom the first packet was sent to.
    public ConntrackFilter destination(IpPrefix prefix) {
        return and(new Condition.Address(Direction.ORIGINAL, End.DESTINATION, prefix));
    }

    /// By who answers: behind a translated destination, the one it was translated to.
    public ConntrackFilter replySource(IpPrefix prefix) {
        return and(new Condition.Address(Direction.REPLY, End.SOURCE, prefix));
    }

    /// By whom answers are sent to: the address that a translated source shows to others.
    public ConntrackFilter replyDestination(IpPrefix prefix) {
        return and(new Condition.Address(Direction.REPLY, End.DESTINATION, prefix));
    }

    /// By an address at any end of either direction.
    public ConntrackFilter involving(IpPrefix prefix) {
        return and(new Condition.AnyAddress(prefix));
    }

    /// By the port that the first packet was sent from.
    ///
    /// @param port 0 to 65,535
    public ConntrackFilter sourcePort(int port) {
        return ports(Direction.ORIGINAL, End.SOURCE, port, port);
    }

    /// By the port that the first packet was sent to; for a published port, that of the host.
    ///
    /// @param port 0 to 65,535
    public ConntrackFilter destinationPort(int port) {
        return destinationPorts(port, port);
    }

    /// As [#destinationPort], for a range with both ends.
    public ConntrackFilter destinationPorts(int first, int last) {
        return ports(Direction.ORIGINAL, End.DESTINATION, first, last);
    }

    /// By the port that answers come from.
    public ConntrackFilter replySourcePort(int port) {
        return ports(Direction.REPLY, End.SOURCE, port, port);
    }

    /// By the port that answers are sent to.
    public ConntrackFilter replyDestinationPort(int port) {
        return ports(Direction.REPLY, End.DESTINATION, port, port);
    }

    private ConntrackFilter ports(Direction direction, End end, int first, int last) {
        if (first < 0 || last > MOST_NUMBER || first > last) {
            throw new InvalidRequestException(
                    "ports " + first + " to " + last + ": they are 0 to 65535, the lower first");
        }
        return and(new Condition.Port(direction, end, first, last));
    }

    /// By exactly this mark, 0 to 2^32 - 1.
    public ConntrackFilter mark(long value) {
        return mark(value, MOST_MARK);
    }

    /// By some bits of the mark.
    ///
    /// @param mask the bits that count
    /// @throws InvalidRequestException when the value has bits outside of the mask
    public ConntrackFilter mark(long value, long mask) {
        if ((mask & ~MOST_MARK) != 0 || (value & ~mask) != 0) {
            throw new InvalidRequestException(
                    "mark "
                            + value
                            + " has bits outside of mask "
                            + mask
                            + ", so it fits no connection");
        }
        return and(new Condition.Marked(value, mask));
    }

    /// By the zone of the entry or of one of its directions; 0 for those without one.
    ///
    /// @param number 0 to 65,535
    public ConntrackFilter zone(int number) {
        if (number < 0 || number > MOST_NUMBER) {
            throw new InvalidRequestException("a zone is 0 to 65535, not " + number);
        }
        return and(new Condition.InZone(number));
    }

    /// By what holds of it: [ConnectionStatus#ASSURED], [ConnectionStatus#DESTINATION_NAT].
    public ConntrackFilter has(ConnectionStatus... all) {
        int bits = ConnectionStatus.bits(all);
        return and(new Condition.WithStatus(bits, bits));
    }

    /// By what does not hold of it.
    public ConntrackFilter hasNone(ConnectionStatus... none) {
        return and(new Condition.WithStatus(0, ConnectionStatus.bits(none)));
    }

    /// By anything else; looked at here, not in the kernel.
    public ConntrackFilter where(Predicate<Connection> predicate) {
        return and(new Condition.Satisfying(predicate));
    }

    /// Whether a connection is meant.
    public boolean accepts(Connection connection) {
        return conditions.stream().allMatch(condition -> condition.accepts(connection));
    }

    DumpFilter inKernel() {
        DumpFilter dump = new DumpFilter();
        conditions.forEach(condition -> condition.narrow(dump));
        return dump;
    }
}
