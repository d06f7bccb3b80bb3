package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One of the ways a route may take (`struct rtnexthop`).
///
/// @param linkIndex of the link that leads there; 0 lets the kernel find it from the gateway
/// @param weight 1 to 256: its share of the flows
/// @param flags bits, see [#has]
/// @param attributes of [RouteAttributes]: gateway, encapsulation, realms
public record RouteNextHop(int linkIndex, int weight, int flags, Attributes attributes) {
    private static final int HEADER_BYTES = 8;
    private static final int MOST_WEIGHT = 256;

    /// One after the other, each padded to four bytes.
    static final Codec<List<RouteNextHop>> LIST =
            Codec.of("next hops", RouteNextHop::decodeAll, RouteNextHop::encodeAll);

    public RouteNextHop {
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new InvalidRequestException("a weight is 1 to 256, not " + weight);
        }
        if (flags < 0 || flags > 255) {
            throw new InvalidRequestException("flags of a next hop are 0 to 255, not " + flags);
        }
    }

    /// A gateway, found on whichever link reaches it.
    ///
    /// @param route the family of the route; a gateway may be of the other one (RFC 5549)
    public static RouteNextHop via(IpFamily route, InetAddress gateway) {
        Attributes attributes =
                Attributes.build(
                        RouteAttributes.TABLE,
                        writer -> RouteAttributes.putGateway(writer, route, gateway));
        return new RouteNextHop(0, 1, 0, attributes);
    }

    /// The destination itself is on a link.
    public static RouteNextHop link(int index) {
        return new RouteNextHop(index, 1, 0, Attributes.empty(RouteAttributes.TABLE));
    }

    public RouteNextHop outputLink(int index) {
        return new RouteNextHop(index, weight, flags, attributes);
    }

    public RouteNextHop weight(int share) {
        return new RouteNextHop(linkIndex, share, flags, attributes);
    }

    public RouteNextHop flag(RouteFlag flag) {
        return new RouteNextHop(linkIndex, weight, flags | flag.bit(), attributes);
    }

    /// The gateway, of either family; none when the destination is on the link.
    public Optional<InetAddress> gateway() {
        return RouteAttributes.gateway(attributes);
    }

    public boolean has(RouteFlag flag) {
        return flag.in(flags);
    }

    /// This one as a request may carry it: the kernel refuses the flags that it sets itself.
    RouteNextHop asked() {
        return new RouteNextHop(linkIndex, weight, flags & RouteFlag.ON_LINK.bit(), attributes);
    }

    private static List<RouteNextHop> decodeAll(Slice slice) {
        List<RouteNextHop> all = new ArrayList<>();
        for (int at = 0; at < slice.length(); at += slice.u16(at) + 3 & ~3) {
            int length = slice.u16(at);
            if (length < HEADER_BYTES) {
                throw new MalformedMessageException(
                        "a next hop has at least " + HEADER_BYTES + " bytes, not " + length);
            }
            all.add(decode(slice.part(at, length)));
        }
        return List.copyOf(all);
    }

    private static RouteNextHop decode(Slice slice) {
        return new RouteNextHop(
                slice.s32(4),
                slice.u8(3) + 1,
                slice.u8(2),
                Attributes.decode(RouteAttributes.TABLE, slice.from(HEADER_BYTES)));
    }

    private static void encodeAll(ByteWriter writer, List<RouteNextHop> all) {
        all.forEach(hop -> hop.encode(writer));
    }

    private void encode(ByteWriter writer) {
        writer.align();
        writer.u16(HEADER_BYTES + attributes.encoded().length());
        writer.u8(flags).u8(weight - 1).s32(linkIndex).slice(attributes.encoded());
    }
}
