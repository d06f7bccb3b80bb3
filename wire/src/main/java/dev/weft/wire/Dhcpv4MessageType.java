package dev.weft.wire;

import java.util.Arrays;
import java.util.Optional;

/// What a DHCPv4 message is about (RFC 2132 section 9.6).
public enum Dhcpv4MessageType {
    /// A client looks for servers.
    DISCOVER(1),
    /// A server has an address.
    OFFER(2),
    /// A client takes an offer, or wants to keep what it has.
    REQUEST(3),
    /// A client found the address in use by another.
    DECLINE(4),
    /// A server agrees: the address is leased.
    ACK(5),
    /// A server refuses: the client must begin again.
    NAK(6),
    /// A client gives its address back.
    RELEASE(7),
    /// A client has an address from elsewhere and wants the rest.
    INFORM(8);

    private final int value;

    Dhcpv4MessageType(int value) {
        this.value = value;
    }

    /// The type of this number; empty for those that other protocols added.
    public static Optional<Dhcpv4MessageType> of(int value) {
        return Arrays.stream(values()).filter(type -> type.value == value).findFirst();
    }

    /// The number on the wire.
    public int value() {
        return value;
    }

    /// The option that says so.
    public Dhcpv4Option option() {
        return Dhcpv4Option.u8(Dhcpv4Option.MESSAGE_TYPE, value());
    }
}
