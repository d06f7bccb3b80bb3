package dev.weft.plugins.device;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.InnerLink;
import dev.weft.plugins.link.InnerLinks;
import dev.weft.plugins.link.InterfaceCheck;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// `dummy` and `tap`: the container's interface stands on no other link.
public final class Freestanding implements Plugin {
    private final Site site;
    private final Ipam ipam;
    private final LinkKind kind;
    private final InnerLinks links;
    private final Function<Request, FreestandingConfiguration> reader;

    private Freestanding(
            Site site,
            Ipam ipam,
            LinkKind kind,
            Function<Request, FreestandingConfiguration> reader) {
        this.site = site;
        this.ipam = ipam;
        this.kind = kind;
        this.links = new InnerLinks(site, ipam, kind);
        this.reader = reader;
    }

    /// Interfaces that lead nowhere.
    public static Freestanding dummy(Site site, Ipam ipam) {
        return new Freestanding(site, ipam, LinkKind.DUMMY, DummyConfiguration::of);
    }

    /// Interfaces that lead to a virtual machine.
    public static Freestanding tap(Site site, Ipam ipam) {
        return new Freestanding(site, ipam, LinkKind.TUN, TapConfiguration::of);
    }

    @Override
    public String type() {
        return InnerLink.plugin(kind);
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        FreestandingConfiguration wanted = reader.apply(request);
        Ipam.requireExpressible(request);
        try (Container container = Container.open(request)) {
            return Work.undoable(site.steps(), work -> add(work, request, wanted, container));
        }
    }

    /// Nobody is at the other end yet who could have one of the addresses.
    private Result add(
            Work work, Request request, FreestandingConfiguration wanted, Container container) {
        work.step("look for interface", () -> links.of(request).requireFree(container));
        LinkRequest settings = wanted.settings(container);
        InnerLink link = links.claim(work, request, container, Optional.empty());
        Link made =
                work.step(
                        "create interface",
                        () -> wanted.create(container, request.interfaceName()));
        work.onFailure("delete interface", () -> link.delete(container, made));
        HardwareAddress address =
                work.step(
                        "mark interface",
                        () -> link.mark(container, made, settings, wanted.address()));
        Result addresses = Ipam.isNamed(request) ? ipam.add(work, request) : Result.empty();
        Result result = InnerLinks.result(request, address, addresses, wanted.dns());
        InnerLinks.configure(work, container, made, result);
        return result;
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
        FreestandingConfiguration wanted = reader.apply(request);
        if (Ipam.isNamed(request)) {
            ipam.check(request);
        }
        try (Container container = Container.open(request)) {
            InterfaceCheck check = InterfaceCheck.of(request, container);
            Link inside = check.requireLink(kind, true);
            wanted.requireSame(container, inside);
            check.requireAddresses(inside);
            check.requireRoutes(inside);
        }
    }

    @Override
    public void status(Request request) {
        reader.apply(request).requireReady(new Readiness(site));
        if (Ipam.isNamed(request)) {
            ipam.status(request);
        }
    }
}
