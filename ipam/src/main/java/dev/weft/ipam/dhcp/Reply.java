package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.Optional;

/// A server's message that is meant for this client.
///
/// @param type an offer, an acknowledgement, a refusal, or what no server should send
/// @param server who sent it
record Reply(Dhcpv4 message, Dhcpv4MessageType type, Inet4Address server) {

    /// Reads what arrived at the client's port; anything may.
    static Optional<Reply> tryOf(Slice bytes, Dhcpv4Settings settings) {
        try {
            return tryOf(Dhcpv4.decode(bytes).value(), settings);
        } catch (MalformedPacketException notForUs) {
            return Optional.empty();
        }
    }

    private static Optional<Reply> tryOf(Dhcpv4 message, Dhcpv4Settings settings) {
        Dhcpv4Options options = message.options();
        boolean isOurs =
                message.operation() == Dhcpv4.REPLY
                        && message.hardware().equals(settings.hardware())
                        && namesNoOther(options, settings);
        Optional<Inet4Address> server =
                options.address(Dhcpv4Option.SERVER_IDENTIFIER).filter(Dhcpv4Lease::isHost);
        return isOurs && server.isPresent()
                ? options.messageType().map(type -> new Reply(message, type, server.get()))
                : Optional.empty();
    }

    /// Servers repeat the client's identifier (RFC 6842), which tells clients apart that share a
    /// link address; older ones do not.
    private static boolean namesNoOther(Dhcpv4Options options, Dhcpv4Settings settings) {
        Optional<Slice> own = settings.sent().find(Dhcpv4Option.CLIENT_IDENTIFIER);
        Optional<Slice> theirs = options.find(Dhcpv4Option.CLIENT_IDENTIFIER);
        return own.isEmpty() || theirs.isEmpty() || own.equals(theirs);
    }

    boolean isUsableOffer() {
        return type == Dhcpv4MessageType.OFFER && Dhcpv4Lease.isHost(message.your());
    }
}
