/// Packets below and beside the kernel's stack: capturing and sending frames on links, ICMP
/// sockets, TUN and TAP devices. Everything is opened in a namespace and belongs to it from then
/// on.
///
/// ```
///   PacketSocket      link <--> frames         AF_PACKET, received through a mapped ring
///   IcmpSocket        IP   <--> ICMP messages  raw sockets of IPv4 and IPv6
///   TunQueue          /dev/net/tun <--> the packets that the kernel routes to a device
/// ```
///
/// Data comes in as bytes with what only the kernel knows about them (time, link, direction); their
/// meaning is for others to decode. A receiving thread waits in the kernel: use a platform thread.
/// Closing from any other thread ends its wait.
///
/// Sources: `Documentation/networking/packet_mmap.rst`, `filter.rst` and `tuntap.rst`; RFC 3542 for
/// ICMPv6 sockets.
@NullMarked
package dev.weft.linux.packet;

import org.jspecify.annotations.NullMarked;
