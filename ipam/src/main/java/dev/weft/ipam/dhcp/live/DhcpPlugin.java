package dev.weft.ipam.dhcp.live;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.ipam.dhcp.DhcpConfiguration;
import dev.weft.ipam.dhcp.Retransmission;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.wire.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The plugin `dhcp`: gives addresses that a server of the container's link lends.
///
/// The interface has to be there before ADD, and until DEL has been: whoever delegates to it has to
/// see to that.
public final class DhcpPlugin implements Plugin {
    static final String TYPE = "dhcp";

    /// Beyond the three seconds for which servers look whether anybody has an address before they
    /// offer it, and the ten that a client waits after one was taken.
    private static final Duration ADD_LIMIT = Duration.ofSeconds(30);

    /// A pair of veths takes a millisecond, a bridge with the spanning tree protocol longer than
    /// anybody should wait.
    private static final Duration LINK_LIMIT = Duration.ofSeconds(2);

    /// Detection of duplicates takes the kernel a second or two.
    private static final Duration DETECTION_LIMIT = Duration.ofSeconds(10);

    /// Sooner than RFC 2131 asks: a container is waited for.
    private static final Retransmission WAITS = new Retransmission(1_000, 16_000, 300);

    private final LeaseHolder holder;

    /// @param holder of all leases of this process
    public DhcpPlugin(LeaseHolder holder) {
        this.holder = holder;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        DhcpConfiguration wanted = DhcpConfiguration.of(request);
        try (LeasedLink link = open(request)) {
            link.bringUp(LINK_LIMIT);
            List<Granted> all = obtain(request, wanted, link);
            if (!hasOwnMtu(request)) {
                all.forEach(granted -> link.lowerMtu(granted.mtuBytes()));
            }
            return all.stream().map(Granted::result).reduce(DhcpPlugin::together).orElseThrow();
        }
    }

    /// All of them, or none.
    private List<Granted> obtain(Request request, DhcpConfiguration wanted, LeasedLink link) {
        List<Granted> all = new ArrayList<>();
        try {
            for (IpFamily family : wanted.families()) {
                all.add(holder.obtain(wish(request, wanted, link, family), link, ADD_LIMIT));
            }
        } finally {
            if (all.size() < wanted.families().size()) {
                wanted.families().stream()
                        .limit(all.size())
                        .forEach(family -> holder.release(LeaseKey.of(request, family)));
            }
        }
        return all;
    }

    private static Result together(Result first, Result second) {
        return new Result(
                List.of(),
                both(first.addresses(), second.addresses()),
                both(first.routes(), second.routes()),
                new Dns(
                        both(first.dns().nameservers(), second.dns().nameservers()),
                        first.dns().domain().or(second.dns()::domain),
                        both(first.dns().search(), second.dns().search()),
                        List.of()));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    private static LeasedLink open(Request request) {
        Path path =
                request.namespacePath()
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INVALID_NAMESPACE,
                                        "no network namespace was given"));
        return LeasedLink.find(path, request.interfaceName())
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INTERNAL,
                                "failed to find interface \""
                                        + request.interfaceName()
                                        + "\" in \""
                                        + request.netns().orElse("")
                                        + '"',
                                "DHCP needs the interface before its address: the plugin that asks"
                                        + " for one has to make it first"));
    }

    private static LeaseWish wish(
            Request request, DhcpConfiguration wanted, LeasedLink link, IpFamily family) {
        MacAddress hardware =
                link.hardware()
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INTERNAL,
                                        '"'
                                                + request.interfaceName()
                                                + "\" has no Ethernet address to ask with"));
        LeaseKey key = LeaseKey.of(request, family);
        Path namespace = lastingPath(request, link.namespace());
        return switch (family) {
            case IPV4 ->
                    new LeaseWish.OfDhcpv4(
                            key,
                            namespace,
                            wanted.settings(hardware, link.hearsOnlyBroadcasts(), WAITS),
                            wanted.priority());
            case IPV6 -> {
                link.awaitLinkLocal(DETECTION_LIMIT);
                yield new LeaseWish.OfDhcpv6(key, namespace, hardware);
            }
        };
    }

    /// A descriptor that came with the request goes with it; the path that the runtime gave is
    /// there as long as the container.
    private static Path lastingPath(Request request, NetworkNamespace namespace) {
        Path path = Path.of(request.netns().orElse(""));
        try (NetworkNamespace again = NetworkNamespace.ofPath(path)) {
            if (again.equals(namespace)) {
                return path;
            }
        } catch (InvalidRequestException | KernelException unknownHere) {
            // Reported as what it means.
        }
        throw new CniException(
                ErrorCode.INVALID_NAMESPACE,
                "leases are renewed in \"" + path + "\", which is another namespace here",
                "whoever holds the leases has to see the path as the runtime does");
    }

    private static boolean hasOwnMtu(Request request) {
        return request.configuration().fields().integer("mtu").orElse(0) != 0;
    }

    @Override
    public void delete(Request request) {
        for (IpFamily family : IpFamily.values()) {
            holder.release(LeaseKey.of(request, family));
        }
    }

    /// Never asks a server: what is lost is lost, and the container has an address that may be
    /// another's.
    @Override
    public void check(Request request) {
        for (IpFamily family : DhcpConfiguration.of(request).families()) {
            check(request, LeaseKey.of(request, family));
        }
    }

    private void check(Request request, LeaseKey key) {
        Granted lease =
                holder.lease(key)
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INTERNAL, "there is no DHCP lease of " + key));
        Optional<Result> previous = request.configuration().previousResult();
        List<IpPrefix> held = addresses(lease.result());
        if (previous.isPresent() && !addresses(previous.get()).containsAll(held)) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "the DHCP lease of " + key + " is for " + held.getFirst() + " by now",
                    "the result has " + addresses(previous.get()));
        }
    }

    private static List<IpPrefix> addresses(Result result) {
        return result.addresses().stream().map(ResultAddress::address).toList();
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        holder.collect(request.network(), valid);
    }

    @Override
    public void status(Request request) {
        DhcpConfiguration.of(request);
        try {
            holder.own();
        } catch (CniException taken) {
            throw new CniException(ErrorCode.NOT_AVAILABLE, taken.text(), taken.details());
        }
    }
}
