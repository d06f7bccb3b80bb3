package dev.weft.linux.link;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Slice;
import dev.weft.linux.netlink.WatchedTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Links as a [dev.weft.linux.netlink.Watch] follows them.
///
/// A bridge tells of its ports in messages of its own family. One that announces a port holds what
/// the bridge keeps for it, and that is taken over; one that "deletes" a link only says that it is
/// no port any more, which the link's own notification says as well.
final class WatchedLinks implements WatchedTable<Integer, Link> {
    private static final int RTNLGRP_LINK = 1;
    private static final int AF_BRIDGE = 7;

    /// Counters and clocks, which differ at every reading, and what only notifications have.
    private static final List<Attribute<?>> RESTLESS =
            List.of(
                    LinkAttributes.STATISTICS,
                    LinkAttributes.STATISTICS_32,
                    LinkAttributes.FAMILIES,
                    LinkAttributes.EVENT,
                    LinkAttributes.INFO);

    private static final List<Attribute<?>> RESTLESS_OF_BRIDGE =
            List.of(
                    BridgeAttributes.HELLO_TIMER,
                    BridgeAttributes.TOPOLOGY_NOTICE_TIMER,
                    BridgeAttributes.TOPOLOGY_CHANGE_TIMER,
                    BridgeAttributes.GARBAGE_TIMER,
                    BridgeAttributes.LEARNED_ADDRESSES,
                    BridgeAttributes.MULTICAST_QUERIER_STATE);

    private static final List<Attribute<?>> RESTLESS_OF_BRIDGE_PORT =
            List.of(
                    BridgePortAttributes.MESSAGE_AGE_TIMER,
                    BridgePortAttributes.FORWARD_DELAY_TIMER,
                    BridgePortAttributes.HOLD_TIMER,
                    BridgePortAttributes.MULTICAST_HOSTS,
                    BridgePortAttributes.MULTICAST_GROUPS);

    private static final Attributes NO_INFO = Attributes.empty(LinkInfoAttributes.TABLE);

    private static final List<Attribute<?>> DATA_AND_PORT =
            List.of(
                    LinkInfoAttributes.DATA,
                    LinkInfoAttributes.PORT_DATA,
                    LinkInfoAttributes.STATISTICS);

    @Override
    public String name() {
        return "links";
    }

    @Override
    public int[] groups() {
        return new int[] {RTNLGRP_LINK};
    }

    @Override
    public Dump<Link> dump(NetlinkSocket socket) {
        return new Links(socket).dump(LinkFilter.all().withoutFamilyStatistics());
    }

    @Override
    public Integer key(Link link) {
        return link.index();
    }

    @Override
    public List<Update<Link>> updates(NetlinkMessage message, Map<Integer, Link> rows) {
        boolean present = message.type() == Links.RTM_NEWLINK;
        if (!present && message.type() != Links.RTM_DELLINK) {
            return List.of();
        }
        LinkHeader header = LinkHeader.decode(message.body());
        if (header.family() == AF_BRIDGE) {
            Link port = rows.get(header.index());
            return present && port != null ? portUpdate(port, message) : List.of();
        }
        Link link = Link.decode(message);
        return List.of(present ? new Update.Present<>(link) : new Update.Absent<>(link));
    }

    private static List<Update<Link>> portUpdate(Link port, NetlinkMessage message) {
        return Attributes.decode(BridgeViewAttributes.TABLE, message.body().from(LinkHeader.BYTES))
                .find(BridgeViewAttributes.PORT)
                .<List<Update<Link>>>map(data -> List.of(new Update.Present<>(port.withPort(data))))
                .orElse(List.of());
    }

    @Override
    public boolean same(Link before, Link after) {
        return before.flags() == after.flags() && lasting(before).equals(lasting(after));
    }

    /// What makes up a link apart from its counters and clocks, in no order.
    private static List<Map<Integer, Slice>> lasting(Link link) {
        Attributes info = link.attributes().orElse(LinkAttributes.INFO, NO_INFO);
        return List.of(
                values(link.attributes(), RESTLESS),
                values(info, DATA_AND_PORT),
                info.nested(LinkInfoAttributes.DATA)
                        .map(data -> values(data, restless(data)))
                        .orElse(Map.of()),
                info.nested(LinkInfoAttributes.PORT_DATA)
                        .map(data -> values(data, restless(data)))
                        .orElse(Map.of()));
    }

    private static List<Attribute<?>> restless(Attributes data) {
        if (data.table() == BridgeAttributes.TABLE) {
            return RESTLESS_OF_BRIDGE;
        }
        return data.table() == BridgePortAttributes.TABLE ? RESTLESS_OF_BRIDGE_PORT : List.of();
    }

    private static Map<Integer, Slice> values(Attributes attributes, List<Attribute<?>> restless) {
        Map<Integer, Slice> values = new HashMap<>();
        attributes.without(restless).forEach(values::put);
        return values;
    }
}
