package dev.weft.plugins.link;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.site.Site;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether an ADD could be served now; nothing is changed to find out.
///
/// @param site where
public record Readiness(Site site) {
    /// No link can have it, so nothing is made whatever the kernel thinks of the name.
    private static final String PROBE = "weft-probe";

    /// Makes sure that links of some kinds could be made, and records of them written.
    ///
    /// @throws CniException code 50 that says what is missing for links of these kinds
    public void requireLinks(LinkKind... kinds) {
        for (LinkKind kind : kinds) {
            requireKind(kind);
        }
        requireRecords();
    }

    /// Makes sure that a record could be written.
    ///
    /// @throws CniException code 50 when no record can be written
    public void requireRecords() {
        try {
            site.records().requireWritable();
        } catch (CniException failed) {
            throw unavailable(failed.getMessage());
        }
    }

    /// Makes sure that something could stand on a link.
    ///
    /// @param find looks for the link below
    /// @throws CniException code 50 when nothing can stand on it
    public void requireLower(Supplier<Link> find) {
        Link lower;
        try {
            lower = find.get();
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

    /// What is said of something that is missing: code 50.
    public static CniException unavailable(@Nullable String text) {
        return new CniException(ErrorCode.NOT_AVAILABLE, text == null ? "" : text);
    }
}
