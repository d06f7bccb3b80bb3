package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.List;

/// Writes headers around a payload: the payload first, then headers from the inside out, so that
/// every header finds what its length and checksum cover in place.
final class PacketEncoder {
    private PacketEncoder() {}

    static byte[] encode(List<Header> headers, Slice payload) {
        int length = payload.length() + headers.stream().mapToInt(Header::length).sum();
        ByteBuffer packet = ByteBuffer.allocate(length);
        int start = length - payload.length();
        payload.writeTo(packet.position(start));
        for (int i = headers.size() - 1; i >= 0; i--) {
            start -= headers.get(i).length();
            ByteBuffer unit = packet.slice(start, length - start);
            headers.get(i).encode(unit);
            if (headers.get(i) instanceof Header.Transport transport) {
                fillChecksum(transport, pseudoHeader(transport, headers.subList(0, i)), unit);
            }
        }
        return packet.array();
    }

    private static void fillChecksum(
            Header.Transport transport, PseudoHeader pseudo, ByteBuffer unit) {
        int checksum = InternetChecksum.of(pseudo, Fields.whole(unit));
        // Zero says "none" in UDP (RFC 768); the other zero of one's complement is as good.
        boolean isZeroTaken = transport instanceof Udp && checksum == 0;
        unit.putShort(transport.checksumOffset(), (short) (isZeroTaken ? 0xffff : checksum));
    }

    private static PseudoHeader pseudoHeader(Header.Transport transport, List<Header> around) {
        for (Header header : around.reversed()) {
            if (header instanceof Ipv4 ip) {
                return new PseudoHeader(ip.source(), ip.destination(), transport.protocol());
            }
            if (header instanceof Ipv6 ip) {
                return new PseudoHeader(ip.source(), ip.destination(), transport.protocol());
            }
        }
        throw new IllegalArgumentException("no IP header around " + transport);
    }
}
