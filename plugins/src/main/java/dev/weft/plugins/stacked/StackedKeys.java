package dev.weft.plugins.stacked;

import static dev.weft.plugins.link.InterfaceCheck.failure;
import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniException;
import dev.weft.cni.Dns;
import dev.weft.cni.Fields;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.plugins.site.CommonKeys;
import java.util.Optional;

/// The keys that all plugins have whose interface stands on another link.
///
/// @param master the name of the link below, where it is told
/// @param mtuBytes 0 for that of the link below
/// @param inContainer whether the link below is in the container's namespace
/// @param dns instead of what the addresses' plugin says
public record StackedKeys(
        Optional<String> master, int mtuBytes, boolean inContainer, Optional<Dns> dns) {

    static StackedKeys of(Fields fields) {
        return new StackedKeys(
                fields.text("master").filter(name -> !name.isEmpty()),
                fields.integer("mtu").orElse(0),
                fields.flag("linkInContainer").orElse(false),
                CommonKeys.dns(fields));
    }

    /// These, with another link below where none is told.
    StackedKeys orMaster(Optional<String> other) {
        return new StackedKeys(master.or(() -> other), mtuBytes, inContainer, dns);
    }

    /// The link below.
    ///
    /// @param socket of the namespace that it is in
    /// @throws CniException when there is none
    public Link lower(NetlinkSocket socket) {
        if (master.isEmpty()) {
            return DefaultRoute.link(socket)
                    .orElseThrow(() ->
                            failure("no default route interface found: name one in \"master\""));
        }
        String name = master.get();
        return new Links(socket)
                .find(name)
                .orElseThrow(
                        () -> failure("failed to lookup master \"" + name + "\": Link not found"));
    }

    /// What is asked of the interface that stands on a link.
    ///
    /// @throws CniException when it could not send packets as large as it shall
    LinkRequest on(Link lower, LinkRequest asked) {
        if (mtuBytes < 0 || mtuBytes > lower.mtu()) {
            throw invalid(
                    "invalid MTU " + mtuBytes + ", must be [0, master MTU(" + lower.mtu() + ")]");
        }
        LinkRequest stacked = asked.lower(lower.index());
        return mtuBytes == 0 ? stacked : stacked.mtu(mtuBytes);
    }
}
