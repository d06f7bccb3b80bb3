package dev.weft.linux.link;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The VLANs of the bridges in one namespace and of their ports. They take effect while the bridge
/// has [BridgeAttributes#VLAN_FILTERING] on.
public final class BridgeVlans {
    private static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_SETLINK = 19;
    private static final int AF_BRIDGE = 7;
    private static final long RTEXT_FILTER_BRVLAN_COMPRESSED = 4;
    private static final int BRIDGE_FLAGS_SELF = 2;

    private final NetlinkSocket socket;

    /// The bridges that a socket's namespace has.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public BridgeVlans(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// The VLANs of every bridge and every port, by the link's index.
    public Map<Integer, List<BridgeVlan>> list() {
        Attributes mask =
                Attributes.build(
                        BridgeViewAttributes.TABLE,
                        writer ->
                                writer.put(
                                        BridgeViewAttributes.EXTENDED_MASK,
                                        RTEXT_FILTER_BRVLAN_COMPRESSED));
        Map<Integer, List<BridgeVlan>> vlans = new LinkedHashMap<>();
        socket.dump(request(RTM_GETLINK, 0, mask, "list", "bridge VLANs"), BridgeVlans::decode)
                .consistentRows()
                .forEach(row -> vlans.merge(row.link, row.vlans, BridgeVlans::joined));
        return vlans;
    }

    /// Makes a port a member. A VLAN it is a member of already takes on the new flags.
    ///
    /// @throws dev.weft.linux.KernelException EOPNOTSUPP when the link is no port of a bridge
    public void add(int port, BridgeVlan vlan) {
        socket.request(request(RTM_SETLINK, port, membership(vlan, 0), "add VLAN to", link(port)));
    }

    /// Ends a port's membership; none is no error.
    public void remove(int port, BridgeVlan vlan) {
        socket.request(
                request(RTM_DELLINK, port, membership(vlan, 0), "remove VLAN from", link(port)));
    }

    /// Makes the bridge itself a member, so that the host takes part in the VLAN.
    public void addSelf(int bridge, BridgeVlan vlan) {
        socket.request(
                request(
                        RTM_SETLINK,
                        bridge,
                        membership(vlan, BRIDGE_FLAGS_SELF),
                        "add VLAN to",
                        link(bridge)));
    }

    /// Ends the bridge's own membership.
    public void removeSelf(int bridge, BridgeVlan vlan) {
        socket.request(
                request(
                        RTM_DELLINK,
                        bridge,
                        membership(vlan, BRIDGE_FLAGS_SELF),
                        "remove VLAN from",
                        link(bridge)));
    }

    private static String link(int index) {
        return "link " + index;
    }

    private static NetlinkRequest request(
            int type, int index, Attributes attributes, String operation, String object) {
        LinkHeader header = new LinkHeader(AF_BRIDGE, 0, index, 0, 0);
        return NetlinkRequest.of(type, 0, header::encode, attributes, operation, object);
    }

    static Attributes membership(BridgeVlan vlan, int whom) {
        return Attributes.build(
                BridgeViewAttributes.TABLE,
                writer ->
                        writer.nest(
                                BridgeViewAttributes.BRIDGE,
                                inside -> {
                                    if (whom != 0) {
                                        inside.put(BridgeViewDataAttributes.FLAGS, whom);
                                    }
                                    entries(inside, vlan);
                                }));
    }

    private static void entries(AttributeWriter writer, BridgeVlan vlan) {
        int flags =
                (vlan.pvid() ? BridgeVlanEntry.PVID : 0)
                        | (vlan.untagged() ? BridgeVlanEntry.UNTAGGED : 0);
        if (vlan.first() == vlan.last()) {
            entry(writer, flags, vlan.first());
        } else {
            entry(writer, flags | BridgeVlanEntry.RANGE_BEGIN, vlan.first());
            entry(writer, flags | BridgeVlanEntry.RANGE_END, vlan.last());
        }
    }

    private static void entry(AttributeWriter writer, int flags, int id) {
        writer.put(BridgeViewDataAttributes.VLAN, new BridgeVlanEntry(flags, id));
    }

    private static List<BridgeVlan> joined(List<BridgeVlan> left, List<BridgeVlan> right) {
        List<BridgeVlan> both = new ArrayList<>(left);
        both.addAll(right);
        return List.copyOf(both);
    }

    /// One message's part: large sets are spread over several.
    record Row(int link, List<BridgeVlan> vlans) {}

    static Row decode(NetlinkMessage message) {
        LinkHeader header = LinkHeader.decode(message.body());
        Attributes attributes =
                Attributes.decode(
                        BridgeViewAttributes.TABLE, message.body().from(LinkHeader.BYTES));
        return new Row(
                header.index(),
                attributes
                        .find(BridgeViewAttributes.BRIDGE)
                        .map(BridgeVlans::vlans)
                        .orElse(List.of()));
    }

    private static List<BridgeVlan> vlans(Attributes bridge) {
        Collector collector = new Collector();
        bridge.all(BridgeViewDataAttributes.VLAN).forEach(collector::take);
        return List.copyOf(collector.vlans);
    }

    /// Puts the two ends of each range together.
    private static final class Collector {
        private final List<BridgeVlan> vlans = new ArrayList<>();
        private Optional<BridgeVlanEntry> begin = Optional.empty();

        void take(BridgeVlanEntry entry) {
            if (entry.has(BridgeVlanEntry.RANGE_BEGIN)) {
                begin = Optional.of(entry);
                return;
            }
            int first = begin.map(BridgeVlanEntry::id).orElse(entry.id());
            begin = Optional.empty();
            vlans.add(vlan(first, entry));
        }

        private static BridgeVlan vlan(int first, BridgeVlanEntry entry) {
            try {
                return new BridgeVlan(
                        first,
                        entry.id(),
                        entry.has(BridgeVlanEntry.PVID),
                        entry.has(BridgeVlanEntry.UNTAGGED));
            } catch (InvalidRequestException outOfRange) {
                throw new MalformedMessageException(
                        "IFLA_BRIDGE_VLAN_INFO: " + outOfRange.getMessage());
            }
        }
    }
}
