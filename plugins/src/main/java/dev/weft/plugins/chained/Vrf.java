package dev.weft.plugins.chained;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFilter;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.VrfAttributes;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.Refusal;
import dev.weft.linux.route.RouteTable;
import dev.weft.plugins.link.DuplicateDetection;
import dev.weft.plugins.link.InterfaceCheck;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.link.SavedAddressing;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.PreviousResult;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/// `vrf`: puts a container's interface into a VRF of the container, which has a routing table of
/// its own. The first interface makes the VRF, the last one takes it along.
public final class Vrf implements Plugin {
    public static final String TYPE = "vrf";

    /// What a VRF has as its alias that was made for interfaces.
    private static final String MARK = "weft vrf";

    private static final Duration DETECTION_LIMIT = Duration.ofSeconds(5);

    private final Site site;

    public Vrf(Site site) {
        this.site = site;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_3_1.andLater();
    }

    @Override
    public Result add(Request request) {
        VrfConfiguration wanted = VrfConfiguration.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, "missing prevResult from earlier plugin");
        try (Container container = Container.open(request);
                FileLock _ = new SourceRouting(container).lock()) {
            return Work.undoable(
                    site.steps(),
                    work -> {
                        enslave(work, request, wanted, container);
                        return previous;
                    });
        }
    }

    private void enslave(Work work, Request request, VrfConfiguration wanted, Container container) {
        Link link = container.requireLink(request.interfaceName());
        Optional<Link> present = work.step("find VRF", () -> wanted.find(container.links()));
        requireFree(container, link, present);
        VrfRecord record = keep(work, request, wanted, container, link, present.isEmpty());
        Link vrf =
                present.orElseGet(() ->
                        work.step(
                                "create VRF",
                                () -> create(container, wanted),
                                () -> removeUnused(container, record.vrf(), true)));
        work.step("set VRF up", () -> setUp(container, vrf));
        work.step(
                "enter VRF",
                () -> setMaster(container, link, vrf.index()),
                () -> leave(container, record, link));
        long table = VrfConfiguration.tableOf(vrf);
        LongUnaryOperator moved = number -> number == RouteTable.MAIN ? table : number;
        work.step("restore routes", () -> restore(container, link, record, moved));
        if (link.has(LinkFlag.LOWER_UP)) {
            work.step(
                    "detect duplicates",
                    () -> DuplicateDetection.await(container, link.index(), DETECTION_LIMIT));
        }
    }

    /// Writes down what the interface had before the first ADD.
    private VrfRecord keep(
            Work work,
            Request request,
            VrfConfiguration wanted,
            Container container,
            Link link,
            boolean isNew) {
        Optional<VrfRecord> earlier = ofSameContainer(request, container);
        VrfRecord record =
                earlier.orElseGet(() ->
                        new VrfRecord(
                                wanted.name(),
                                isNew,
                                SavedAddressing.of(container.socket(), link.index())));
        work.step(
                "write record",
                () -> site.records().write(request, TYPE, content(request, container, record)),
                () -> {
                    if (earlier.isEmpty()) {
                        forget(work, request.network(), request.attachment());
                    }
                });
        return record;
    }

    private static JsonObject content(Request request, Container container, VrfRecord record) {
        JsonObject content = record.toJson();
        NamespaceMark.of(request, container).writeTo(content);
        return content;
    }

    private Optional<VrfRecord> ofSameContainer(Request request, Container container) {
        return site.records()
                .find(request, TYPE)
                .filter(record -> NamespaceMark.isOf(record, container))
                .flatMap(record -> record.read(VrfRecord::of));
    }

    private static void requireFree(Container container, Link link, Optional<Link> vrf) {
        Optional<Integer> master = link.master().filter(index -> index != 0);
        if (master.isPresent() && !master.equals(vrf.map(Link::index))) {
            String name =
                    container.links().find(master.get()).map(Link::name).orElse("" + master.get());
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "interface " + link.name() + " has already a master set: " + name);
        }
    }

    private static Link create(Container container, VrfConfiguration wanted) {
        long table = wanted.table().orElseGet(() -> freeTable(container));
        return container
                .links()
                .create(
                        LinkRequest.of(
                                        LinkKind.VRF,
                                        wanted.name(),
                                        data -> data.put(VrfAttributes.TABLE_ID, table))
                                .alias(MARK));
    }

    /// Not one that others route by, whose routes would then be the VRF's.
    private static long freeTable(Container container) {
        Set<Long> used = new SourceRouting(container).usedTables();
        container.links().list(LinkFilter.all().kind(LinkKind.VRF)).stream()
                .map(VrfConfiguration::tableOf)
                .forEach(used::add);
        long number = 1;
        while (used.contains(number)) {
            number++;
        }
        return number;
    }

    private static void setUp(Container container, Link vrf) {
        if (!vrf.isUp()) {
            container.links().change(vrf.index(), LinkRequest.empty().up());
        }
    }

    private static void setMaster(Container container, Link link, int master) {
        if (link.master().orElse(0) != master) {
            container.links().change(link.index(), LinkRequest.empty().master(master));
        }
    }

    /// Gives the interface back what the kernel took.
    ///
    /// @param table in which a route of a table is to be
    private static void restore(
            Container container, Link link, VrfRecord record, LongUnaryOperator table) {
        List<NetlinkRequest> requests = record.saved().toRestore(link.index(), 0, table);
        container.socket().attempt(requests).values().stream()
                .filter(refusal -> !refusal.is(Errno.EEXIST))
                .findFirst()
                .map(Refusal::exception)
                .ifPresent(refused -> {
                    throw refused;
                });
    }

    private static void leave(Container container, VrfRecord record, Link link) {
        Link now = container.links().find(link.index()).orElse(link);
        boolean isMember =
                container
                        .links()
                        .find(record.vrf())
                        .filter(vrf -> now.master().equals(Optional.of(vrf.index())))
                        .isPresent();
        if (isMember) {
            setMaster(container, now, 0);
        }
        restore(container, now, record, number -> number);
    }

    /// Deletes a VRF that has no member left, unless it is somebody else's.
    ///
    /// @param made whether it was made for an interface in any case
    private void removeUnused(Container container, String name, boolean made) {
        container
                .links()
                .find(name)
                .filter(vrf -> vrf.kind().equals(Optional.of(LinkKind.VRF)))
                .filter(vrf -> made || vrf.alias().equals(Optional.of(MARK)))
                .filter(vrf ->
                        container.links().list(LinkFilter.all().master(vrf.index())).isEmpty())
                .ifPresent(vrf -> site.removal().begin(container.namespace(), vrf.index()).await());
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    Optional<AttachmentRecord> record = site.records().find(request, TYPE);
                    boolean isKnown =
                            record.flatMap(found -> found.read(VrfRecord::of)).isPresent();
                    if (isKnown) {
                        tearDown(work, request, record.orElseThrow());
                    } else {
                        tearDownOfReference(work, request);
                    }
                    forget(work, request.network(), request.attachment());
                });
    }

    private void forget(Work work, String network, AttachmentId attachment) {
        if (work.succeeded()) {
            work.attempt("remove record", () -> removeRecord(network, attachment));
        }
    }

    private void removeRecord(String network, AttachmentId attachment) {
        site.records().remove(network, attachment, TYPE);
    }

    private void tearDown(Work work, Request request, AttachmentRecord record) {
        record.read(VrfRecord::of)
                .ifPresent(known ->
                        NamespaceMark.of(record)
                                .flatMap(mark -> mark.open(request))
                                .ifPresent(container ->
                                        tearDown(
                                                work,
                                                container,
                                                record.attachment().interfaceName(),
                                                known,
                                                request)));
    }

    private void tearDown(
            Work work, Container container, String name, VrfRecord record, Request request) {
        try (container;
                FileLock _ = new SourceRouting(container).lock()) {
            work.attempt(
                    "leave VRF",
                    () ->
                            container
                                    .links()
                                    .find(name)
                                    .ifPresent(link -> told(request, container, record, link)));
            work.attempt("remove VRF", () -> removeUnused(container, record.vrf(), record.made()));
        }
    }

    /// A route that the kernel does not take back is told and left: the container is about to end.
    private static void told(Request request, Container container, VrfRecord record, Link link) {
        try {
            leave(container, record, link);
        } catch (KernelException refused) {
            request.diagnostics().add("vrf: " + refused.getMessage());
        }
    }

    /// Without a record the configuration tells which VRF it is.
    private void tearDownOfReference(Work work, Request request) {
        VrfConfiguration.name(request.configuration().fields())
                .ifPresent(vrf ->
                        work.attempt(
                                "find container",
                                () ->
                                        Container.find(request)
                                                .ifPresent(container ->
                                                        tearDown(
                                                                work,
                                                                container,
                                                                request.interfaceName(),
                                                                new VrfRecord(
                                                                        vrf,
                                                                        true,
                                                                        SavedAddressing.NONE),
                                                                request))));
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work ->
                        site.records()
                                .abandoned(request.network(), TYPE, valid)
                                .forEach(record -> {
                                    tearDown(work, request, record);
                                    forget(work, record.network(), record.attachment());
                                }));
    }

    @Override
    public void check(Request request) {
        VrfConfiguration wanted = VrfConfiguration.of(request.configuration().fields());
        PreviousResult.require(request, "missing prevResult from earlier plugin");
        try (Container container = Container.open(request)) {
            Link vrf =
                    wanted.find(container.links())
                            .orElseThrow(() ->
                                    InterfaceCheck.failure("VRF " + wanted.name() + " not found"));
            Link link = container.requireLink(request.interfaceName());
            InterfaceCheck.require(
                    link.master().equals(Optional.of(vrf.index())),
                    "interface " + link.name() + " is not a member of VRF " + wanted.name());
        }
    }

    @Override
    public void status(Request request) {
        VrfConfiguration.of(request.configuration().fields());
        new Readiness(site).requireLinks(LinkKind.VRF);
    }
}
