package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv4;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.IpProtocol;
import dev.weft.wire.Ipv4;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import dev.weft.wire.Udp;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;

/// A message to send. If it cannot be sent, nothing has to be told: it is as if it were lost.
public sealed interface Transmission extends Effect {
    /// The message.
    Dhcpv4 message();

    /// The sender's address: 0.0.0.0 while the client has none.
    Inet4Address source();

    /// What a UDP datagram from port 68 to port 67 holds. Relays may drop less than 300 bytes (RFC
    /// 1542 section 2.1).
    default byte[] payload() {
        return encode(List.of());
    }

    private byte[] encode(List<dev.weft.wire.Header> around) {
        List<dev.weft.wire.Header> headers = new ArrayList<>(around);
        headers.add(message());
        int padding = Math.max(0, 300 - message().length());
        return Packet.encode(Slice.of(new byte[padding]), headers);
    }

    /// A message to everybody on the link, to be sent as it is: an interface without an address has
    /// no other way.
    record Broadcast(Dhcpv4 message, Inet4Address source) implements Transmission {
        private static final Inet4Address EVERYBODY = IpAddresses.parseV4("255.255.255.255");

        /// The whole Ethernet frame.
        public byte[] frame() {
            return ((Transmission) this)
                    .encode(
                            List.of(
                                    new Ethernet(
                                            MacAddress.BROADCAST,
                                            message.hardware(),
                                            EtherType.IPV4),
                                    Ipv4.of(source, EVERYBODY, IpProtocol.UDP),
                                    new Udp(Dhcpv4.CLIENT_PORT, Dhcpv4.SERVER_PORT)));
        }
    }

    /// A message to one server, to be sent by UDP from the client's address: the server may be
    /// behind routers.
    record Unicast(Dhcpv4 message, Inet4Address source, Inet4Address destination)
            implements Transmission {}
}
