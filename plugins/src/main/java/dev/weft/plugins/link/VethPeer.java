package dev.weft.plugins.link;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.NamespaceIds;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import java.util.Optional;

/// The host's end of the pair that a container's interface is one end of, as the kernel knows it:
/// whoever made the pair, and whatever a result says.
public final class VethPeer {
    private VethPeer() {}

    /// The other end of a container's interface.
    ///
    /// @throws CniException when it is no veth, or its other end is not on the host
    public static Link of(Site site, Container container, String interfaceName) {
        Link inside =
                container
                        .links()
                        .find(interfaceName)
                        .orElseThrow(() -> failure(interfaceName, "there is no such interface"));
        if (!inside.kind().equals(Optional.of(LinkKind.VETH))) {
            throw failure(
                    interfaceName, "it is of kind " + inside.kindName().orElse("of hardware"));
        }
        int index = inside.lower().orElse(0);
        Optional<Integer> host = new NamespaceIds(container.socket()).find(site.host());
        boolean onHost =
                host.isPresent()
                        && host.equals(inside.attributes().find(LinkAttributes.LOWER_NAMESPACE));
        return Optional.of(index)
                .filter(_ -> onHost)
                .flatMap(peer -> site.links().find(peer))
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INTERNAL,
                                "veth peer with index " + index + " is not in host ns"));
    }

    private static CniException failure(String interfaceName, String why) {
        return new CniException(
                ErrorCode.INTERNAL,
                "container interface " + interfaceName + " has no veth peer: " + why);
    }
}
