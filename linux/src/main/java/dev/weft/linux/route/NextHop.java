package dev.weft.linux.route;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A next hop object as the kernel described it: a way, or a group of ways, that routes share and
/// that changes in one place.
///
/// @param family the kernel's number: of the gateway or blackhole; 0 for a group
/// @param scope of the gateway
/// @param protocol who made it
/// @param flags bits, see [#has]
/// @param attributes of [NextHopAttributes]
public record NextHop(
        int family, Scope scope, RouteProtocol protocol, int flags, Attributes attributes) {
    static final int HEADER_BYTES = 8;

    static NextHop decode(NetlinkMessage message) {
        return new NextHop(
                message.body().u8(0),
                new Scope(message.body().u8(1)),
                new RouteProtocol(message.body().u8(2)),
                message.body().s32(4),
                Attributes.decode(NextHopAttributes.TABLE, message.body().from(HEADER_BYTES)));
    }

    public long id() {
        return attributes.orElse(NextHopAttributes.ID, 0L);
    }

    public Optional<InetAddress> gateway() {
        return attributes.find(NextHopAttributes.GATEWAY);
    }

    /// The index of the link it leaves by.
    public Optional<Integer> outputLink() {
        return attributes.find(NextHopAttributes.OUTPUT_LINK);
    }

    /// Whether it drops packets.
    public boolean isBlackhole() {
        return attributes.find(NextHopAttributes.BLACKHOLE).isPresent();
    }

    /// The members of a group; none when it is a single one.
    public List<NextHopMember> members() {
        return attributes.orElse(NextHopAttributes.GROUP, List.of());
    }

    public boolean has(RouteFlag flag) {
        return flag.in(flags);
    }
}
