package dev.weft.plugins.bridge;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFilter;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Scope;
import dev.weft.plugins.nat.Masquerade;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.LinkMark;
import dev.weft.plugins.site.LinkRemoval;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Attachments by a pair of veths: made, found again, and removed, for all plugins that have them.
final class Pairs {
    private final Site site;
    private final String plugin;
    private final Masquerade masquerade;

    Pairs(Site site, String plugin) {
        this.site = site;
        this.plugin = plugin;
        this.masquerade = new Masquerade(site);
    }

    LinkMark markOf(Request request) {
        return new LinkMark(plugin, request.network(), request.attachment());
    }

    Optional<PairRecord> record(String network, AttachmentId attachment) {
        return site.records()
                .find(network, attachment, plugin)
                .flatMap(record -> record.read(PairRecord::of));
    }

    /// Makes sure that an ADD does not meet an attachment that is there.
    ///
    /// @return what a killed ADD left, which is no obstacle
    /// @throws CniException when the attachment is there
    Optional<PairRecord> requireUnattached(Request request) {
        LinkMark mark = markOf(request);
        Optional<PairRecord> left = record(request.network(), request.attachment());
        left.map(PairRecord::hostDevice)
                .flatMap(name -> site.links().find(name))
                .filter(mark::is)
                .ifPresent(link -> {
                    throw Veth.taken(request.interfaceName(), link.name());
                });
        return left;
    }

    /// Writes the record and makes the pair.
    ///
    /// @param described what else the attachment leaves; its device is named here
    /// @param port what the master of the host's end keeps for it
    Veth create(
            Work work,
            Request request,
            Container container,
            PairRecord described,
            Veth.Wanted wanted,
            LinkRequest port) {
        LinkMark mark = markOf(request);
        Iterator<String> names = mark.names().iterator();
        String first = names.next();
        work.step("write record", () -> claim(request, described.withHostDevice(first)));
        work.onFailure(
                "remove record",
                () -> {
                    if (work.succeeded()) {
                        removeRecord(request);
                    }
                });
        String name = first;
        while (true) {
            Optional<Veth> made = make(work, container, name, wanted);
            if (made.isPresent()) {
                Link host = made.get().host();
                work.onFailure("delete veth", () -> delete(site.host(), host));
                work.step("mark veth", () -> mark(host, mark, port, wanted.master() != 0));
                return made.get();
            }
            requireForeign(request, name);
            if (!names.hasNext()) {
                throw Veth.taken(request.interfaceName(), first);
            }
            name = names.next();
            PairRecord renamed = described.withHostDevice(name);
            work.step("write record", () -> rewrite(request, renamed));
        }
    }

    private Optional<Veth> make(Work work, Container container, String name, Veth.Wanted wanted) {
        return work.step("create veth", () -> Veth.create(site, container, name, wanted));
    }

    private boolean claim(Request request, PairRecord record) {
        boolean made = site.records().create(request, plugin, record.toJson());
        if (!made) {
            requireUnattached(request);
            rewrite(request, record);
        }
        return made;
    }

    /// Says more about what an attachment leaves.
    void rewrite(Request request, PairRecord record) {
        site.records().write(request, plugin, record.toJson());
    }

    /// Tells whose it is and brings it up. A port speaks no IPv6 of its own: otherwise each would
    /// talk to its container, and make routes that the kernel goes through for every other.
    private void mark(Link host, LinkMark mark, LinkRequest port, boolean isPort) {
        String name = host.name();
        Setting setting =
                isPort
                        ? Setting.of("1", "net", "ipv6", "conf", name, "disable_ipv6")
                        : HostBridge.ignoringRouters(name);
        site.host().sysctls().writeAll(List.of(setting));
        site.links().change(host.index(), port.alias(mark.alias()).up());
    }

    /// @throws CniException when the link of a name is the attachment's own
    private void requireForeign(Request request, String name) {
        site.links()
                .find(name)
                .filter(markOf(request)::is)
                .ifPresent(own -> {
                    throw Veth.taken(request.interfaceName(), own.name());
                });
    }

    void removeRecord(Request request) {
        removeRecord(request.network(), request.attachment());
    }

    void removeRecord(String network, AttachmentId attachment) {
        site.records().remove(network, attachment, plugin);
    }

    /// The host's end of an attachment, with its record or without.
    private Optional<Link> find(LinkMark mark, Optional<PairRecord> record) {
        return record.isPresent()
                ? site.links().find(record.get().hostDevice()).filter(mark::mayBe)
                : mark.names()
                        .flatMap(name -> site.links().find(name).stream())
                        .filter(mark::is)
                        .findFirst();
    }

    /// Makes the container's packets leave under the host's address.
    void masquerade(Work work, Request request, Optional<Masquerade.Plan> plan) {
        plan.ifPresent(wanted -> masquerade.add(work, Owner.of(request), wanted));
    }

