package dev.weft.plugins;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.Sysctls.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// `macvlan`, `ipvlan` and `vlan`: the container's interface stands on a link of the host's, or on
/// one of the container's own.
///
/// It is made before addresses are asked for, because a DHCP client speaks by it; such addresses
/// are given back before it goes, others when nothing has them any more.
final class Stacked implements Plugin {
    private static final Duration DETECTION_LIMIT = Duration.ofSeconds(5);

    private final Site site;
    private final Ipam ipam;
    private final LinkKind kind;
    private final Function<Request, StackedConfiguration> reader;

    private Stacked(
            Site site, Ipam ipam, LinkKind kind, Function<Request, StackedConfiguration> reader) {
        this.site = site;
        this.ipam = ipam;
        this.kind = kind;
        this.reader = reader;
    }

    /// Interfaces with hardware addresses of their own.
    static Stacked macvlan(Site site, Ipam ipam) {
        return new Stacked(site, ipam, LinkKind.MACVLAN, MacvlanConfiguration::of);
    }

    /// Interfaces that share a hardware address.
    static Stacked ipvlan(Site site, Ipam ipam) {
        return new Stacked(site, ipam, LinkKind.IPVLAN, IpvlanConfiguration::of);
    }

    /// Interfaces in a VLAN of the link below.
    static Stacked vlan(Site site, Ipam ipam) {
        return new Stacked(site, ipam, LinkKind.VLAN, VlanConfiguration::of);
    }

    @Override
    public String type() {
        return kind.kernelName();
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        StackedConfiguration wanted = reader.apply(request);
        if (wanted.given().addresses().isEmpty()) {
            BridgeConfiguration.requireExpressible(request);
        }
        try (Container container = Container.open(request)) {
            return Work.undoable(
                    site.steps(), work -> new Adding(work, request, wanted, container).run());
        }
    }

    /// An ADD under way.
    private final class Adding {
        private final Work work;
        private final Request request;
        private final StackedConfiguration wanted;
        private final Container container;
        private final StackedLink stacked;

        Adding(Work work, Request request, StackedConfiguration wanted, Container container) {
            this.work = work;
            this.request = request;
            this.wanted = wanted;
            this.container = container;
            this.stacked = StackedLink.of(site, kind, request);
        }

        Result run() {
            Link lower = work.step("find master", () -> lower(wanted.keys(), container));
            Link made = create(lower);
            HardwareAddress address =
                    work.step(
                            "mark interface",
                            () -> stacked.mark(container, made, wanted.address()));
            Result result =
                    result(
                            Ipam.isNamed(request) ? ipam.add(work, request) : wanted.given(),
                            address);
            configure(made, result, isWorking(lower));
            return result;
        }

        private Link create(Link lower) {
            LinkRequest asked = wanted.keys().on(lower, wanted.asked(request.interfaceName()));
            work.step("write record", () -> stacked.claim(request, container, lower.name()));
            work.onFailure(
                    "remove record",
                    () -> {
                        if (work.succeeded()) {
                            stacked.removeRecord();
                        }
                    });
            Link made =
                    work.step(
                            "create interface",
                            () -> stacked.create(container, asked, wanted.keys().inContainer()));
            work.onFailure("delete interface", () -> stacked.delete(container, made));
            return made;
        }

        private Result result(Result addresses, HardwareAddress address) {
            return new Result(
                    List.of(
                            ResultInterface.ofContainer(
                                    request.interfaceName(),
                                    address.toString(),
                                    request.netns().orElse(""))),
                    addresses.addresses().stream().map(each -> each.on(0)).toList(),
                    addresses.routes(),
                    wanted.keys().dns().orElse(addresses.dns()));
        }

        /// @param detecting whether somebody else on the wire could answer
        private void configure(Link made, Result result, boolean detecting) {
            String name = request.interfaceName();
            ContainerAddresses inside =
                    new ContainerAddresses(container, made.index(), name, result);
            boolean isIpv6 = inside.own().stream().anyMatch(ContainerAddresses::isIpv6);
            if (isIpv6) {
                work.step("set sysctls", () -> inside.set(announcing(name)));
            }
            work.step("configure container", () -> inside.apply(true));
            if (isIpv6 && detecting) {
                work.step(
                        "detect duplicates",
                        () -> DuplicateDetection.await(container, made.index(), DETECTION_LIMIT));
            }
        }
    }

