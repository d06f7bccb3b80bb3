package dev.weft.plugins.link;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.Dns;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.LinkRemoval;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The interfaces that a plugin makes in containers, and of which the host has nothing but records:
/// claimed, configured and removed, for all plugins that have them.
///
/// An interface is made before addresses are asked for, because a DHCP client speaks by it; such
/// addresses are given back before it goes, others when nothing has them any more.
///
/// @param site where the records are
/// @param ipam the plugins that give addresses
/// @param kind of the interfaces
public record InnerLinks(Site site, Ipam ipam, LinkKind kind) {
    public InnerLink of(Request request) {
        return InnerLink.of(site, kind, request);
    }

    /// Writes the record of an interface that is to be made.
    ///
    /// @param master the name of the link below, if there is one
    /// @throws dev.weft.cni.CniException when the attachment is there
    public InnerLink claim(
            Work work, Request request, Container container, Optional<String> master) {
        InnerLink link = of(request);
        work.step("write record", () -> link.claim(request, container, master));
        work.onFailure(
                "remove record",
                () -> {
                    if (work.succeeded()) {
                        link.removeRecord();
                    }
                });
        return link;
    }

    /// The result of an ADD.
    ///
    /// @param address that the interface has
    /// @param addresses what the addresses' plugin says
    /// @param dns instead of what that says
    public static Result result(
            Request request, HardwareAddress address, Result addresses, Optional<Dns> dns) {
        return new Result(
                List.of(
                        ResultInterface.ofContainer(
                                request.interfaceName(),
                                address.toString(),
                                request.netns().orElse(""))),
                addresses.addresses().stream().map(each -> each.on(0)).toList(),
                addresses.routes(),
                dns.orElse(addresses.dns()));
    }

    /// Gives an interface what a result says. Neighbours learn its IPv6 addresses at once, as
    /// [InnerLink#mark] has it with the others.
    ///
    /// @return whether it has an IPv6 address, of which somebody else might have the same
    public static boolean configure(Work work, Container container, Link made, Result result) {
        String name = made.name();
        ContainerAddresses inside = new ContainerAddresses(container, made.index(), name, result);
        boolean isIpv6 = inside.own().stream().anyMatch(ContainerAddresses::isIpv6);
        if (isIpv6) {
            Setting announcing = Setting.of("1", "net", "ipv6", "conf", name, "ndisc_notify");
            work.step("set sysctls", () -> inside.set(List.of(announcing)));
        }
        work.step("configure container", () -> inside.apply(true));
        return isIpv6;
    }

    /// A DEL.
    public void delete(Request request) {
        InnerLink link = of(request);
        Work.complete(
                site.steps(),
                work -> {
                    ipam.releaseFirst(work, request);
                    LinkRemoval.Pending removal = beginToRemove(work, link, link.record(), request);
                    ipam.releaseLast(work, request);
                    work.attempt("wait for deletion", removal::await);
                    removeRecord(work, link);
                });
    }

    private static LinkRemoval.Pending beginToRemove(
            Work work, InnerLink link, Optional<AttachmentRecord> record, Request request) {
        return work.attempt(
                        "delete interface",
                        () ->
                                namespace(record, request)
                                        .map(link::beginToRemove)
                                        .orElse(LinkRemoval.NONE))
                .orElse(LinkRemoval.NONE);
    }

    private static void removeRecord(Work work, InnerLink link) {
        if (work.succeeded()) {
            work.attempt("remove record", link::removeRecord);
        }
    }

    /// Where the record says, if the kernel still has that.
    private static Optional<Container> namespace(
            Optional<AttachmentRecord> record, Request request) {
        Optional<NamespaceMark> mark =
                record.flatMap(NamespaceMark::of).filter(NamespaceMark::isReadable);
        return mark.isPresent() ? mark.get().open(request) : Container.find(request);
    }

    /// A GC.
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work -> {
                    ipam.collectFirst(work, request, valid);
                    List<AttachmentRecord> abandoned = new ArrayList<>();
                    work.attempt(
                            "list records",
                            () -> abandoned.addAll(abandoned(request.network(), valid)));
                    abandoned.forEach(
                            record -> work.attempt("collect", () -> collect(request, record)));
                    ipam.collectLast(work, request, valid);
                });
    }

    private List<AttachmentRecord> abandoned(String network, Set<AttachmentId> valid) {
        return site.records().abandoned(network, InnerLink.plugin(kind), valid);
    }

    private void collect(Request request, AttachmentRecord record) {
        InnerLink link = new InnerLink(site, kind, request.network(), record.attachment());
        Work.complete(
                site.steps(),
                work -> {
                    LinkRemoval.Pending removal =
                            beginToRemove(work, link, Optional.of(record), request);
                    work.attempt("wait for deletion", removal::await);
                    removeRecord(work, link);
                });
    }
}
