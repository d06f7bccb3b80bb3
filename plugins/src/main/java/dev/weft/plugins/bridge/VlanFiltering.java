package dev.weft.plugins.bridge;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.link.BridgeAttributes;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFilter;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.site.LinkMark;
import dev.weft.plugins.site.Site;

/// Whether a bridge looks at VLANs at all. One that does not takes every port for a member of all,
/// and says nothing when a port is put into one: its containers would not be apart.
///
/// @param site where
public record VlanFiltering(Site site) {
    public static boolean isOn(Link bridge) {
        return bridge.data(BridgeAttributes.VLAN_FILTERING).orElse(false);
    }

    /// Turns it on, where only containers of Weft's notice: those stay in the VLAN that the bridge
    /// gives to each port. Frames with tags that pass somebody else's ports would be dropped.
    ///
    /// @throws CniException when it has to stay off
    /// @throws dev.weft.linux.KernelException when the kernel's bridges cannot
    void require(Link bridge) {
        if (isOn(bridge)) {
            return;
        }
        requireOwn(bridge, ErrorCode.INVALID_CONFIGURATION);
        site.links()
                .change(
                        bridge.index(),
                        LinkRequest.dataOf(
                                LinkKind.BRIDGE,
                                data -> data.put(BridgeAttributes.VLAN_FILTERING, true)));
    }

    /// Makes sure that the bridge has VLAN filtering, or would get it.
    ///
    /// @throws CniException when it is off, and [#require] would not turn it on
    public void requireOwn(Link bridge, ErrorCode code) {
        boolean isOwn =
                isOn(bridge)
                        || site.links().list(LinkFilter.all().master(bridge.index())).stream()
                                .allMatch(LinkMark::isMarked);
        if (!isOwn) {
            throw new CniException(
                    code,
                    "bridge \"" + bridge.name() + "\" does not filter VLANs",
                    "it has ports that Weft did not make, which filtering may cut off: if they can"
                            + " do with it, ip link set "
                            + bridge.name()
                            + " type bridge vlan_filtering 1");
        }
    }
}