    private static List<Setting> announcing(String name) {
        return List.of(Setting.of("1", "net", "ipv6", "conf", name, "ndisc_notify"));
    }

    /// Detection begins when the link below has a carrier, which may be never. Its operational
    /// state follows later (`net/core/link_watch.c`).
    private static boolean isWorking(Link lower) {
        return lower.has(LinkFlag.LOWER_UP) && !lower.has(LinkFlag.DORMANT);
    }

    private Link lower(StackedKeys keys, Container container) {
        return keys.lower(keys.inContainer() ? container.socket() : site.socket());
    }

    @Override
    public void delete(Request request) {
        StackedLink stacked = StackedLink.of(site, kind, request);
        Work.complete(
                site.steps(),
                work -> {
                    ipam.releaseFirst(work, request);
                    removeLink(work, stacked, stacked.record(), request);
                    ipam.releaseLast(work, request);
                    removeRecord(work, stacked);
                });
    }

    private static void removeLink(
            Work work, StackedLink stacked, Optional<AttachmentRecord> record, Request request) {
        work.attempt(
                "delete interface", () -> namespace(record, request).ifPresent(stacked::remove));
    }

    private static void removeRecord(Work work, StackedLink stacked) {
        if (work.succeeded()) {
            work.attempt("remove record", stacked::removeRecord);
        }
    }

    /// Where the record says, if the kernel still has that.
    private static Optional<Container> namespace(
            Optional<AttachmentRecord> record, Request request) {
        Optional<NamespaceMark> mark =
                record.flatMap(NamespaceMark::of).filter(NamespaceMark::isReadable);
        return mark.isPresent() ? mark.get().open(request) : Container.find(request);
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work -> {
                    ipam.collectFirst(work, request, valid);
                    List<AttachmentRecord> abandoned = new ArrayList<>();
                    work.attempt(
                            "list records",
                            () ->
                                    abandoned.addAll(
                                            site.records()
                                                    .abandoned(request.network(), type(), valid)));
                    abandoned.forEach(
                            record -> work.attempt("collect", () -> collect(request, record)));
                    ipam.collectLast(work, request, valid);
                });
    }

    private void collect(Request request, AttachmentRecord record) {
        StackedLink stacked = new StackedLink(site, kind, request.network(), record.attachment());
        Work.complete(
                site.steps(),
                work -> {
                    removeLink(work, stacked, Optional.of(record), request);
                    removeRecord(work, stacked);
                });
    }

    @Override
    public void check(Request request) {
        StackedConfiguration wanted = reader.apply(request);
        if (Ipam.isNamed(request)) {
            ipam.check(request);
        }
        try (Container container = Container.open(request)) {
            InterfaceCheck check = InterfaceCheck.of(request, container);
            Link inside = check.requireLink(kind, true);
            wanted.requireSame(inside);
            requireLower(request, wanted.keys(), container, inside);
            check.requireMtu(inside, wanted.keys().mtuBytes());
            check.requireAddresses(inside);
            check.requireRoutes(inside);
        }
    }

    /// Where no master is named, the one that it was made on counts, not the one that a default
    /// route leads to now.
    private void requireLower(Request request, StackedKeys keys, Container container, Link inside) {
        StackedKeys made =
                keys.orMaster(
                        StackedLink.of(site, kind, request)
                                .record()
                                .flatMap(record -> record.fields().text("master")));
        if (made.master().isEmpty()) {
            return;
        }
        Link lower = lower(made, container);
        boolean isAbroad = inside.attributes().find(LinkAttributes.LOWER_NAMESPACE).isPresent();
        InterfaceCheck.require(
                inside.lower().equals(Optional.of(lower.index())) && isAbroad != keys.inContainer(),
                "Container interface " + inside.name() + " does not stand on " + lower.name());
    }

    @Override
    public void status(Request request) {
        StackedKeys keys = reader.apply(request).keys();
        Readiness readiness = new Readiness(site);
        readiness.requireLinks(kind);
        boolean isChosenLater = keys.master().isEmpty() && kind.equals(LinkKind.IPVLAN);
        if (!keys.inContainer() && !isChosenLater) {
            readiness.requireLower(keys);
        }
        if (Ipam.isNamed(request)) {
            ipam.status(request);
        }
    }
}
