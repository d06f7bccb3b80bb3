package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.OperationalState;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.Subscription;
import java.time.Duration;

/// Waits until the host's end of a pair carries packets.
///
/// The kernel notices that both ends are up by a task of its own (`net/core/link_watch.c`); a port
/// of a bridge forwards from then on. Mostly that has happened when somebody looks, so events are
/// subscribed to only when it has not.
public final class LinkReadiness {
    private static final int RTNLGRP_LINK = 1;

    private LinkReadiness() {}

    /// Returns when the link is operationally up.
    ///
    /// @throws CniException when it is not in time, or is gone
    public static Link await(Site site, Link link, Duration limit) {
        Link now = look(site, link);
        return isReady(now) ? now : awaitEvent(site, link, limit);
    }

    private static Link awaitEvent(Site site, Link link, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Subscription events =
                Subscription.open(
                        NetlinkProtocol.ROUTE, site.host(), "link events", RTNLGRP_LINK)) {
            Link now = look(site, link);
            while (!isReady(now)) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (left.isNegative()) {
                    throw new CniException(
                            ErrorCode.INTERNAL,
                            "bridge port in error state: "
                                    + now.name()
                                    + " is "
                                    + now.operationalState()
                                    + " after "
                                    + limit.toSeconds()
                                    + " s");
                }
                events.next(left);
                now = look(site, link);
            }
            return now;
        }
    }

    private static boolean isReady(Link link) {
        OperationalState state = link.operationalState();
        return state.equals(OperationalState.UP) || state.equals(OperationalState.UNKNOWN);
    }

    private static Link look(Site site, Link link) {
        return site.links()
                .find(link.index())
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INTERNAL,
                                "bridge port in error state: " + link.name() + " is gone"));
    }
}
