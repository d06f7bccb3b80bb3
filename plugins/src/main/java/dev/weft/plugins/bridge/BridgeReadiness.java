package dev.weft.plugins.bridge;

import static dev.weft.plugins.link.Readiness.unavailable;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.Site;
import java.util.Optional;

/// Whether a container could get a port of a bridge now.
///
/// @param site where
record BridgeReadiness(Site site) {

    /// @throws CniException code 50 that says what is missing
    void require(BridgeConfiguration wanted) {
        new Readiness(site).requireLinks(LinkKind.BRIDGE, LinkKind.VETH);
        Optional<Link> link = site.links().find(wanted.bridge());
        if (link.isPresent() && !link.get().kind().equals(Optional.of(LinkKind.BRIDGE))) {
            throw unavailable(
                    '"'
                            + wanted.bridge()
                            + "\" already exists but is not a bridge: remove it, or name another"
                            + " one");
        }
        if (wanted.vlans().areNamed()) {
            link.ifPresent(
                    bridge -> new VlanFiltering(site).requireOwn(bridge, ErrorCode.NOT_AVAILABLE));
        }
        if (wanted.spoofCheck()) {
            requireNftables();
        }
    }

    private void requireNftables() {
        try {
            site.nftables().generation();
        } catch (KernelException refused) {
            throw unavailable(
                    "macspoofchk needs nftables, which this kernel lacks: " + refused.getMessage());
        }
    }
}
