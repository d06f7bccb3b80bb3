package dev.weft.plugins;

import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.Plugin;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.StaticAddresses;
import dev.weft.plugins.bridge.Bridge;
import dev.weft.plugins.bridge.PointToPoint;
import dev.weft.plugins.chained.Bandwidth;
import dev.weft.plugins.chained.Sbr;
import dev.weft.plugins.chained.SysctlAllowList;
import dev.weft.plugins.chained.Tuning;
import dev.weft.plugins.chained.Vrf;
import dev.weft.plugins.device.Freestanding;
import dev.weft.plugins.device.HostDevice;
import dev.weft.plugins.device.Loopback;
import dev.weft.plugins.device.Sysfs;
import dev.weft.plugins.filter.Firewall;
import dev.weft.plugins.flannel.Flannel;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.nat.Portmap;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.stacked.Stacked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All plugins, working at one site.
public final class PluginSet {
    /// The names of all plugins: what is installed for runtimes to execute.
    public static final List<String> TYPES =
            List.of(
                    "bridge",
                    "ptp",
                    "macvlan",
                    "ipvlan",
                    "vlan",
                    "loopback",
                    "host-local",
                    "static",
                    "dhcp",
                    "portmap",
                    "firewall",
                    "tuning",
                    "bandwidth",
                    "sbr",
                    "host-device",
                    "tap",
                    "dummy",
                    "vrf",
                    "flannel");

    private final Map<String, Plugin> givingAddresses;
    private final Map<String, Plugin> others;

    /// The plugins of a site.
    ///
    /// @param hostLocal shared by all sites of a process, since it knows the leases
    /// @param dhcp likewise, or else one that asks who knows them
    public PluginSet(Site site, HostLocal hostLocal, Plugin dhcp) {
        this.givingAddresses = byType(hostLocal, new StaticAddresses(), dhcp);
        Ipam ipam =
                new Ipam(
                        site,
                        new InstalledPlugins(
                                type -> Optional.ofNullable(givingAddresses.get(type))));
        this.others =
                byType(
                        new Bandwidth(site),
                        new Bridge(site, ipam),
                        new Firewall(site),
                        new Flannel(site, new InstalledPlugins(this::find)),
                        Freestanding.dummy(site, ipam),
                        Freestanding.tap(site, ipam),
                        new HostDevice(site, ipam, Sysfs.MOUNTED, HostDevice.RETURN_LIMIT),
                        new Loopback(site),
                        new PointToPoint(site, ipam),
                        new Portmap(site),
                        new Sbr(site),
                        Stacked.ipvlan(site, ipam),
                        Stacked.macvlan(site, ipam),
                        Stacked.vlan(site, ipam),
                        new Tuning(site, SysctlAllowList.FILE),
                        new Vrf(site));
    }

    private static Map<String, Plugin> byType(Plugin... plugins) {
        return Stream.of(plugins)
                .collect(Collectors.toUnmodifiableMap(Plugin::type, Function.identity()));
    }

    /// The plugin of a name.
    public Optional<Plugin> find(String type) {
        return Optional.ofNullable(others.get(type))
                .or(() -> Optional.ofNullable(givingAddresses.get(type)));
    }
}
