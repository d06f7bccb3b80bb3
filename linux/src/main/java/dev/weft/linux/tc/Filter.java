package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.util.List;

/// A filter as the kernel described it. Of one u32 filter the kernel lists three rows: its
/// priority, its hash table, and itself, which alone has a selector.
///
/// @param linkIndex the link of the discipline; -1 when the filter is in a shared block
/// @param handle its name among those of its parent and priority, as the kind numbers them
/// @param parent the discipline or class it hangs on, [Handle#WAY_IN], [Handle#WAY_OUT]
/// @param priority 1 to 65,535; lower ones are tried first
/// @param protocol the Ethernet type that it is for, 3 for all (`ETH_P_ALL`)
/// @param attributes of [TrafficAttributes]
public record Filter(
        int linkIndex,
        Handle handle,
        Handle parent,
        int priority,
        int protocol,
        Attributes attributes)
        implements TrafficObject {

    static Filter decode(NetlinkMessage message) {
        TrafficHeader header = TrafficHeader.decode(message.body());
        return new Filter(
                header.linkIndex(),
                header.handle(),
                header.parent(),
                header.priority(),
                header.protocol(),
                TrafficHeader.attributesAfter(message.body()));
    }

    /// What it does with matching packets, in order.
    public List<Action> actions() {
        return kind().flatMap(TrafficKind::actions)
                .flatMap(this::option)
                .map(Action::list)
                .orElseGet(List::of);
    }

    /// The chain that it is in.
    public long chain() {
        return attributes.orElse(TrafficAttributes.CHAIN, 0L);
    }
}
