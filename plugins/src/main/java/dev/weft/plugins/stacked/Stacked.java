package dev.weft.plugins.stacked;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.DuplicateDetection;
import dev.weft.plugins.link.InnerLink;
import dev.weft.plugins.link.InnerLinks;
import dev.weft.plugins.link.InterfaceCheck;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// `macvlan`, `ipvlan` and `vlan`: the container's interface stands on a link of the host's, or on
/// one of the container's own.
public final class Stacked implements Plugin {
    private static final Duration DETECTION_LIMIT = Duration.ofSeconds(5);

    private final Site site;
    private final Ipam ipam;
    private final LinkKind kind;
    private final InnerLinks links;
    private final Function<Request, StackedConfiguration> reader;

    private Stacked(
            Site site, Ipam ipam, LinkKind kind, Function<Request, StackedConfiguration> reader) {
        this.site = site;
        this.ipam = ipam;
        this.kind = kind;
        this.links = new InnerLinks(site, ipam, kind);
        this.reader = reader;
    }

    /// Interfaces with hardware addresses of their own.
    public static Stacked macvlan(Site site, Ipam ipam) {
        return new Stacked(site, ipam, LinkKind.MACVLAN, MacvlanConfiguration::of);
    }

    /// Interfaces that share a hardware address.
    public static Stacked ipvlan(Site site, Ipam ipam) {
        return new Stacked(site, ipam, LinkKind.IPVLAN, IpvlanConfiguration::of);
    }

    /// Interfaces in a VLAN of the link below.
    public static Stacked vlan(Site site, Ipam ipam) {
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
            Ipam.requireExpressible(request);
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

        Adding(Work work, Request request, StackedConfiguration wanted, Container container) {
            this.work = work;
            this.request = request;
            this.wanted = wanted;
            this.container = container;
        }

        Result run() {
            Link lower = work.step("find master", () -> lower(wanted.keys(), container));
            LinkRequest asked = wanted.keys().on(lower, wanted.asked(request.interfaceName()));
            InnerLink link = links.claim(work, request, container, Optional.of(lower.name()));
            Link made =
                    work.step(
                            "create interface",
                            () -> link.create(container, asked, wanted.keys().inContainer()));
            work.onFailure("delete interface", () -> link.delete(container, made));
            HardwareAddress address =
                    work.step(
                            "mark interface",
                            () ->
                                    link.mark(
                                            container,
                                            made,
                                            LinkRequest.empty(),
                                            wanted.address()));
            Result addresses = Ipam.isNamed(request) ? ipam.add(work, request) : wanted.given();
            Result result = InnerLinks.result(request, address, addresses, wanted.keys().dns());
            if (InnerLinks.configure(work, container, made, result) && isWorking(lower)) {
                work.step(
                        "detect duplicates",
                        () -> DuplicateDetection.await(container, made.index(), DETECTION_LIMIT));
            }
            return result;
        }
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
        links.delete(request);
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        links.collect(request, valid);
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
        StackedKeys made = keys.orMaster(links.of(request).master());
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
            readiness.requireLower(() -> keys.lower(site.socket()));
        }
        if (Ipam.isNamed(request)) {
            ipam.status(request);
        }
    }
}
