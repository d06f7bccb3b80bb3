package dev.weft.plugins.chained;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.tc.ActionRequest;
import dev.weft.linux.tc.Filter;
import dev.weft.linux.tc.FilterRequest;
import dev.weft.linux.tc.Filters;
import dev.weft.linux.tc.Handle;
import dev.weft.linux.tc.MirredAttributes;
import dev.weft.linux.tc.MirredAttributes.Way;
import dev.weft.linux.tc.Qdisc;
import dev.weft.linux.tc.QdiscRequest;
import dev.weft.linux.tc.Qdiscs;
import dev.weft.linux.tc.TrafficKind;
import dev.weft.linux.tc.U32Selector;
import dev.weft.plugins.site.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What limits a container on the host.
///
/// ```
///  container        host's end of the pair
///   eth0 ────────── veth ◀── token bucket ◀── what goes to the container
///                    │
///                    └─ way in: every packet ──▶ ifb ──▶ token bucket ──▶ on its way
/// ```
///
/// A qdisc holds back only what leaves a link; what comes in is sent through an ifb (intermediate
/// functional block), which it leaves. Other users of the way in keep theirs: a `clsact` or
/// `ingress` qdisc that is there is used, and one that has filters is not removed.
final class TrafficLimiter {
    private final Site site;

    TrafficLimiter(Site site) {
        this.site = site;
    }

    private Qdiscs qdiscs() {
        return new Qdiscs(site.socket());
    }

    private Filters filters() {
        return new Filters(site.socket());
    }

    /// Puts a bucket at the root of a link, or changes the one that is there.
    ///
    /// @throws CniException when something else is there
    void limit(Link link, BandwidthLimit limit) {
        try {
            qdiscs().create(limit.on(link.index()));
        } catch (KernelException failed) {
            if (!failed.is(Errno.EEXIST)) {
                throw failed;
            }
            Qdisc present = find(QdiscRequest.on(link.index())).orElseThrow(() -> failed);
            if (!isBucket(present)) {
                throw new CniException(
                        ErrorCode.INTERNAL,
                        "cannot limit "
                                + link.name()
                                + ": it has the queueing discipline "
                                + present.kindName()
                                + " "
                                + present.handle()
                                + " already");
            }
            qdiscs().replace(limit.on(link.index()));
        }
    }

    private static boolean isBucket(Qdisc qdisc) {
        return qdisc.kind().equals(Optional.of(TrafficKind.TBF))
                && qdisc.handle().equals(BandwidthLimit.HANDLE);
    }

    /// Takes the bucket away.
    void unlimit(int linkIndex) {
        deleteIfThere(QdiscRequest.of(TrafficKind.TBF, linkIndex).handle(BandwidthLimit.HANDLE));
    }

    /// The bucket at the root of a link.
    Optional<Qdisc> bucket(int linkIndex) {
        return find(QdiscRequest.on(linkIndex)).filter(TrafficLimiter::isBucket);
    }

    /// The kernel answers EINVAL for its own default disciplines, which have no name
    /// (`tc_qdisc_dump_ignore` in `net/sched/sch_api.c`), and when the kind is another one.
    private Optional<Qdisc> find(QdiscRequest request) {
        try {
            return qdiscs().find(request);
        } catch (KernelException failed) {
            if (failed.is(Errno.EINVAL) || failed.is(Errno.ENODATA)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private void deleteIfThere(QdiscRequest request) {
        try {
            qdiscs().delete(request);
        } catch (KernelException failed) {
            boolean absent =
                    failed.is(Errno.ENOENT) || failed.is(Errno.EINVAL) || failed.is(Errno.ENODEV);
            if (!absent) {
                throw failed;
            }
        }
    }

    /// Makes an ifb that is up.
    Link createBlock(String name, int mtuBytes) {
        return site.links().create(LinkRequest.of(LinkKind.IFB, name).mtu(mtuBytes).queues(1).up());
    }

    /// Whether a link has a place for filters on the way in.
    boolean hasWayIn(int linkIndex) {
        return find(QdiscRequest.on(linkIndex).parent(Handle.INGRESS)).isPresent();
    }

    /// Makes the place for filters on the way in, if it is not there.
    void openWayIn(int linkIndex) {
        try {
            qdiscs().create(QdiscRequest.clsact(linkIndex));
        } catch (KernelException failed) {
            if (!failed.is(Errno.EEXIST)) {
                throw failed;
            }
        }
    }

    /// Takes the place for filters away, unless it has some.
    ///
    /// @param kind of what was made
    void closeWayIn(int linkIndex, TrafficKind kind) {
        boolean used =
                Stream.of(Handle.WAY_IN, Handle.WAY_OUT)
                        .anyMatch(
                                way -> !filters().list(FilterRequest.on(linkIndex, way)).isEmpty());
        if (!used) {
            deleteIfThere(QdiscRequest.of(kind, linkIndex).parent(Handle.INGRESS));
        }
    }

    /// Sends what comes in by a link to the block, behind the filters of others: of a priority of
    /// its own, since those of u32 that share one cannot be told apart when they are deleted.
    void redirect(int linkIndex, int blockIndex) {
        Set<Integer> taken = new HashSet<>();
        filters()
                .list(FilterRequest.on(linkIndex, Handle.WAY_IN))
                .forEach(filter -> taken.add(filter.priority()));
        int priority = 1;
        while (taken.contains(priority)) {
            priority++;
        }
        filters()
                .create(
                        FilterRequest.u32(
                                        linkIndex,
                                        Handle.WAY_IN,
                                        U32Selector.everything(),
                                        ActionRequest.mirred(Way.REDIRECT_OUT, blockIndex))
                                .priority(priority));
    }

    /// Ends that, also when the block is gone.
    void endRedirect(int linkIndex, Optional<Link> block) {
        int index = block.map(Link::index).orElse(0);
        redirects(linkIndex, index).stream()
                .map(Filter::priority)
                .distinct()
                .forEach(priority ->
                        filters()
                                .delete(
                                        FilterRequest.on(linkIndex, Handle.WAY_IN)
                                                .of(TrafficKind.U32)
                                                .priority(priority)));
    }

    boolean isRedirected(int linkIndex, int blockIndex) {
        return !redirects(linkIndex, blockIndex).isEmpty();
    }

    /// The kernel makes the index 0 when the block is gone.
    private List<Filter> redirects(int linkIndex, int blockIndex) {
        return filters().list(FilterRequest.on(linkIndex, Handle.WAY_IN)).stream()
                .filter(filter ->
                        filter.actions().stream()
                                .flatMap(action ->
                                        action.option(MirredAttributes.PARAMETERS).stream())
                                .anyMatch(to -> to.linkIndex() == blockIndex))
                .toList();
    }
}
