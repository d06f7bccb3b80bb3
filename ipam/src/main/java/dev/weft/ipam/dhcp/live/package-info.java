/// DHCP leases of containers, held: the sockets, the clock and the thread of [dev.weft.ipam.dhcp]'s
/// clients, and the CNI plugin `dhcp`.
///
/// ```
///   ADD, DEL, CHECK, GC           thread "dhcp"
///          |                           |
///   DhcpPlugin --> LeaseHolder <-- FramePoll <-- packet sockets of any number of namespaces
///                    |      |
///    HeldDhcpv4, HeldDhcpv6  LeaseDirectory
///                    |
///                LeasedLink: netlink, packet and UDP sockets inside the container
/// ```
///
/// [dev.weft.ipam.dhcp.live.LeaseHolder] has one lock and one thread. An ADD opens the sockets in
/// its caller's thread and then waits; whatever the server says later, the thread does. A lease
/// that waits for nothing has no socket and no open namespace, since either would keep the
/// namespace of a container alive that is gone: the thread finds the interface again by the
/// namespace's path, its name and its link address, and when it cannot, the lease has ended.
@NullMarked
package dev.weft.ipam.dhcp.live;

import org.jspecify.annotations.NullMarked;
