package dev.weft.wire;

import java.net.InetAddress;

/// The part of the IP header that a transport checksum covers (RFC 9293 section 3.1, RFC 768, RFC
/// 8200 section 8.1). The IPv4 and IPv6 layouts differ only in zeros, which do not change a sum.
///
/// @param source the packet's source address
/// @param destination its final destination
/// @param protocol the transport protocol, not an extension header's
public record PseudoHeader(InetAddress source, InetAddress destination, IpProtocol protocol) {
    /// The one's complement sum for a segment of `length` bytes.
    int sum(int length) {
        int addresses =
                InternetChecksum.add(
                        InternetChecksum.sum(Slice.of(source.getAddress())),
                        InternetChecksum.sum(Slice.of(destination.getAddress())));
        int lengthSum = InternetChecksum.add(length >>> 16, length & 0xffff);
        return InternetChecksum.add(addresses, InternetChecksum.add(lengthSum, protocol.value()));
    }
}
