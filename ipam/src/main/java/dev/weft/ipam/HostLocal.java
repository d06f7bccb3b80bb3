package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Configuration;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.LinuxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Gives addresses out of ranges, and keeps them in files that the reference implementation's
/// host-local reads and writes as well, even at the same time. May be called by many threads.
///
/// An instance that lives long knows the leases and reads little; one that serves a single call
/// reads the log beside them.
public final class HostLocal implements Plugin {
    /// More networks than a machine has; of others the index is made again.
    private static final int MAX_NETWORKS = 256;

    private final Supplier<Boot> boot;
    private final InstantSource clock;
    private final Disk disk;
    private final KnownRanges ranges = new KnownRanges();
    private final Map<Path, Leases> networks =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Leases> eldest) {
                    return size() > MAX_NETWORKS;
                }
            };

    /// Knows nothing yet.
    public HostLocal() {
        this(Boot::current, InstantSource.system(), new Disk(_ -> {}));
    }

    HostLocal(Supplier<Boot> boot, InstantSource clock, Disk disk) {
        this.boot = boot;
        this.clock = clock;
        this.disk = disk;
    }

    @Override
    public String type() {
        return "host-local";
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    private Leases leases(Configuration network) {
        Path directory = HostLocalConfiguration.dataDirectory(network).toAbsolutePath();
        synchronized (networks) {
            return networks.computeIfAbsent(
                    directory.resolve(network.name()),
                    _ -> new Leases(directory, network.name(), boot.get(), clock, disk));
        }
    }

    @Override
    public Result add(Request request) {
        HostLocalConfiguration configuration = HostLocalConfiguration.of(request, ranges);
        Dns dns = configuration.resolvConf().map(this::dns).orElse(Dns.none());
        List<ResultAddress> addresses =
                leases(request.configuration())
                        .change(leases ->
                                new Allocation(leases, configuration, request.attachment())
                                        .addresses());
        return new Result(List.of(), addresses, configuration.routes(), dns);
    }

    private Dns dns(Path resolverFile) {
        return ResolverFile.read(resolverFile, disk);
    }

    @Override
    public void delete(Request request) {
        leases(request.configuration())
                .changeExisting(leases -> {
                    leases.leasesOf(request.attachment()).forEach(leases::release);
                    return leases;
                });
    }

    @Override
    public void check(Request request) {
        HostLocalConfiguration configuration = HostLocalConfiguration.of(request, ranges);
        List<IpNumber> held =
                leases(request.configuration())
                        .changeExisting(leases ->
                                leases.leasesOf(request.attachment()).stream()
                                        .filter(leases::isThere)
                                        .map(Lease::address)
                                        .toList())
                        .orElse(List.of());
        if (held.isEmpty()) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "host-local: Failed to find address added by container "
                            + request.containerId());
        }
        request.configuration()
                .previousResult()
                .ifPresent(previous -> requireHeld(held, previous, configuration));
    }

    /// What other plugins gave is in no range of this one.
    private static void requireHeld(
            List<IpNumber> held, Result previous, HostLocalConfiguration configuration) {
        for (ResultAddress each : previous.addresses()) {
            IpNumber address = IpNumber.of(each.address().address());
            if (!held.contains(address) && configuration.setOf(address).isPresent()) {
                throw new CniException(
                        ErrorCode.INTERNAL,
                        "host-local: the container has "
                                + address
                                + " which is not reserved for it",
                        "reserved are " + held);
            }
        }
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Set<String> containers =
                valid.stream().map(AttachmentId::containerId).collect(Collectors.toSet());
        leases(request.configuration())
                .changeExisting(leases -> {
                    leases.all().stream()
                            .filter(lease -> !isValid(lease.owner(), valid, containers))
                            .forEach(leases::release);
                    return leases;
                });
    }

    private static boolean isValid(
            AttachmentId owner, Set<AttachmentId> valid, Set<String> containers) {
        return owner.equals(Lease.NOBODY)
                || valid.contains(owner)
                || (owner.interfaceName().isEmpty() && containers.contains(owner.containerId()));
    }

    @Override
    public void status(Request request) {
        HostLocalConfiguration configuration = HostLocalConfiguration.of(request, ranges);
        configuration.resolvConf().ifPresent(this::dns);
        List<PoolLevel> levels;
        try {
            levels = levels(request.configuration(), configuration);
        } catch (CniException | LinuxException unusable) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "no addresses can be given",
                    String.valueOf(unusable.getMessage()));
        }
        if (levels.stream().anyMatch(PoolLevel::isExhausted)) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "no IP addresses available",
                    levels.stream().map(PoolLevel::toString).collect(Collectors.joining("; ")));
        }
    }

    /// How full the range sets of a network are, in their order.
    ///
    /// @throws CniException when the request's configuration is invalid, or the leases cannot be
    ///   read
    public List<PoolLevel> levels(Request request) {
        return levels(request.configuration(), HostLocalConfiguration.of(request, ranges));
    }

    private List<PoolLevel> levels(Configuration network, HostLocalConfiguration configuration) {
        return leases(network)
                .change(leases -> {
                    List<PoolLevel> levels = new ArrayList<>();
                    for (RangeSet set : configuration.rangeSets()) {
                        levels.add(
                                new PoolLevel(
                                        levels.size(),
                                        set.toString(),
                                        set.capacity(),
                                        set.taken(leases.taken())));
                    }
                    return levels;
                });
    }
}
