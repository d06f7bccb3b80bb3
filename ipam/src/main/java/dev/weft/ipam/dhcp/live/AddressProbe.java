package dev.weft.ipam.dhcp.live;

import dev.weft.ipam.dhcp.Dhcpv4Lease;
import dev.weft.wire.Arp;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import java.net.Inet4Address;

/// The question whether another station has an address already.
///
/// RFC 5227 asks three times within seven seconds. A container is waited for, and stations of its
/// link answer within a millisecond: they are asked once, and for a shorter time.
///
/// @param hardware who asks
/// @param lease whose address
/// @param grantedMillis as [dev.weft.ipam.dhcp.LeaseEvent.Acquired] said
/// @param endMillis when no answer means that nobody has it
record AddressProbe(MacAddress hardware, Dhcpv4Lease lease, long grantedMillis, long endMillis) {
    private static final long WAIT_MILLIS = 10;
    private static final Inet4Address NOBODY = IpAddresses.parseV4("0.0.0.0");

    static AddressProbe of(
            MacAddress hardware, Dhcpv4Lease lease, long grantedMillis, long nowMillis) {
        return new AddressProbe(hardware, lease, grantedMillis, nowMillis + WAIT_MILLIS);
    }

    /// The Ethernet frame that asks.
    byte[] question() {
        return Packet.encode(
                new Ethernet(MacAddress.BROADCAST, hardware, EtherType.ARP),
                Arp.request(hardware, NOBODY, lease.address()));
    }

    /// Whether a station has the address, or is about to take it (RFC 5227 section 2.1.1).
    boolean isConflict(Arp.View heard) {
        if (!heard.isIpv4OverEthernet()) {
            return false;
        }
        Arp arp = heard.value();
        boolean isProbe = arp.operation() == Arp.REQUEST && arp.senderIp().equals(NOBODY);
        return !arp.senderMac().equals(hardware)
                && (arp.senderIp().equals(lease.address())
                        || (isProbe && arp.targetIp().equals(lease.address())));
    }

    String address() {
        return IpAddresses.text(lease.address());
    }
}
