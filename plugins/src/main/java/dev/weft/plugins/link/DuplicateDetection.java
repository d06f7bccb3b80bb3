package dev.weft.plugins.link;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.IpFamily;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Container;
import java.time.Duration;
import java.util.List;

/// Waits until the kernel has asked the link whether somebody else has a container's IPv6 addresses
/// (RFC 4862, section 5.4), which takes it a second or two.
public final class DuplicateDetection {
    private DuplicateDetection() {}

    /// Returns when all addresses of a link can be used.
    ///
    /// @throws CniException when one is somebody else's, or nothing is known in time
    public static void await(Container container, int index, Duration limit) {
        if (isOver(new Addresses(container.socket()).list(index), index)) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try (Watch<?, Address> watch = Addresses.watch(container.namespace())) {
            boolean over = false;
            while (!over) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (left.isNegative()) {
                    throw failure(
                            "duplicate address detection is not over after "
                                    + limit.toSeconds()
                                    + " s");
                }
                watch.next(left);
                over = !watch.rows().isEmpty() && isOver(watch.rows(), index);
            }
        }
    }

    /// @throws CniException when an address is somebody else's
    private static boolean isOver(List<Address> addresses, int index) {
        List<Address> own =
                addresses.stream()
                        .filter(address ->
                                address.linkIndex() == index
                                        && address.family() == IpFamily.IPV6
                                        && !address.address().isLinkLocalAddress())
                        .toList();
        own.stream()
                .filter(address -> address.has(AddressFlag.DUPLICATE))
                .findFirst()
                .ifPresent(address -> {
                    throw failure(
                            "duplicate address detection: somebody else on the link has "
                                    + address.prefix());
                });
        return own.stream().noneMatch(address -> address.has(AddressFlag.TENTATIVE));
    }

    private static CniException failure(String text) {
        return new CniException(ErrorCode.INTERNAL, text);
    }
}
