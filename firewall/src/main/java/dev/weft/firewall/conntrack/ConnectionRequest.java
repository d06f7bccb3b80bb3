package dev.weft.firewall.conntrack;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.time.Duration;
import java.util.BitSet;

/// What is asked of an entry, to make or to change it. Immutable, each method answers a new
/// request.
///
/// ```java
/// conntrack.create(ConnectionRequest.of(Tuple.of(UDP, a, 1024, b, 53)).timeout(Duration.ofSeconds(30)));
/// conntrack.update(ConnectionRequest.of(connection).mark(0x10));
/// ```
public final class ConnectionRequest {
    private final Tuple original;
    private final int status;
    private final Attributes attributes;

    private ConnectionRequest(Tuple original, int status, Attributes attributes) {
        this.original = original;
        this.status = status;
        this.attributes = attributes;
    }

    /// About the entry of a tuple; to be made, with answers that mirror it.
    public static ConnectionRequest of(Tuple original) {
        Attributes tuple =
                Attributes.build(
                        ConnectionAttributes.TABLE,
                        writer -> writer.put(ConnectionAttributes.ORIGINAL, original.encode()));
        return new ConnectionRequest(original, ConnectionStatus.CONFIRMED.bit(), tuple);
    }

    /// About an entry that was read. The kernel looks only at tuple and zone: should the entry have
    /// ended and the same flow begun anew, the new one is changed.
    public static ConnectionRequest of(Connection connection) {
        return new ConnectionRequest(
                connection.original(),
                connection.statusBits() | ConnectionStatus.CONFIRMED.bit(),
                connection.identity());
    }

    /// Any attribute of an entry.
    public <T> ConnectionRequest set(Attribute<T> attribute, T value) {
        return new ConnectionRequest(
                original, status, attributes.and(writer -> writer.put(attribute, value)));
    }

    /// The tuple of the answers, where it is not the original's mirror.
    public ConnectionRequest reply(Tuple tuple) {
        return set(ConnectionAttributes.REPLY, tuple.encode());
    }

    /// The number space that its tuples are unique in, 0 to 65,535.
    public ConnectionRequest zone(int number) {
        return set(ConnectionAttributes.ZONE, number);
    }

    /// How long it stays when no packet comes.
    ///
    /// @param limit whole seconds, below 2^32; a part of one is dropped
    public ConnectionRequest timeout(Duration limit) {
        return set(ConnectionAttributes.TIMEOUT_SECONDS, limit.toSeconds());
    }

    /// The mark, 0 to 2^32 - 1.
    public ConnectionRequest mark(long value) {
        return set(ConnectionAttributes.MARK, value);
    }

    /// Some bits of the mark; the others stay.
    ///
    /// @param mask the bits to change
    public ConnectionRequest mark(long value, long mask) {
        return mark(value).set(ConnectionAttributes.MARK_MASK, mask);
    }

    /// All labels, numbers 0 to 127. An entry has room for them if, when it began, some rule of the
    /// namespace looked at labels; otherwise the kernel answers ENOSPC.
    public ConnectionRequest labels(BitSet labels) {
        return set(ConnectionAttributes.LABELS, Labels.encode(labels));
    }

    /// Status to have besides what it has; what can be set are [ConnectionStatus#SEEN_REPLY],
    /// [ConnectionStatus#ASSURED] and [ConnectionStatus#FIXED_TIMEOUT].
    public ConnectionRequest status(ConnectionStatus... more) {
        int all = status | ConnectionStatus.bits(more);
        return new ConnectionRequest(original, all, attributes)
                .set(ConnectionAttributes.STATUS, all);
    }

    /// The state of a TCP connection.
    public ConnectionRequest tcpState(TcpState state) {
        return set(
                ConnectionAttributes.PROTOCOL_STATE,
                Attributes.build(
                        ConnectionAttributes.ProtocolState.TABLE,
                        writer ->
                                writer.nest(
                                        ConnectionAttributes.ProtocolState.TCP,
                                        tcp -> tcp.put(TcpAttributes.STATE, state.number()))));
    }

    IpFamily family() {
        return original.family();
    }

    /// @throws InvalidRequestException when no timeout was asked for: an entry without one would
    ///   not be, and the kernel does not say what it misses
    Attributes toMake() {
        if (!attributes.has(ConnectionAttributes.TIMEOUT_SECONDS)) {
            throw new InvalidRequestException("cannot create " + this + " without a timeout");
        }
        return attributes.has(ConnectionAttributes.REPLY)
                ? attributes
                : attributes.and(writer ->
                        writer.put(ConnectionAttributes.REPLY, original.reversed().encode()));
    }

    Attributes toChange() {
        return attributes;
    }

    /// The connection, for messages.
    @Override
    public String toString() {
        return "connection " + original.protocol() + " " + original;
    }
}
