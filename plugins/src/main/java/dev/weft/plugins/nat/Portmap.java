package dev.weft.plugins.nat;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.firewall.NftObject;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.plugins.nat.PortmapOptions.Backend;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.PreviousResult;
import dev.weft.plugins.site.ReferenceTables;
import dev.weft.plugins.site.SharedTable.Entry;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// `portmap`: ports of the host that lead to a container.
public final class Portmap implements Plugin {
    public static final String TYPE = "portmap";

    private final Site site;
    private final LocalRouting routing;
    private final UdpFlows flows;
    private final PortChains chains;
    private final ConditionalPorts conditional;

    public Portmap(Site site) {
        this.site = site;
        this.routing = new LocalRouting(site);
        this.flows = new UdpFlows(site);
        this.chains = new PortChains(site);
        this.conditional = new ConditionalPorts(site);
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
        PortmapOptions options = PortmapOptions.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, "must be called as a chained plugin");
        List<PortMapping> mappings = mappings(request);
        List<IpPrefix> addresses = addresses(previous, request);
        if (!mappings.isEmpty() && !addresses.isEmpty()) {
            Owner owner = Owner.of(request);
            Work.undoable(
                    site.steps(),
                    work -> {
                        PublishedPorts published =
                                site.exclusively(() ->
                                        publish(
                                                work,
                                                request,
                                                wanted(owner, options, mappings, addresses)));
                        if (published.hasUdp()) {
                            work.step("forget flows", () -> flows.forgetPorts(published));
                        }
                        return previous;
                    });
        }
        return previous;
    }

    private static List<PortMapping> mappings(Request request) {
        return request
                .configuration()
                .runtimeConfig()
                .map(config -> config.objects("portMappings"))
                .orElse(List.of())
                .stream()
                .map(PortMapping::of)
                .toList();
    }

    /// The first address of each family that the container's interface has.
    private static List<IpPrefix> addresses(Result previous, Request request) {
        return Arrays.stream(IpFamily.values())
                .flatMap(family ->
                        previous.addresses().stream()
                                .filter(address ->
                                        IpFamily.of(address.address().address()) == family)
                                .filter(address -> isOf(request.interfaceName(), address, previous))
                                .map(ResultAddress::address)
                                .limit(1))
                .toList();
    }

    /// An address that is of no interface of the result is as good as the container's.
    private static boolean isOf(String name, ResultAddress address, Result result) {
        int index = address.interfaceIndex().orElse(-1);
        if (index < 0 || index >= result.interfaces().size()) {
            return true;
        }
        ResultInterface of = result.interfaces().get(index);
        return of.name().equals(name) && of.sandbox().filter(it -> !it.isEmpty()).isPresent();
    }

    private PublishedPorts wanted(
            Owner owner,
            PortmapOptions options,
            List<PortMapping> mappings,
            List<IpPrefix> addresses) {
        Optional<Link> device = routing.device(addresses.getFirst().address());
        boolean routedBefore =
                device.filter(link ->
                                !LocalRouting.isOn(link)
                                        || isOnForOthers(owner, options, link.name()))
                        .isEmpty();
        return new PublishedPorts(
                options, mappings, addresses, device.map(Link::name), routedBefore);
    }

    /// Rules of nftables are in groups that remember it; those of iptables have the records alone.
    private boolean isOnForOthers(Owner owner, PortmapOptions options, String device) {
        return options.backend() == Backend.IPTABLES
                && others(owner, device).anyMatch(other -> !other.routedLocalBefore());
    }

    private Stream<PublishedPorts> others(Owner owner, String device) {
        return site.records().list(owner.network(), TYPE).stream()
                .filter(record -> !record.attachment().equals(owner.attachment()))
                .flatMap(record -> record.read(PublishedPorts::of).stream())
                .filter(PublishedPorts::needsLocalRouting)
                .filter(other -> other.device().equals(Optional.of(device)));
    }

    private PublishedPorts publish(Work work, Request request, PublishedPorts wanted) {
        Owner owner = Owner.of(request);
        Optional<PublishedPorts> former = recorded(request.network(), request.attachment());
        PublishedPorts published = former.map(old -> heir(wanted, old)).orElse(wanted);
        former.filter(old -> !old.equals(published))
                .ifPresent(old -> work.step("remove former ports", () -> unmake(owner, old)));
        work.step(
                "write record",
                () -> site.records().write(request, TYPE, published.toJson()),
                () -> removeRecord(owner));
        if (published.needsLocalRouting() && !published.routedLocalBefore()) {
            String device = published.device().orElseThrow();
            work.step(
                    "allow local routing",
                    () -> routing.allow(device),
                    () -> unmake(owner, published));
        }
        work.step("publish ports", () -> make(owner, published), () -> unmake(owner, published));
        return published;
    }

    /// What was before the former one is what was before.
    private static PublishedPorts heir(PublishedPorts wanted, PublishedPorts former) {
        return new PublishedPorts(
                wanted.options(),
                wanted.mappings(),
                wanted.addresses(),
                wanted.device(),
                wanted.routedLocalBefore() && former.routedLocalBefore());
    }

    private void make(Owner owner, PublishedPorts published) {
        switch (published.options().backend()) {
            case NFTABLES -> {
                site.sharedTable()
                        .add(
                                PortsPart.PART,
                                owner,
                                PortsPart.entries(published),
                                PortsPart.groups(published),
                                entry -> isReplaceable(owner, entry));
                conditional.add(owner, published);
            }
            case IPTABLES -> chains.add(owner, published);
        }
    }

    /// An address is its container's, whoever had it before; a port is whose it is.
    private static boolean isReplaceable(Owner owner, Entry there) {
        String comment = there.element().comment().orElse("");
        if (!PortsPart.isPort(there) || owner.wrote(comment)) {
            return true;
        }
        throw new CniException(
                ErrorCode.INTERNAL,
                PortsPart.describe(there) + " is published already",
                "by " + Owner.words(comment));
    }

    /// What is there of an attachment, as its record says.
    private void unmake(Owner owner, PublishedPorts published) {
        site.exclusively(() -> {
            restoreRouting(owner, published, removeRules(owner, published));
            return published;
        });
    }

    private List<NftObject> removeRules(Owner owner, PublishedPorts published) {
        List<NftObject> removed = new ArrayList<>();
        switch (published.options().backend()) {
            case NFTABLES -> {
                conditional.remove(owner, published);
                removed.addAll(removeEntries(owner, published));
            }
            case IPTABLES -> chains.remove(owner);
        }
        return removed;
    }

    private void restoreRouting(Owner owner, PublishedPorts published, List<NftObject> removed) {
        if (!published.needsLocalRouting()) {
            return;
        }
        String device = published.device().orElseThrow();
        boolean isNeeded =
                published.options().backend() == Backend.IPTABLES
                        && others(owner, device).findAny().isPresent();
        if (!isNeeded) {
            routing.restore(device, !published.routedLocalBefore(), removed);
        }
    }

    private List<NftObject> removeEntries(Owner owner, PublishedPorts published) {
        return site.sharedTable()
                .remove(PortsPart.PART, PortsPart.entries(published), owner::wrote);
    }

    private Optional<PublishedPorts> recorded(String network, AttachmentId attachment) {
        return site.records()
                .find(network, attachment, TYPE)
                .flatMap(record -> record.read(PublishedPorts::of));
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    Owner owner = Owner.of(request);
                    Optional<PublishedPorts> record =
                            recorded(request.network(), request.attachment());
                    if (record.isPresent()) {
                        tearDown(work, owner, record.get());
                    } else {
                        tearDownForeign(work, owner, asked(request));
                    }
                });
    }

    private void tearDown(Work work, Owner owner, PublishedPorts published) {
        AtomicBoolean isRemoved = new AtomicBoolean();
        work.attempt(
                "remove ports",
                () -> {
                    unmake(owner, published);
                    isRemoved.set(true);
                });
        if (published.hasUdp()) {
            work.attempt("forget flows", () -> flows.forgetContainer(published));
        }
        if (isRemoved.get()) {
            work.attempt("remove record", () -> removeRecord(owner));
        }
    }

    /// What can be there without a record: what the reference plugin made, or this one whose
    /// records were lost.
    private void tearDownForeign(Work work, Owner owner, Optional<PublishedPorts> asked) {
        asked.ifPresent(published -> {
            work.attempt("remove ports", () -> unmake(owner, published));
            if (published.hasUdp()) {
                work.attempt("forget flows", () -> flows.forgetContainer(published));
            }
        });
        work.attempt("remove ports of iptables", () -> chains.remove(owner));
        work.attempt(
                "remove ports of the reference plugin",
                () ->
                        ReferenceTables.removePorts(
                                site.nftables(), owner.attachment().containerId()));
        work.attempt("remove record", () -> removeRecord(owner));
    }

    /// What an ADD of the same request would publish, as far as that can be told.
    private Optional<PublishedPorts> asked(Request request) {
        try {
            return request.configuration()
                    .previousResult()
                    .map(previous -> asked(request, addresses(previous, request)))
                    .filter(published -> !published.mappings().isEmpty());
        } catch (CniException unusable) {
            request.diagnostics().add("portmap: " + unusable.getMessage());
            return Optional.empty();
        }
    }

    private PublishedPorts asked(Request request, List<IpPrefix> addresses) {
        return new PublishedPorts(
                PortmapOptions.of(request.configuration().fields()),
                mappings(request),
                addresses,
                addresses.stream()
                        .findFirst()
                        .flatMap(address -> routing.device(address.address()))
                        .map(Link::name),
                true);
    }

    private void removeRecord(Owner owner) {
        site.records().remove(owner.network(), owner.attachment(), TYPE);
    }

    /// Without a record, the reference plugin may have published the ports, by whatever backend.
    @Override
    public void check(Request request) {
        PortmapOptions options = PortmapOptions.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, "Required prevResult missing");
        List<PortMapping> mappings = mappings(request);
        List<IpPrefix> addresses = addresses(previous, request);
        if (mappings.isEmpty() || addresses.isEmpty()) {
            return;
        }
        Owner owner = Owner.of(request);
        boolean isRecorded = recorded(request.network(), request.attachment()).isPresent();
        Backend backend =
                !isRecorded && chains.areThere(owner) ? Backend.IPTABLES : options.backend();
        PublishedPorts published = wanted(owner, options.in(backend), mappings, addresses);
        if (published.needsLocalRouting() && !routing.isOn(published.device().orElseThrow())) {
            throw missing("route_localnet of " + published.device().orElseThrow());
        }
        switch (backend) {
            case NFTABLES -> {
                if (isRecorded || !isOfReference(owner)) {
                    checkEntries(owner, PortsPart.entries(published));
                    conditional.check(owner, published);
                }
            }
            case IPTABLES -> chains.check(owner, published);
        }
    }

    private boolean isOfReference(Owner owner) {
        return ReferenceTables.havePorts(site.nftables(), owner.attachment().containerId());
    }

    private void checkEntries(Owner owner, List<Entry> wanted) {
        List<Entry> there = site.sharedTable().find(wanted);
        for (Entry entry : wanted) {
            boolean isThere =
                    there.stream()
                            .anyMatch(found ->
                                    found.isLike(entry)
                                            && found.element()
                                                    .comment()
                                                    .filter(owner::wrote)
                                                    .isPresent());
            if (!isThere) {
                throw missing(PortsPart.describe(entry));
            }
        }
    }

    static CniException missing(String what) {
        return new CniException(ErrorCode.INTERNAL, "what publishes ports has gone", what);
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        String network = request.network();
        Work.complete(
                site.steps(),
                work -> {
                    site.records()
                            .collect(
                                    work,
                                    network,
                                    TYPE,
                                    valid,
                                    PublishedPorts::of,
                                    (owner, published) -> tearDown(work, owner, published));
                    work.attempt(
                            "remove stray ports",
                            () -> site.sharedTable().removeStrays(PortsPart.PART, network, valid));
                });
    }

    @Override
    public void status(Request request) {
        Fields fields = request.configuration().fields();
        if (PortmapOptions.of(fields).backend() == Backend.IPTABLES) {
            site.iptables()
                    .requireAny(
                            "install one of them, or leave out what needs the backend iptables");
        }
        site.nftables().generation();
    }
}
