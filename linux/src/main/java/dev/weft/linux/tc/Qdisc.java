package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;

/// A queueing discipline as the kernel described it.
///
/// @param linkIndex the link that it serves
/// @param handle its name, with minor number 0
/// @param parent [Handle#ROOT], [Handle#INGRESS], or the class whose packets it takes
/// @param references how many hold it
/// @param attributes of [TrafficAttributes]
public record Qdisc(
        int linkIndex, Handle handle, Handle parent, int references, Attributes attributes)
        implements TrafficObject {

    static Qdisc decode(NetlinkMessage message) {
        TrafficHeader header = TrafficHeader.decode(message.body());
        return new Qdisc(
                header.linkIndex(),
                header.handle(),
                header.parent(),
                header.info(),
                TrafficHeader.attributesAfter(message.body()));
    }
}
