package dev.weft.firewall.conntrack;

import dev.weft.firewall.conntrack.ConnectionAttributes.Counters;
import dev.weft.firewall.conntrack.ConnectionAttributes.Help;
import dev.weft.firewall.conntrack.ConnectionAttributes.ProtocolState;
import dev.weft.firewall.conntrack.ConnectionAttributes.Timestamps;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpFamily;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An entry as the kernel described it; what has no accessor here is in [#attributes].
///
/// Accessors throw [MalformedMessageException] when an attribute is not what it should be.
///
/// @param original the direction of the first packet
/// @param reply the direction of the answers; not the mirror of the original where addresses are
///   translated
/// @param attributes of [ConnectionAttributes]
public record Connection(Tuple original, Tuple reply, Attributes attributes) {
    private static final long NANOSECONDS = 1_000_000_000;

    /// By these an entry is told from all others, in the kernel's own bytes.
    private static final List<Attribute<?>> IDENTITY =
            List.of(
                    ConnectionAttributes.ORIGINAL,
                    ConnectionAttributes.ZONE,
                    ConnectionAttributes.ID);

    /// What came through in one direction since the entry was made.
    public record Traffic(long packets, long bytes) {}

    static Connection decode(NetlinkMessage message) {
        Attributes attributes =
                Attributes.decode(
                        ConnectionAttributes.TABLE, message.body().from(NetfilterHeader.BYTES));
        return new Connection(
                tuple(attributes, ConnectionAttributes.ORIGINAL),
                tuple(attributes, ConnectionAttributes.REPLY),
                attributes);
    }

    private static Tuple tuple(Attributes attributes, Attribute<Attributes> direction) {
        return attributes
                .find(direction)
                .map(Tuple::decode)
                .orElseThrow(
                        () -> new MalformedMessageException("a connection has no " + direction));
    }

    Attributes identity() {
        return attributes.only(IDENTITY);
    }

    public IpFamily family() {
        return original.family();
    }

    public TransportProtocol protocol() {
        return original.protocol();
    }

    /// The tuple of a direction.
    public Tuple tuple(Direction direction) {
        return switch (direction) {
            case ORIGINAL -> original;
            case REPLY -> reply;
        };
    }

    /// The original direction of the connection that announced this one.
    public Optional<Tuple> master() {
        return attributes.find(ConnectionAttributes.MASTER).map(Tuple::decode);
    }

    /// The status as the kernel's bits, with those that Weft does not know.
    public int statusBits() {
        return attributes.orElse(ConnectionAttributes.STATUS, 0);
    }

    /// What is known of it.
    public Set<ConnectionStatus> status() {
        EnumSet<ConnectionStatus> found = EnumSet.allOf(ConnectionStatus.class);
        found.removeIf(status -> !has(status));
        return found;
    }

    public boolean has(ConnectionStatus status) {
        return (statusBits() & status.bit()) != 0;
    }

    /// Whether addresses or ports are translated, of either end.
    public boolean isTranslated() {
        return has(ConnectionStatus.SOURCE_NAT) || has(ConnectionStatus.DESTINATION_NAT);
    }

    /// The state of TCP; nothing for other protocols and for numbers that have no name.
    public Optional<TcpState> tcpState() {
        return attributes
                .find(ConnectionAttributes.PROTOCOL_STATE)
                .flatMap(state -> state.find(ProtocolState.TCP))
                .flatMap(tcp -> tcp.find(TcpAttributes.STATE))
                .flatMap(TcpState::of);
    }

    /// How long it stays if no packet comes, to the second; nothing where that is not counted, as
    /// in the event of its end.
    public Optional<Duration> timeout() {
        return attributes.find(ConnectionAttributes.TIMEOUT_SECONDS).map(Duration::ofSeconds);
    }

    /// The mark that rules set and read; 0 to 2^32 - 1.
    public long mark() {
        return attributes.orElse(ConnectionAttributes.MARK, 0L);
    }

    /// The labels, numbers 0 to 127.
    public BitSet labels() {
        return attributes
                .find(ConnectionAttributes.LABELS)
                .map(Labels::decode)
                .orElseGet(BitSet::new);
    }

    /// What a direction carried; where accounting is on.
    public Optional<Traffic> traffic(Direction direction) {
        Attribute<Attributes> counters =
                switch (direction) {
                    case ORIGINAL -> ConnectionAttributes.ORIGINAL_COUNTERS;
                    case REPLY -> ConnectionAttributes.REPLY_COUNTERS;
                };
        return attributes
                .find(counters)
                .map(found ->
                        new Traffic(
                                found.orElse(Counters.PACKETS, 0L),
                                found.orElse(Counters.BYTES, 0L)));
    }

    /// When its first packet came; where timestamps are on.
    public Optional<Instant> started() {
        return instant(Timestamps.START_NANOSECONDS);
    }

    /// When it ended, in the event of its end; where timestamps are on.
    public Optional<Instant> stopped() {
        return instant(Timestamps.STOP_NANOSECONDS);
    }

    private Optional<Instant> instant(Attribute<Long> which) {
        return attributes
                .find(ConnectionAttributes.TIMESTAMPS)
                .flatMap(stamps -> stamps.find(which))
                .map(since -> Instant.ofEpochSecond(since / NANOSECONDS, since % NANOSECONDS));
    }

    /// The number space that its tuples are unique in; 0 for the ordinary one, and where only one
    /// direction has a zone.
    public int zone() {
        return attributes.orElse(ConnectionAttributes.ZONE, 0);
    }

    /// The zone that counts for one direction.
    public int zone(Direction direction) {
        Attribute<Attributes> tuple =
                switch (direction) {
                    case ORIGINAL -> ConnectionAttributes.ORIGINAL;
                    case REPLY -> ConnectionAttributes.REPLY;
                };
        return attributes
                .find(tuple)
                .flatMap(parts -> parts.find(TupleAttributes.ZONE))
                .orElseGet(this::zone);
    }

    /// The name of the helper that looks into it.
    public Optional<String> helper() {
        return attributes
                .find(ConnectionAttributes.HELPER)
                .flatMap(helper -> helper.find(Help.NAME));
    }

    /// A number that tells it from a later entry with the same tuples.
    public Optional<Long> id() {
        return attributes.find(ConnectionAttributes.ID);
    }

    /// How many hold it.
    public int use() {
        return attributes.orElse(ConnectionAttributes.USE, 0);
    }

    /// As `conntrack -L` prints it.
    @Override
    public String toString() {
        return ConnectionText.of(this);
    }
}
