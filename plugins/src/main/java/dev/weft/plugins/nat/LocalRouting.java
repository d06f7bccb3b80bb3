package dev.weft.plugins.nat;

import dev.weft.firewall.NftObject;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Ipv4Setting;
import dev.weft.linux.link.Link;
import dev.weft.linux.route.RouteAnswer;
import dev.weft.linux.route.RouteLookup;
import dev.weft.linux.route.Routes;
import dev.weft.plugins.site.Site;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Lets what the host sends from 127.0.0.1 to a published port leave by the container's device
/// (`net.ipv4.conf.DEVICE.route_localnet`), as long as something is published behind that device.
final class LocalRouting {
    /// The comment of a group whose device did not let them through before.
    static final String WAS_OFF = "route_localnet was 0";

    private final Site site;

    LocalRouting(Site site) {
        this.site = site;
    }

    private static String[] key(String device) {
        return new String[] {"net", "ipv4", "conf", device, "route_localnet"};
    }

    /// The device of the host that leads to a container.
    Optional<Link> device(InetAddress container) {
        RouteAnswer answer = new Routes(site.socket()).lookUp(RouteLookup.to(container));
        return answer instanceof RouteAnswer.Found(var route)
                ? route.outputLink().flatMap(index -> site.links().find(index))
                : Optional.empty();
    }

    static boolean isOn(Link device) {
        return device.ipv4(Ipv4Setting.ROUTE_LOCALNET).orElse(0) == 1;
    }

    boolean isOn(String device) {
        return site.host().sysctls().find(key(device)).filter("1"::equals).isPresent();
    }

    void allow(String device) {
        site.host().sysctls().write("1", key(device));
    }

    /// Undoes it with the last container behind the device. Nobody else may publish meanwhile.
    ///
    /// @param device of the attachment that has been removed
    /// @param wasOff whether it was off before that attachment came
    /// @param removed groups that have gone with the attachment
    void restore(String device, boolean wasOff, List<NftObject> removed) {
        boolean isOurs =
                wasOff
                        || removed.stream()
                                .anyMatch(chain ->
                                        chain.comment().filter(WAS_OFF::equals).isPresent());
        if (!isOurs || site.sharedTable().hasGroup(PortsPart.groupsOf(device))) {
            return;
        }
        try {
            site.host().sysctls().write("0", key(device));
        } catch (KernelException failed) {
            if (!failed.is(Errno.ENOENT)) {
                throw failed;
            }
        }
    }
}
