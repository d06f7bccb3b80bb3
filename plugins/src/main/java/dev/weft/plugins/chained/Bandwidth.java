package dev.weft.plugins.chained;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.link.Link;
import dev.weft.linux.tc.TrafficKind;
import dev.weft.plugins.link.VethPeer;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Hashes;
import dev.weft.plugins.site.PreviousResult;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `bandwidth`: limits how fast a container may send and be sent to.
///
/// The ifb has the reference plugin's name, so that each removes what the other made; that name
/// says nothing of the interface. When another interface of the container has taken it, the name is
/// a hash of the interface as well.
public final class Bandwidth implements Plugin {
    static final String TYPE = "bandwidth";
    private static final String COMPLAINT = "must be called as chained plugin";

    /// Characters in the name of a link.
    private static final int MOST_NAME = 15;

    private final Site site;
    private final TrafficLimiter limiter;

    public Bandwidth(Site site) {
        this.site = site;
        this.limiter = new TrafficLimiter(site);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_3_0.andLater();
    }

    @Override
    public Result add(Request request) {
        BandwidthConfiguration wanted = BandwidthConfiguration.of(request);
        Result previous = PreviousResult.require(request, COMPLAINT);
        Optional<BandwidthRecord> old = record(request);
        if (wanted.isEmpty() && old.isEmpty()) {
            return previous;
        }
        Link host = hostEnd(request);
        return Work.undoable(
                site.steps(),
                work ->
                        apply(work, request, wanted, host, old)
                                .map(block -> previous.plusInterface(result(block)))
                                .orElse(previous));
    }

    private static ResultInterface result(Link block) {
        return ResultInterface.ofHost(
                block.name(), block.address().map(Object::toString).orElse(""));
    }

    private Link hostEnd(Request request) {
        try (Container container = Container.open(request)) {
            return VethPeer.of(site, container, request.interfaceName());
        }
    }

    private Optional<BandwidthRecord> record(Request request) {
        return site.records()
                .find(request, TYPE)
                .flatMap(record -> record.read(BandwidthRecord::of));
    }

    /// Sets the limits, in the place of those that are there.
    ///
    /// @return the ifb, if there is one
    private Optional<Link> apply(
            Work work,
            Request request,
            BandwidthConfiguration wanted,
            Link host,
            Optional<BandwidthRecord> old) {
        String ofReference = Names.ofReference(request.network(), request.attachment());
        boolean theirs =
                old.isEmpty()
                        && site.links()
                                .find(ofReference)
                                .filter(block -> limiter.isRedirected(host.index(), block.index()))
                                .isPresent();
        old.or(() ->
                        Optional.of(BandwidthRecord.ofReference(host, ofReference))
                                .filter(_ -> theirs))
                .ifPresent(there -> clear(work, there));
        BandwidthRecord record =
                new BandwidthRecord(
                        host.name(),
                        host.index(),
                        wanted.egress().map(_ -> freeName(request)),
                        wanted.egress()
                                .filter(_ -> !limiter.hasWayIn(host.index()))
                                .map(_ -> TrafficKind.CLSACT));
        work.step(
                "write record",
                () -> site.records().write(request, TYPE, record.toJson()),
                () -> removeRecord(request.network(), request.attachment()));
        wanted.ingress()
                .ifPresent(limit ->
                        work.step(
                                "limit ingress",
                                () -> limiter.limit(host, limit),
                                () -> limiter.unlimit(host.index())));
        return wanted.egress().map(limit -> limitEgress(work, record, host, limit));
    }

    private String freeName(Request request) {
        String ofReference = Names.ofReference(request.network(), request.attachment());
        return site.links().find(ofReference).isEmpty()
                ? ofReference
                : Names.ofInterface(request.network(), request.attachment());
    }

    private Link limitEgress(Work work, BandwidthRecord record, Link host, BandwidthLimit limit) {
        String name = record.block().orElseThrow();
        Link block =
                work.step(
                        "create ifb",
                        () -> limiter.createBlock(name, host.mtu()),
                        () -> removeLink(name));
        work.step("limit egress", () -> limiter.limit(block, limit));
        work.step(
                "open way in",
                () -> limiter.openWayIn(host.index()),
                () -> record.wayIn().ifPresent(kind -> limiter.closeWayIn(host.index(), kind)));
        work.step(
                "redirect",
                () -> limiter.redirect(host.index(), block.index()),
                () -> limiter.endRedirect(host.index(), Optional.of(block)));
        return block;
    }

    /// Removes the limits, as far as they are there.
    private void clear(Work work, BandwidthRecord there) {
        Optional<Link> block = there.block().flatMap(site.links()::find);
        Optional<Link> host =
                site.links()
                        .find(there.hostDevice())
                        .filter(link -> link.index() == there.hostIndex());
        host.map(Link::index)
                .ifPresent(index -> {
                    if (there.block().isPresent()) {
                        work.attempt("end redirect", () -> limiter.endRedirect(index, block));
                    }
                    there.wayIn()
                            .ifPresent(kind ->
                                    work.attempt(
                                            "close way in", () -> limiter.closeWayIn(index, kind)));
                    work.attempt("end limit of ingress", () -> limiter.unlimit(index));
                });
        there.block().ifPresent(name -> work.attempt("delete ifb", () -> removeLink(name)));
    }

