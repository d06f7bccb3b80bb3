package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;

/// A class of a discipline as the kernel described it.
///
/// @param linkIndex the link of the discipline
/// @param handle its name: the discipline's major number and its own minor number
/// @param parent the class above, or [Handle#ROOT]
/// @param leaf the discipline that takes its packets; [Handle#NONE] for the built-in queue
/// @param attributes of [TrafficAttributes]
public record TrafficClass(
        int linkIndex, Handle handle, Handle parent, Handle leaf, Attributes attributes)
        implements TrafficObject {

    static TrafficClass decode(NetlinkMessage message) {
        TrafficHeader header = TrafficHeader.decode(message.body());
        return new TrafficClass(
                header.linkIndex(),
                header.handle(),
                header.parent(),
                new Handle(header.info()),
                TrafficHeader.attributesAfter(message.body()));
    }
}
