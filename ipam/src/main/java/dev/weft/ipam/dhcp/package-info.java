/// The DHCP client of containers, without its socket: a state machine in which a server's messages
/// and the time go in, and messages, events and the time of the next step come out.
///
/// ```
///                 starting, resuming
///                         |
///    datagrams            v
///   ----------> Dhcpv4Client.receive --+
///    the clock  Dhcpv4Client.advance --+--> List<Effect> --> Transmission: Broadcast, Unicast
///   ---------->                .release,|                +--> LeaseEvent: Acquired, Renewed, Lost
///              <---------- wakeUpMillis |
///                              .decline-+
/// ```
///
/// [dev.weft.ipam.dhcp.Dhcpv4Client] is RFC 2131's client; `State` has what it knows in each state,
/// `Requests` what it says, `Reply` what it believes, `Tenure` when.
/// [dev.weft.ipam.dhcp.Dhcpv4Lease] reads the server's acknowledgement as what a host needs,
/// [dev.weft.ipam.dhcp.LeaseResult] makes the plugin's result of it,
/// [dev.weft.ipam.dhcp.DhcpConfiguration] reads the plugin's keys.
///
/// ## How a driver uses a client
///
/// The driver owns the sockets, the clock and the thread; one thread may drive any number of
/// clients, each by one caller at a time. It
///
/// 1. makes the client with [dev.weft.ipam.dhcp.Dhcpv4Client#starting], the interface's link
///    address and an unguessable random source;
/// 2. calls `advance` whenever the time of `wakeUpMillis` has come, and asks for that time anew
///    after every call of any method;
/// 3. hands every datagram for port 68 to `receive`, with the time it came; late is as good as
///    lost, and whatever is not for this client changes nothing;
/// 4. carries out the effects in their order.
///
/// | Effect | What to do |
/// |---|---|
/// | `Broadcast` | send `frame()` on a packet socket (AF_PACKET, SOCK_RAW) bound to the interface. Before an address exists there is no other way: the kernel sends nothing from 0.0.0.0. Later it would do by UDP too, but one way is enough |
/// | `Unicast` | send `payload()` by UDP from port 68 of `source` to port 67 of `destination`, in the container's namespace: the server may be behind routers, and then only the kernel knows the way. A failure to send is a lost message, and needs no more than a line in the log |
/// | `Acquired` | probe for the address by ARP, if wanted (RFC 5227), and call `decline` when somebody answers; save the lease; put address and routes on the interface; answer the ADD |
/// | `Renewed` | save the lease; compare its [dev.weft.ipam.dhcp.LeaseResult] with the one before, and change what differs: mostly nothing, sometimes the address |
/// | `Lost` | remove the address and its routes at once; forget what was saved. The client goes on and may acquire another lease; after `release` it does not |
///
/// What it hears comes through the same packet socket, with a filter for UDP to port 68, as long as
/// the client has no address: a server sends to the address that it gives and not to 0.0.0.0. It
/// goes on working later, and then a UDP socket bound to port 68 should exist beside it, though
/// nobody reads it: without one the kernel refuses the server's unicast answers with an ICMP error.
/// Frames of the same machine come without their UDP checksum (the ring says so, it is no damage).
/// The link has to be up before the first step.
///
/// An ADD has its own time limit; the client has none and asks for ever. When the limit passes, the
/// driver calls `release`, which says nothing when there is nothing to give back.
///
/// The clock must go on counting over a restart of the driver: CLOCK_BOOTTIME, in milliseconds.
/// Then a [dev.weft.ipam.dhcp.SavedLease] tells in the same boot how old it is, whatever happens to
/// the time of day. The driver saves one in its [dev.weft.ipam.dhcp.LeaseDirectory] on `Acquired`
/// and `Renewed`, before it answers the ADD, and forgets it on `Lost`. After a restart it makes a
/// client of each with `resuming`: the address stays on the interface, the client asks whether it
/// still holds, and only `Lost` takes it away. A lease of an earlier boot is nobody's any more: its
/// container is gone.
///
/// ## DHCPv6
///
/// [dev.weft.ipam.dhcp.Dhcpv6Client] is used in the same way and has effects of its own. The
/// interface has a link-local address before it has a lease: once duplicate address detection is
/// done with that, the driver sends every `Send` from its port 546 to port 547 of `ff02::1:2` on
/// the interface, and hands what arrives to `receive`. A UDP socket could do that; a packet socket
/// is waited on like those of the others. Addresses are put on the interface with 128 bits and
/// their lifetimes; when the kernel finds one to be a duplicate, `decline` says so. After `release`
/// the client repeats itself until a server has heard it; a driver that has no time for that stops
/// calling.
///
/// Sources: RFC 8415; RFC 2131, 2132, 3396, 3397, 3442, 4361, 6842; for the plugin's keys and the
/// client's identifier, what the reference plugin `dhcp` 1.9.1 does.
@NullMarked
package dev.weft.ipam.dhcp;

import org.jspecify.annotations.NullMarked;
