package dev.weft.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A route in option 121 of DHCPv4 (RFC 3442).
///
/// ```text
/// 0               1                                 1 + n      5 + n
/// | prefix length | n bytes that have its bits      | router   |
/// ```
///
/// @param destination the prefix's address, its other bits zero
/// @param lengthBits 0 to 32
/// @param router the next hop; 0.0.0.0 for a destination on the link itself
public record ClasslessRoute(Inet4Address destination, int lengthBits, Inet4Address router) {
    private static final int MOST_BITS = 32;

    public ClasslessRoute {
        if (lengthBits < 0 || lengthBits > MOST_BITS) {
            throw new IllegalArgumentException("prefix length 0 to 32: " + lengthBits);
        }
        destination = masked(destination, lengthBits);
    }

    /// Receivers must zero the bits after the prefix (RFC 3442).
    private static Inet4Address masked(Inet4Address address, int bits) {
        long mask = 0xffff_ffffL << (MOST_BITS - bits);
        int network = (int) (Slice.of(address.getAddress()).u32(0) & mask);
        return IpAddresses.v4(
                Slice.of(ByteBuffer.allocate(IpAddresses.V4_LENGTH).putInt(network).array()), 0);
    }

    private int significantBytes() {
        return Math.ceilDiv(lengthBits, Byte.SIZE);
    }

    static Slice encode(List<ClasslessRoute> routes) {
        ByteBuffer data =
                ByteBuffer.allocate(routes.stream().mapToInt(r -> 5 + r.significantBytes()).sum());
        for (ClasslessRoute route : routes) {
            data.put((byte) route.lengthBits);
            data.put(route.destination.getAddress(), 0, route.significantBytes());
            data.put(route.router.getAddress());
        }
        return Fields.written(data);
    }

    /// The routes, or nothing when one of them cannot be.
    static Optional<List<ClasslessRoute>> tryDecode(Slice data) {
        List<ClasslessRoute> routes = new ArrayList<>();
        int at = 0;
        while (at < data.length()) {
            int bits = data.u8(at);
            int significant = Math.ceilDiv(bits, Byte.SIZE);
            int router = at + 1 + significant;
            if (bits > MOST_BITS || router + IpAddresses.V4_LENGTH > data.length()) {
                return Optional.empty();
            }
            byte[] address =
                    Arrays.copyOf(
                            data.part(at + 1, significant).toByteArray(), IpAddresses.V4_LENGTH);
            routes.add(
                    new ClasslessRoute(
                            IpAddresses.v4(Slice.of(address), 0),
                            bits,
                            IpAddresses.v4(data, router)));
            at = router + IpAddresses.V4_LENGTH;
        }
        return Optional.of(List.copyOf(routes));
    }
}
