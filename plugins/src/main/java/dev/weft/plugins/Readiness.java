package dev.weft.plugins;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import java.util.Optional;

/// Whether an ADD could be served now; nothing is changed to find out.
///
/// @param site where
record Readiness(Site site) {
    /// No link can have it, so nothing is made whatever the kernel thinks of the name.
    private static final String PROBE = "weft-probe";

    /// @throws CniException code 50 that says what is missing
    void requireBridge(BridgeConfiguration wanted) {
        requireKind(LinkKind.BRIDGE);
        requirePair();
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

    /// @throws CniException code 50 that says what is missing
    void requirePair() {
        requireLinks(LinkKind.VETH);
    }

    /// @throws CniException code 50 that says what is missing for links of a kind
    void requireLinks(LinkKind kind) {
        requireKind(kind);
        requireRecords();
    }

    /// @throws CniException code 50 when no record can be written
    void requireRecords() {
        try {
            site.records().requireWritable();
        } catch (CniException failed) {
            throw unavailable(failed.getMessage());
        }
    }

    /// @throws CniException code 50 when nothing can stand on the link below
    void requireLower(StackedKeys keys) {
        Link lower;
        try {
            lower = keys.lower(site.socket());
        } catch (CniException failed) {
            throw unavailable(failed.getMessage());
        }
        if (!lower.isUp()) {
            throw unavailable("master \"" + lower.name() + "\" is down: set it up");
        }
    }

    /// A kernel that knows a kind, or loads it now, looks at the hardware address before it makes
    /// anything, and one byte is not enough (`rtnl_newlink`, then `ops->validate`).
    private void requireKind(LinkKind kind) {
        try {
            site.links()
                    .create(
                            LinkRequest.of(kind, PROBE)
                                    .address(HardwareAddress.of(new byte[] {2})));
        } catch (KernelException refused) {
            if (refused.is(Errno.EOPNOTSUPP)) {
                throw unavailable(refused.getMessage());
            }
            if (!refused.is(Errno.EINVAL)) {
                throw unavailable("cannot make links: " + refused.getMessage());
            }
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

    private static CniException unavailable(@org.jspecify.annotations.Nullable String text) {
        return new CniException(ErrorCode.NOT_AVAILABLE, text == null ? "" : text);
    }
}