    private void removeLink(String name) {
        site.links()
                .find(name)
                .ifPresent(link -> site.removal().begin(site.host(), link.index()).await());
    }

    private void removeRecord(String network, AttachmentId attachment) {
        site.records().remove(network, attachment, TYPE);
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    record(request)
                            .ifPresentOrElse(
                                    limits -> clear(work, limits),
                                    () -> tearDownByName(work, request));
                    forget(work, request.network(), request.attachment());
                });
    }

    private void forget(Work work, String network, AttachmentId attachment) {
        if (work.succeeded()) {
            work.attempt("remove record", () -> removeRecord(network, attachment));
        }
    }

    /// What the reference plugin made, or an agent whose records are lost. The devices of the host
    /// that the result names are searched for the redirection.
    private void tearDownByName(Work work, Request request) {
        for (String name : Names.all(request.network(), request.attachment())) {
            Optional<Link> block = site.links().find(name).filter(_ -> !isOfAnother(request, name));
            block.ifPresent(present -> {
                redirectedTo(request, present)
                        .map(host -> BandwidthRecord.ofReference(host, name))
                        .ifPresentOrElse(
                                there -> clear(work, there),
                                () -> work.attempt("delete ifb", () -> removeLink(name)));
            });
        }
    }

    private boolean isOfAnother(Request request, String block) {
        return site.records().list(request.network(), TYPE).stream()
                .flatMap(record -> record.read(BandwidthRecord::of).stream())
                .anyMatch(limits -> limits.block().equals(Optional.of(block)));
    }

    private Optional<Link> redirectedTo(Request request, Link block) {
        return hostInterfaces(request).stream()
                .flatMap(name -> site.links().find(name).stream())
                .filter(host -> limiter.isRedirected(host.index(), block.index()))
                .findFirst();
    }

    private static List<String> hostInterfaces(Request request) {
        try {
            return request.configuration().previousResult().stream()
                    .flatMap(result -> result.interfaces().stream())
                    .filter(each -> each.sandbox().isEmpty() && !each.name().isEmpty())
                    .map(ResultInterface::name)
                    .filter(name -> name.length() <= MOST_NAME)
                    .toList();
        } catch (CniException unreadable) {
            return List.of();
        }
    }

    @Override
    public void check(Request request) {
        BandwidthConfiguration wanted = BandwidthConfiguration.of(request);
        PreviousResult.require(request, COMPLAINT);
        if (wanted.isEmpty()) {
            return;
        }
        Link host = hostEnd(request);
        wanted.ingress().ifPresent(limit -> requireLimit(host, limit));
        if (wanted.egress().isPresent()) {
            String name =
                    record(request)
                            .flatMap(BandwidthRecord::block)
                            .orElseGet(() ->
                                    Names.ofReference(request.network(), request.attachment()));
            Link block =
                    site.links()
                            .find(name)
                            .orElseThrow(() -> failure("the device " + name + " is missing"));
            requireLimit(block, wanted.egress().get());
            if (!limiter.isRedirected(host.index(), block.index())) {
                throw failure("what comes from the container does not go through " + name);
            }
        }
    }

    private void requireLimit(Link link, BandwidthLimit limit) {
        limit.requireOf(
                limiter.bucket(link.index())
                        .orElseThrow(() -> failure("Failed to find qdisc on " + link.name())));
    }

    private static CniException failure(String text) {
        return new CniException(ErrorCode.INTERNAL, text);
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work ->
                        site.records()
                                .abandoned(request.network(), TYPE, valid)
                                .forEach(record -> {
                                    record.read(BandwidthRecord::of)
                                            .ifPresent(limits -> clear(work, limits));
                                    forget(work, record.network(), record.attachment());
                                }));
    }

    @Override
    public void status(Request request) {
        TrafficFeatures.require(site);
    }

    /// The names that an attachment's ifb may have.
    private static final class Names {
        private static final String PREFIX = "bwp";
        private static final int DIGITS = 12;

        private Names() {}

        static String ofReference(String network, AttachmentId attachment) {
            return PREFIX + Hashes.sha512(network + attachment.containerId(), DIGITS);
        }

        static String ofInterface(String network, AttachmentId attachment) {
            String all =
                    network + ":" + attachment.containerId() + ":" + attachment.interfaceName();
            return PREFIX + Hashes.sha512(all, DIGITS);
        }

        static List<String> all(String network, AttachmentId attachment) {
            return List.of(ofReference(network, attachment), ofInterface(network, attachment));
        }
    }
}
