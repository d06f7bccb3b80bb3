package dev.weft.linux.packet;

import dev.weft.linux.netlink.Slice;
import java.net.InetAddress;

/// An ICMP or ICMPv6 message that came in.
///
/// @param source who sent it; a link-local address says on which link
/// @param hopLimit what was left of it on arrival, 0 to 255 (the TTL of IPv4)
/// @param timeNanoseconds when the kernel received it, since 1970
/// @param message from the ICMP type on
public record ReceivedIcmp(InetAddress source, int hopLimit, long timeNanoseconds, Slice message) {}
