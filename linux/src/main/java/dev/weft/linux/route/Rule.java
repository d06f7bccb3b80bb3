package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.util.Optional;

/// A policy rule as the kernel described it; what has no accessor here is in [#attributes].
///
/// @param destination the packets it selects, by where they go
/// @param source the packets it selects, by where they come from
/// @param typeOfService the value packets must have, 0 for any
/// @param action what happens to them
/// @param flags bits, see [#has]
/// @param attributes of [RuleAttributes]
public record Rule(
        IpPrefix destination,
        IpPrefix source,
        int typeOfService,
        RuleAction action,
        int flags,
        Attributes attributes) {

    /// A rule of IP; nothing for one of multicast forwarding.
    static Optional<Rule> decode(NetlinkMessage message) {
        RuleHeader header = RuleHeader.decode(message.body());
        return IpFamily.of(header.family()).map(family -> decode(family, header, message));
    }

    private static Rule decode(IpFamily family, RuleHeader header, NetlinkMessage message) {
        Attributes attributes =
                Attributes.decode(RuleAttributes.TABLE, message.body().from(RuleHeader.BYTES));
        return new Rule(
                Prefixes.of(
                        family, attributes, RuleAttributes.DESTINATION, header.destinationLength()),
                Prefixes.of(family, attributes, RuleAttributes.SOURCE, header.sourceLength()),
                header.typeOfService(),
                new RuleAction(header.action()),
                header.flags(),
                attributes);
    }

    public IpFamily family() {
        return IpFamily.of(destination.address());
    }

    /// Its place: the lowest is asked first.
    public long priority() {
        return attributes.orElse(RuleAttributes.PRIORITY, 0L);
    }

    /// The table it looks into; [RouteTable#UNSPECIFIED] when it does something else.
    public long table() {
        return attributes.orElse(RuleAttributes.ROUTE_TABLE, RouteTable.UNSPECIFIED);
    }

    public boolean has(RuleFlag flag) {
        return (flags & flag.bit()) != 0;
    }
}
