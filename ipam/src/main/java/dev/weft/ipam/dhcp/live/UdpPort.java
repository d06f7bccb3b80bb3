package dev.weft.ipam.dhcp.live;

import dev.weft.ipam.dhcp.Transmission;
import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.wire.Dhcpv4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// The client's port at its address: what goes to a server that may be behind routers goes through
/// it. Nobody reads it, but without it the kernel refuses the server's answers.
///
/// @param address the client's
/// @param socket bound to it
record UdpPort(Inet4Address address, DatagramChannel socket) implements AutoCloseable {

    /// @throws UncheckedIOException when the namespace does not have the address, or another
    ///   program has the port
    static UdpPort open(NetworkNamespace namespace, Inet4Address address) {
        return new UdpPort(
                address,
                NamespaceSockets.udp(
                        namespace, new InetSocketAddress(address, Dhcpv4.CLIENT_PORT)));
    }

    /// @throws UncheckedIOException when no route leads to the server, or the firewall is against
    ///   it
    void send(Transmission.Unicast message) {
        try {
            socket.send(
                    ByteBuffer.wrap(message.payload()),
                    new InetSocketAddress(message.destination(), Dhcpv4.SERVER_PORT));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
