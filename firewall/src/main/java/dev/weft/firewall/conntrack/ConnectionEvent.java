package dev.weft.firewall.conntrack;

/// What a follower of connections is told.
public sealed interface ConnectionEvent {
    /// A connection began: its first packet went through.
    record Created(Connection connection) implements ConnectionEvent {}

    /// Something about a connection changed: its status, its state, its mark. It carries what
    /// changed, not all that the entry has.
    record Updated(Connection connection) implements ConnectionEvent {}

    /// A connection ended, by itself or as it was deleted. With counters, where they are kept.
    record Destroyed(Connection connection) implements ConnectionEvent {}

    /// Events were lost, as they came faster than they were taken: what is known by now has to be
    /// read again.
    record Resynchronise() implements ConnectionEvent {}
}
