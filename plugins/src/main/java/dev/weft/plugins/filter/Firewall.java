package dev.weft.plugins.filter;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.plugins.filter.FirewallOptions.Backend;
import dev.weft.plugins.filter.FirewallOptions.Policy;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.PreviousResult;
import dev.weft.plugins.site.SharedTable.Entry;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// `firewall`: lets a container's packets through this host's firewall, and keeps away those of
/// containers that its policy excludes.
public final class Firewall implements Plugin {
    static final String TYPE = "firewall";
    private static final Table FIREWALLD = Table.of(Family.INET, "firewalld");

    private final Site site;
    private final AdmissionChains chains;

    public Firewall(Site site) {
        this.site = site;
        this.chains = new AdmissionChains(site);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_4_0.andLater();
    }

    @Override
    public Result add(Request request) {
        FirewallOptions options = FirewallOptions.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, "missing prevResult from earlier plugin");
        Admission admission = admission(options, previous);
        Owner owner = Owner.of(request);
        Optional<Admission> former = recorded(request.network(), request.attachment());
        return Work.undoable(
                site.steps(),
                work -> {
                    former.filter(old -> !old.equals(admission))
                            .ifPresent(old ->
                                    work.step("remove former rules", () -> unmake(owner, old)));
                    if (former.isPresent() || !admission.isEmpty()) {
                        work.step(
                                "write record",
                                () -> site.records().write(request, TYPE, admission.toJson()),
                                () -> removeRecord(owner));
                    }
                    if (!admission.isEmpty()) {
                        work.step(
                                "let through",
                                () -> make(owner, admission),
                                () -> unmake(owner, admission));
                    }
                    return previous;
                });
    }

    private Admission admission(FirewallOptions options, Result previous) {
        List<IpPrefix> addresses =
                previous.addresses().stream().map(ResultAddress::address).toList();
        Optional<Link> device =
                options.policy() == Policy.OPEN || addresses.isEmpty()
                        ? Optional.empty()
                        : Optional.of(device(options.policy(), previous));
        return new Admission(
                options.backend().orElseGet(() -> suitable(addresses)),
                options.policy(),
                options.adminChain(),
                options.zone(),
                device.map(Link::name).orElse(""),
                device.filter(Firewall::isBridge).isPresent(),
                addresses);
    }

    /// What another table drops, an own one cannot let through: where firewalld is in charge it has
    /// to be told, and where iptables drops what it is not told to forward, so has iptables.
    private Backend suitable(List<IpPrefix> addresses) {
        if (site.nftables().find(FIREWALLD).isPresent() && Firewalld.isReachable()) {
            return Backend.FIREWALLD;
        }
        return Arrays.stream(IpFamily.values())
                        .filter(family ->
                                addresses.stream()
                                        .anyMatch(address ->
                                                IpFamily.of(address.address()) == family))
                        .anyMatch(this::dropsForwarded)
                ? Backend.IPTABLES
                : Backend.NFTABLES;
    }

    /// The policy of x_tables cannot be read without its program, so its mere presence counts.
    private boolean dropsForwarded(IpFamily family) {
        Table filter = Table.of(family == IpFamily.IPV4 ? Family.IP : Family.IP6, "filter");
        return site.nftables()
                        .find(Chain.of(filter, "FORWARD"))
                        .flatMap(Chain::policy)
                        .filter(Verdict.DROP::equals)
                        .isPresent()
                || site.iptables().hasLegacy(family, "filter");
    }

    /// The bridge, or the only device of the host in the result.
    private Link device(Policy policy, Result previous) {
        List<Link> devices =
                hostNames(previous).flatMap(name -> site.links().find(name).stream()).toList();
        return devices.stream()
                .filter(Firewall::isBridge)
                .findFirst()
                .or(() -> devices.stream().findFirst())
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INVALID_CONFIGURATION,
                                "ingressPolicy \""
                                        + policy
                                        + "\" is for containers behind a device of this host, and"
                                        + " the result names none: this host does not forward"
                                        + " their packets"));
    }

    private static boolean isBridge(Link link) {
        return link.kind().equals(Optional.of(LinkKind.BRIDGE));
    }

    private void make(Owner owner, Admission admission) {
        switch (admission.backend()) {
            case IPTABLES -> chains.add(admission);
            case FIREWALLD -> {
                Firewalld.add(admission.zone(), admission.addresses());
                addPolicy(owner, admission);
            }
            case NFTABLES -> addPolicy(owner, admission);
        }
    }

    /// An address is its container's, whoever had it before, and so is a device.
    private void addPolicy(Owner owner, Admission admission) {
        List<Entry> entries = PolicyPart.entries(admission);
        if (!entries.isEmpty()) {
            site.sharedTable()
                    .add(PolicyPart.PART, owner, entries, PolicyPart.groups(admission), _ -> true);
        }
    }

    private void unmake(Owner owner, Admission admission) {
        switch (admission.backend()) {
            case IPTABLES -> chains.remove(admission.addresses());
            case FIREWALLD -> {
                Firewalld.remove(admission.zone(), admission.addresses());
                removePolicy(owner, admission);
            }
            case NFTABLES -> removePolicy(owner, admission);
        }
    }

    private void removePolicy(Owner owner, Admission admission) {
        List<Entry> entries = PolicyPart.entries(admission);
        if (!entries.isEmpty()) {
            site.sharedTable().remove(PolicyPart.PART, entries, owner::wrote);
        }
    }

    private Optional<Admission> recorded(String network, AttachmentId attachment) {
        return site.records()
                .find(network, attachment, TYPE)
                .flatMap(record -> record.read(Admission::of));
    }

    private void removeRecord(Owner owner) {
        site.records().remove(owner.network(), owner.attachment(), TYPE);
    }

    @Override
    public void delete(Request request) {
        Owner owner = Owner.of(request);
        Work.complete(
                site.steps(),
                work ->
                        recorded(request.network(), request.attachment())
                                .ifPresentOrElse(
                                        admission -> tearDown(work, owner, admission),
                                        () -> tearDownForeign(work, owner, request)));
    }

    private void tearDown(Work work, Owner owner, Admission admission) {
        AtomicBoolean isRemoved = new AtomicBoolean();
        work.attempt(
                "remove rules",
                () -> {
                    unmake(owner, admission);
                    isRemoved.set(true);
                });
        if (isRemoved.get()) {
            work.attempt("remove record", () -> removeRecord(owner));
        }
    }

    /// What the reference plugin may have made, or this one whose records were lost: it can only be
    /// told by the result.
    private void tearDownForeign(Work work, Owner owner, Request request) {
        work.attempt(
                "remove rules without a record",
                () -> {
                    Admission told = told(request);
                    if (told.backend() == Backend.FIREWALLD) {
                        Firewalld.remove(told.zone(), told.addresses());
                    }
                    chains.remove(told.addresses());
                    removePolicy(owner, told);
                });
        work.attempt("remove record", () -> removeRecord(owner));
    }

    /// What an ADD of the same request would let through. The device may be gone.
    private Admission told(Request request) {
        FirewallOptions options = FirewallOptions.of(request.configuration().fields());
        Result previous = request.configuration().previousResult().orElse(Result.empty());
        List<String> names = hostNames(previous).toList();
        Optional<String> bridge =
                names.stream()
                        .filter(name ->
                                site.links().find(name).filter(Firewall::isBridge).isPresent())
                        .findFirst();
        return new Admission(
                options.backend().orElse(Backend.NFTABLES),
                options.policy(),
                options.adminChain(),
                options.zone(),
                bridge.or(() -> names.stream().findFirst()).orElse(""),
                bridge.isPresent() || names.isEmpty(),
                previous.addresses().stream().map(ResultAddress::address).toList());
    }

    private static Stream<String> hostNames(Result previous) {
        return previous.interfaces().stream()
                .filter(each -> each.sandbox().filter(it -> !it.isEmpty()).isEmpty())
                .map(ResultInterface::name);
    }

    @Override
    public void check(Request request) {
        FirewallOptions options = FirewallOptions.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, "Required prevResult missing");
        Admission admission =
                recorded(request.network(), request.attachment())
                        .orElseGet(() -> asMade(admission(options, previous)));
        String missing =
                switch (admission.backend()) {
                    case IPTABLES -> chains.missing(admission);
                    case FIREWALLD -> missingSource(admission);
                    case NFTABLES -> missingPassage(admission, options);
                };
        if (missing.isEmpty() && admission.backend() != Backend.IPTABLES) {
            missing = missingPolicy(Owner.of(request), admission);
        }
        if (!missing.isEmpty()) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "what lets a container's packets through has gone",
                    missing);
        }
    }

    /// Without a record, the reference plugin may have made it, by iptables.
    private Admission asMade(Admission admission) {
        return admission.backend() == Backend.NFTABLES && chains.areThere(admission.addresses())
                ? admission.in(Backend.IPTABLES)
                : admission;
    }

    private static String missingSource(Admission admission) {
        return admission.addresses().stream()
                .filter(address -> !Firewalld.has(admission.zone(), address))
                .map(address -> address + " in zone " + admission.zone())
                .findFirst()
                .orElse("");
    }

    /// Something may have begun to drop after the container came.
    private String missingPassage(Admission admission, FirewallOptions options) {
        return options.backend().isEmpty() && suitable(admission.addresses()) != Backend.NFTABLES
                ? "another table drops what it forwards by now: repeat ADD"
                : "";
    }

    private String missingPolicy(Owner owner, Admission admission) {
        List<Entry> wanted = PolicyPart.entries(admission);
        List<Entry> there = site.sharedTable().find(wanted);
        boolean isComplete =
                there.size() == wanted.size()
                        && there.stream()
                                .allMatch(entry ->
                                        entry.element().comment().filter(owner::wrote).isPresent());
        List<Entry> shared =
                PolicyPart.groups(admission).stream()
                        .flatMap(group -> PolicyPart.companions(group).stream())
                        .distinct()
                        .toList();
        return isComplete && site.sharedTable().find(shared).size() == shared.size()
                ? ""
                : "ingressPolicy " + admission.policy();
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
                                    Admission::of,
                                    (owner, admission) -> tearDown(work, owner, admission));
                    work.attempt(
                            "remove stray policies",
                            () -> site.sharedTable().removeStrays(PolicyPart.PART, network, valid));
                });
    }

    @Override
    public void status(Request request) {
        FirewallOptions options = FirewallOptions.of(request.configuration().fields());
        site.nftables().generation();
        if (options.backend().equals(Optional.of(Backend.FIREWALLD)) && !Firewalld.isReachable()) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "firewalld does not answer",
                    "start it, or choose another backend");
        }
        if (options.backend().equals(Optional.of(Backend.IPTABLES))) {
            site.iptables().requireAny("install one of them, or choose another backend");
        }
    }
}
