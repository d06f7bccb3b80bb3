package dev.weft.ipam.dhcp.live;

import static dev.weft.linux.packet.FilterInstruction.FROM_NETWORK_HEADER;
import static dev.weft.linux.packet.FilterInstruction.PROTOCOL;
import static dev.weft.linux.packet.FilterInstruction.accept;
import static dev.weft.linux.packet.FilterInstruction.ifEqual;
import static dev.weft.linux.packet.FilterInstruction.loadByte;
import static dev.weft.linux.packet.FilterInstruction.loadHalf;

import dev.weft.linux.packet.PacketFilter;
import dev.weft.linux.packet.PacketSocketOptions;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv6;
import java.util.List;

/// What the driver's packet sockets receive: ARP, and UDP to one port. A container that is busy
/// with other things does not wake it.
final class DhcpFilter {
    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int NEXT_HEADER_FIELD = FROM_NETWORK_HEADER + 6;
    private static final int PORT_FIELD_OF_IPV6 = FROM_NETWORK_HEADER + 42;
    private static final int PROTOCOL_FIELD = FROM_NETWORK_HEADER + 9;
    private static final int UDP = 17;
    private static final int WITHOUT_OPTIONS = 0x45;
    private static final int PORT_FIELD = FROM_NETWORK_HEADER + 22;

    private DhcpFilter() {}

    /// Answers of DHCPv6 servers.
    static PacketSocketOptions answersOfDhcpv6(int linkIndex) {
        return PacketSocketOptions.on(linkIndex)
                .filter(
                        new PacketFilter(
                                List.of(
                                        loadHalf(PROTOCOL),
                                        ifEqual(IPV6, 0, 5),
                                        loadByte(NEXT_HEADER_FIELD),
                                        ifEqual(UDP, 0, 3),
                                        loadHalf(PORT_FIELD_OF_IPV6),
                                        ifEqual(Dhcpv6.CLIENT_PORT, 0, 1),
                                        accept(PacketFilter.WHOLE),
                                        accept(0))))
                .ignoreOutgoing();
    }

    /// Answers of servers, and of stations that are asked whether they have an address.
    static PacketSocketOptions answers(int linkIndex) {
        return PacketSocketOptions.on(linkIndex).filter(udpTo(Dhcpv4.CLIENT_PORT)).ignoreOutgoing();
    }

    /// What is sent to servers.
    static PacketSocketOptions requests(int linkIndex) {
        return PacketSocketOptions.on(linkIndex).filter(udpTo(Dhcpv4.SERVER_PORT));
    }

    /// Packets with IP options, whose port is somewhere else, are left to the reader.
    private static PacketFilter udpTo(int port) {
        return new PacketFilter(
                List.of(
                        loadHalf(PROTOCOL),
                        ifEqual(ARP, 7, 0),
                        ifEqual(IPV4, 0, 7),
                        loadByte(PROTOCOL_FIELD),
                        ifEqual(UDP, 0, 5),
                        loadByte(FROM_NETWORK_HEADER),
                        ifEqual(WITHOUT_OPTIONS, 0, 2),
                        loadHalf(PORT_FIELD),
                        ifEqual(port, 0, 1),
                        accept(PacketFilter.WHOLE),
                        accept(0)));
    }
}
