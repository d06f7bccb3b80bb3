package dev.weft.plugins.bridge;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Result;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// A pair of devices: one in the container under its final name, the other on the host. Both are
/// down at first.
///
/// The container's end is created where it belongs: to move or to rename a device later takes the
/// kernel 19 ms under a lock that everybody needs. One queue each spares another grace period.
///
/// @param host the host's end, as the kernel made it
/// @param containerIndex of the container's end, in its namespace
/// @param containerAddress of the container's end
record Veth(Link host, int containerIndex, HardwareAddress containerAddress) {
    /// Locally administered, and usual for addresses made of one of IPv4.
    private static final byte LASTING_0 = 0x0a;

    private static final byte LASTING_1 = 0x58;

    /// What to make.
    ///
    /// @param containerName the container's end
    /// @param mtuBytes of both, 0 for the kernel's default
    /// @param containerAddress of the container's end
    /// @param master the bridge that the host's end becomes a port of, 0 for none
    record Wanted(
            String containerName, int mtuBytes, HardwareAddress containerAddress, int master) {}

    /// Makes a pair.
    ///
    /// @param hostName the host's end
    /// @return nothing when a link of the host has that name
    /// @throws CniException when the container has an interface of that name
    static Optional<Veth> create(Site site, Container container, String hostName, Wanted wanted) {
        LinkRequest inside =
                LinkRequest.named(wanted.containerName())
                        .in(container.namespace())
                        .address(wanted.containerAddress())
                        .queues(1);
        LinkRequest pair = LinkRequest.veth(hostName, sized(inside, wanted.mtuBytes())).queues(1);
        if (wanted.master() != 0) {
            pair = pair.master(wanted.master());
        }
        try {
            Link host = site.links().create(sized(pair, wanted.mtuBytes()));
            return Optional.of(
                    new Veth(
                            host,
                            host.lower().orElseThrow(() -> new AssertionError(host)),
                            wanted.containerAddress()));
        } catch (KernelException failed) {
            if (!failed.is(Errno.EEXIST)) {
                throw failed;
            }
            requireFree(container, wanted.containerName(), hostName);
            return Optional.empty();
        }
    }

    private static LinkRequest sized(LinkRequest end, int mtuBytes) {
        return mtuBytes == 0 ? end : end.mtu(mtuBytes);
    }

    private static void requireFree(Container container, String name, String hostName) {
        if (container.links().find(name).isPresent()) {
            throw taken(name, hostName);
        }
    }

    static CniException taken(String name, String hostName) {
        return new CniException(
                ErrorCode.INTERNAL,
                "container veth name (\""
                        + name
                        + "\") peer provided (\""
                        + hostName
                        + "\") already exists");
    }

    /// The hardware address that goes with an attachment's only address, if that is of IPv4:
    /// whoever has the address next has the same, so no neighbour remembers a wrong one.
    static Optional<HardwareAddress> lastingAddress(Result result) {
        if (result.addresses().size() != 1) {
            return Optional.empty();
        }
        byte[] own = result.addresses().getFirst().address().address().getAddress();
        return own.length == 4
                ? Optional.of(
                        HardwareAddress.of(LASTING_0, LASTING_1, own[0], own[1], own[2], own[3]))
                : Optional.empty();
    }

    /// A hardware address that nobody was given: locally administered, of a single station.
    static HardwareAddress randomAddress() {
        byte[] bytes = new byte[6];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[0] = (byte) ((bytes[0] & 0xfc) | 0x02);
        return HardwareAddress.of(bytes);
    }
}
