package dev.weft.linux.route;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.NetlinkMessage;
import java.util.EnumSet;
import java.util.Set;

/// What a lookup says. That a packet goes nowhere is an answer as well.
public sealed interface RouteAnswer {
    /// It goes this way.
    record Found(Route route) implements RouteAnswer {}

    /// It goes nowhere, and its local sender gets this errno: ENETUNREACH no route, EHOSTUNREACH an
    /// unreachable route, EACCES a prohibiting one, EINVAL a blackhole (or, for a packet that comes
    /// in, an impossible source), EXDEV an incoming packet that the reverse path filter drops.
    ///
    /// @param errno positive
    record Refused(int errno) implements RouteAnswer {
        @Override
        public String toString() {
            return "refused: " + Errno.describe(errno);
        }
    }

    /// Whether the kernel answered that the packet goes nowhere, and not that it was asked badly:
    /// of the latter it says more.
    static boolean isRefusal(KernelException failed) {
        Set<Errno> noWay =
                EnumSet.of(
                        Errno.ENETUNREACH,
                        Errno.EHOSTUNREACH,
                        Errno.EACCES,
                        Errno.EINVAL,
                        Errno.EXDEV);
        return failed.detail().isEmpty()
                && Errno.of(failed.errno()).filter(noWay::contains).isPresent();
    }

    /// The route of an answer.
    ///
    /// @throws MalformedMessageException when it is none of IP
    static Route decode(NetlinkMessage message) {
        return Route.decode(message)
                .orElseThrow(() -> new MalformedMessageException("the answer is no route of IP"));
    }
}