    /// @param result what the container has
    /// @throws CniException when what the record says of it, or without one the configuration, is
    ///   not there
    void checkMasquerade(Request request, PairConfiguration wanted, Result result) {
        Owner owner = Owner.of(request);
        record(request.network(), request.attachment())
                .ifPresentOrElse(
                        record ->
                                record.masquerade()
                                        .ifPresent(plan -> masquerade.check(owner, plan)),
                        () ->
                                wanted.plan(result)
                                        .ifPresent(plan -> masquerade.checkForeign(owner, plan)));
    }

    /// Begins to delete the pair of an attachment, and removes what belongs to it, for GC.
    ///
    /// @return what is to be waited for
    LinkRemoval.Pending remove(Work work, LinkMark mark, Optional<PairRecord> record) {
        LinkRemoval.Pending removal =
                work.attempt(
                                "delete veth",
                                () ->
                                        find(mark, record)
                                                .map(this::beginToDelete)
                                                .orElse(LinkRemoval.NONE))
                        .orElse(LinkRemoval.NONE);
        unmasquerade(work, mark, record, List.of());
        return removal;
    }

    /// Begins to delete the pair of an attachment, and removes what belongs to it, for DEL.
    ///
    /// When the host knows nothing of it, its container is asked: the reference plugin gives the
    /// host's end a name by chance.
    ///
    /// @return what is to be waited for
    LinkRemoval.Pending remove(
            Work work, LinkMark mark, Optional<PairRecord> record, Request request) {
        List<IpPrefix> addresses = new ArrayList<>();
        LinkRemoval.Pending removal =
                work.attempt(
                                "delete veth",
                                () ->
                                        find(mark, record)
                                                .map(this::beginToDelete)
                                                .orElseGet(() -> {
                                                    Container.find(request)
                                                            .ifPresent(inside ->
                                                                    removeInside(
                                                                            inside, mark,
                                                                            addresses));
                                                    return LinkRemoval.NONE;
                                                }))
                        .orElse(LinkRemoval.NONE);
        if (record.isEmpty()) {
            told(request)
                    .ifPresent(result ->
                            result.addresses()
                                    .forEach(address -> addresses.add(address.address())));
        }
        unmasquerade(work, mark, record, addresses);
        return removal;
    }

    private LinkRemoval.Pending beginToDelete(Link link) {
        return site.removal().begin(site.host(), link.index());
    }

    private void unmasquerade(
            Work work, LinkMark mark, Optional<PairRecord> record, List<IpPrefix> addresses) {
        Optional<Masquerade.Plan> plan = record.flatMap(PairRecord::masquerade);
        if (record.isEmpty() || plan.isPresent()) {
            masquerade.remove(
                    work,
                    Owner.of(mark.network(), mark.attachment()),
                    plan,
                    addresses.stream().distinct().toList());
        }
    }

    /// What a result that came along says; one that cannot be read says nothing.
    Optional<Result> told(Request request) {
        try {
            return request.configuration().previousResult();
        } catch (CniException unreadable) {
            return Optional.empty();
        }
    }

    void collect(Work work, String network, Set<AttachmentId> valid) {
        masquerade.collect(work, network, valid);
    }

    private void removeInside(Container container, LinkMark mark, List<IpPrefix> addresses) {
        try (container) {
            inside(container, mark.attachment().interfaceName())
                    .filter(link -> !isOther(link, mark))
                    .ifPresent(link -> {
                        new Addresses(container.socket())
                                .list(link.index()).stream()
                                        .filter(address -> address.scope().equals(Scope.GLOBAL))
                                        .map(Address::prefix)
                                        .forEach(addresses::add);
                        delete(container.namespace(), link);
                    });
        }
    }

    /// Whether it is marked as the end of another attachment.
    private boolean isOther(Link inside, LinkMark mark) {
        return inside.lower()
                .flatMap(index -> site.links().find(index))
                .filter(host -> host.lower().equals(Optional.of(inside.index())))
                .filter(host -> LinkMark.isMarked(host) && !mark.is(host))
                .isPresent();
    }

    private void delete(NetworkNamespace namespace, Link link) {
        site.removal().begin(namespace, link.index()).await();
    }

    /// The container's end, if it is one of a pair.
    static Optional<Link> inside(Container container, String name) {
        return container
                .links()
                .find(name)
                .filter(link -> link.kind().equals(Optional.of(LinkKind.VETH)));
    }

    /// The attachments of a network that nobody knows any more: of records, and of marked links.
    Map<AttachmentId, Optional<PairRecord>> abandoned(String network, Set<AttachmentId> valid) {
        Map<AttachmentId, Optional<PairRecord>> abandoned = new LinkedHashMap<>();
        for (AttachmentRecord record : site.records().list(network, plugin)) {
            abandoned.put(record.attachment(), record.read(PairRecord::of));
        }
        List<LinkMark> marked = new ArrayList<>();
        site.links()
                .list(LinkFilter.all().kind(LinkKind.VETH))
                .forEach(link -> LinkMark.of(link).ifPresent(marked::add));
        marked.stream()
                .filter(mark -> mark.plugin().equals(plugin) && mark.network().equals(network))
                .forEach(mark -> abandoned.putIfAbsent(mark.attachment(), Optional.empty()));
        abandoned.keySet().removeAll(valid);
        return abandoned;
    }
}
