package dev.weft.plugins.bridge;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.BridgePortAttributes;
import dev.weft.linux.link.BridgeVlans;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.linux.route.Neighbour;
import dev.weft.linux.route.Neighbours;
import dev.weft.plugins.link.ContainerAddresses;
import dev.weft.plugins.link.DuplicateDetection;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.LinkMark;
import dev.weft.plugins.site.LinkReadiness;
import dev.weft.plugins.site.LinkRemoval;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `bridge`: connects a container to a bridge of the host by a pair of veths.
public final class Bridge implements Plugin {
    public static final String TYPE = "bridge";

    /// The kernel takes microseconds; a machine under load has been seen to take seconds.
    private static final Duration LINK_LIMIT = Duration.ofSeconds(10);

    /// The kernel asks up to a second later and waits for another one.
    private static final Duration DETECTION_LIMIT = Duration.ofSeconds(5);

    private static final LinkRequest UP = LinkRequest.empty().up();

    private final Site site;
    private final Ipam ipam;
    private final Pairs pairs;

    public Bridge(Site site, Ipam ipam) {
        this.site = site;
        this.ipam = ipam;
        this.pairs = new Pairs(site, TYPE);
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
        BridgeConfiguration wanted = BridgeConfiguration.of(request);
        Ipam.requireExpressible(request);
        try (Container container = Container.open(request)) {
            return Work.undoable(
                    site.steps(), work -> new Addition(work, request, wanted, container).run());
        }
    }

    /// One ADD.
    private final class Addition {
        private final Work work;
        private final Request request;
        private final BridgeConfiguration wanted;
        private final Container container;

        Addition(Work work, Request request, BridgeConfiguration wanted, Container container) {
            this.work = work;
            this.request = request;
            this.wanted = wanted;
            this.container = container;
        }

        Result run() {
            clearAway();
            HostBridge bridge = work.step("obtain bridge", () -> HostBridge.obtain(site, wanted));
            Result known = askBeforehand();
            HardwareAddress mac =
                    wanted.mac()
                            .or(() -> Veth.lastingAddress(known))
                            .orElseGet(Veth::randomAddress);
            removeGatewayOnFailure();
            Veth veth = createVeth(bridge, known, mac);
            joinVlans(bridge, veth);
            if (wanted.spoofCheck()) {
                guard(veth.host().name(), mac);
            }
            Result addresses = Ipam.needsInterface(request) ? askOn(veth, mac) : known;
            BridgeResult result = new BridgeResult(request, wanted, toldBridge(bridge), veth);
            Result planned = result.of(addresses);
            if (!wanted.containerDown()) {
                configureContainer(veth, planned);
            }
            Optional<Link> gateway =
                    wanted.gateway() && !planned.addresses().isEmpty()
                            ? Optional.of(beGateway(bridge, planned))
                            : Optional.empty();
            if (wanted.detectDuplicates()) {
                detectDuplicates(veth);
            }
            pairs.masquerade(work, request, wanted.pair().plan(addresses));
            if (!wanted.containerDown()) {
                awaitReadiness(veth, planned, gateway.orElse(bridge.link()));
            }
            return gateway.filter(device -> device.index() != bridge.index())
                    .map(device -> result.withGateway(planned, device))
                    .orElse(planned);
        }

        /// The hardware address of a bridge that nobody gave one is that of a port, perhaps of this
        /// one; a gateway gives it one.
        private HostBridge toldBridge(HostBridge bridge) {
            return wanted.gateway() ? bridge : HostBridge.find(site, bridge.name());
        }

        /// What a killed ADD of the same attachment left without its pair.
        private void clearAway() {
            work.step("look for attachment", () -> pairs.requireUnattached(request))
                    .ifPresent(left -> work.step("clear away", () -> forget(left)));
        }

        private void forget(PairRecord left) {
            unguard(left);
            leaveVlan(left.bridge(), left.gatewayVlan());
        }

        /// Said before the pair is made and so done when it is gone: the device stays as long as
        /// the container is in its VLAN.
        private void removeGatewayOnFailure() {
            if (wanted.gateway()) {
                work.onFailure(
                        "remove VLAN gateway",
                        () -> leaveVlan(wanted.bridge(), wanted.vlans().access()));
            }
        }

        private Result askBeforehand() {
            if (Ipam.needsInterface(request)) {
                ipam.requireInstalled(request);
                return Result.empty();
            }
            return Ipam.isNamed(request) ? ipam.add(work, request) : Result.empty();
        }

        /// What the addresses make necessary is in the record before it is made. A question that
        /// goes by the port before that forwards is lost, and asked again a second later.
        private Result askOn(Veth veth, HardwareAddress mac) {
            if (Ipam.asksByInterface(request)) {
                work.step("set up", () -> container.links().change(veth.containerIndex(), UP));
                work.step(
                        "wait for port", () -> LinkReadiness.await(site, veth.host(), LINK_LIMIT));
            }
            Result addresses = ipam.add(work, request);
            PairRecord record = record(addresses, mac);
            if (record.masquerade().isPresent()) {
                work.step(
                        "write record",
                        () -> pairs.rewrite(request, record.withHostDevice(veth.host().name())));
            }
            return addresses;
        }

        private PairRecord record(Result addresses, HardwareAddress mac) {
            return new PairRecord(
                    "",
                    wanted.pair().plan(addresses),
                    wanted.spoofCheck() ? Optional.of(mac) : Optional.empty(),
                    wanted.bridge(),
                    wanted.gateway() ? wanted.vlans().access() : 0);
        }

        private Veth createVeth(HostBridge bridge, Result addresses, HardwareAddress mac) {
            return pairs.create(
                    work,
                    request,
                    container,
                    record(addresses, mac),
                    new Veth.Wanted(
                            request.interfaceName(), wanted.pair().mtuBytes(), mac, bridge.index()),
                    port());
        }

        private LinkRequest port() {
            return wanted.hairpin() || wanted.isolated()
                    ? LinkRequest.portOf(
                            LinkKind.BRIDGE,
                            port ->
                                    port.put(BridgePortAttributes.HAIRPIN, wanted.hairpin())
                                            .put(BridgePortAttributes.ISOLATED, wanted.isolated()))
                    : LinkRequest.empty();
        }

        private void joinVlans(HostBridge bridge, Veth veth) {
            if (wanted.vlans().areNamed()) {
                work.step(
                        "join VLANs",
                        () ->
                                wanted.vlans()
                                        .apply(
                                                new BridgeVlans(site.socket()),
                                                veth.host().index(),
                                                bridge.givenVlan()));
            }
        }

        private void guard(String port, HardwareAddress mac) {
            SpoofCheck check = new SpoofCheck(site.nftables());
            work.step("guard port", () -> check.add(port, mac), () -> check.remove(port, mac));
        }

        private void configureContainer(Veth veth, Result planned) {
            ContainerAddresses addresses = inside(veth, planned);
            if (planned.addresses().stream()
                    .anyMatch(it -> ContainerAddresses.isIpv6(it.address()))) {
                work.step("set sysctls", () -> addresses.set(settings()));
            }
            work.step(
                    "configure container",
                    () -> addresses.applyNotifying(wanted.detectDuplicates()));
        }

        private ContainerAddresses inside(Veth veth, Result planned) {
            return new ContainerAddresses(
                    container, veth.containerIndex(), request.interfaceName(), planned);
        }

        /// Of IPv6: opening them takes the longer the more containers have an interface of that
        /// name, so containers without IPv6 addresses do without.
        private List<Setting> settings() {
            String name = request.interfaceName();
            List<Setting> settings = new ArrayList<>();
            settings.add(Setting.of("1", "net", "ipv6", "conf", name, "ndisc_notify"));
            if (wanted.detectDuplicates()) {
                settings.add(Setting.of("1", "net", "ipv6", "conf", name, "enhanced_dad"));
            }
            settings.add(
                    Setting.of(
                            wanted.detectDuplicates() ? "1" : "0",
                            "net",
                            "ipv6",
                            "conf",
                            name,
                            "accept_dad"));
            return settings;
        }

        private Link beGateway(HostBridge bridge, Result planned) {
            int vlan = wanted.vlans().access();
            List<IpPrefix> own = Gateway.addressesOf(planned);
            if (vlan == 0) {
                work.step(
                        "be gateway",
                        () -> new Gateway(site, bridge.link()).apply(own, wanted.forceAddress()));
                return bridge.link();
            }
            VlanGateway gateway = new VlanGateway(site, bridge.name(), vlan);
            Link device =
                    work.step(
                            "obtain VLAN gateway",
                            () ->
                                    gateway.obtain(
                                            bridge.index(),
                                            wanted.pair().mtuBytes(),
                                            bridge.givenVlan()));
            work.step(
                    "be gateway",
                    () -> new Gateway(site, device).apply(own, wanted.forceAddress()));
            return device;
        }

        /// Known before the address becomes this container's in the firewall.
        private void detectDuplicates(Veth veth) {
            work.step(
                    "detect duplicates",
                    () ->
                            DuplicateDetection.await(
                                    container, veth.containerIndex(), DETECTION_LIMIT));
        }

        /// What the container said of itself while its port did not forward yet would be lost, so
        /// it says it now: setting the hardware address anew makes the kernel announce it.
        ///
        /// @param device by which the host is in the container's network
        private void awaitReadiness(Veth veth, Result planned, Link device) {
            work.step("wait for port", () -> LinkReadiness.await(site, veth.host(), LINK_LIMIT));
            if (planned.addresses().isEmpty()) {
                return;
            }
            work.step(
                    "announce",
                    () -> {
                        if (!isKnown(veth.containerAddress(), planned, device)) {
                            inside(veth, planned).announce(veth.containerAddress());
                        }
                    });
        }

        /// Whether nobody needs to be told: an announcement goes to every port, and each container
        /// behind one takes note of it. What the host remembers tells of those that had the address
        /// with another hardware address.
        private boolean isKnown(HardwareAddress mac, Result planned, Link device) {
            if (!Veth.lastingAddress(planned).equals(Optional.of(mac))) {
                return false;
            }
            InetAddress address = planned.addresses().getFirst().address().address();
            return new Neighbours(site.socket())
                    .find(device.index(), address)
                    .flatMap(Neighbour::hardwareAddress)
                    .filter(remembered -> !remembered.equals(mac))
                    .isEmpty();
        }
    }

    private void unguard(PairRecord record) {
        record.sender()
                .ifPresent(mac -> new SpoofCheck(site.nftables()).remove(record.hostDevice(), mac));
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    ipam.releaseFirst(work, request);
                    LinkMark mark = pairs.markOf(request);
                    Optional<PairRecord> record =
                            pairs.record(request.network(), request.attachment());
                    LinkRemoval.Pending removal = pairs.remove(work, mark, record, request);
                    ipam.releaseLast(work, request);
                    work.attempt("wait for deletion", removal::await);
                    record.ifPresent(known -> tearDown(work, known));
                    if (record.isEmpty()) {
                        tearDown(work, request);
                    }
                    if (work.succeeded()) {
                        work.attempt("remove record", () -> pairs.removeRecord(request));
                    }
                });
    }

    /// What is left when the pair is gone.
    private void tearDown(Work work, PairRecord record) {
        if (record.sender().isPresent()) {
            work.attempt("unguard port", () -> unguard(record));
        }
        if (record.gatewayVlan() != 0) {
            work.attempt(
                    "remove VLAN gateway", () -> leaveVlan(record.bridge(), record.gatewayVlan()));
        }
    }

    /// The same without a record, from the configuration and the result.
    private void tearDown(Work work, Request request) {
        if (BridgeConfiguration.checksSpoofing(request)) {
            work.attempt("unguard port", () -> unguardTold(request));
            work.attempt(
                    "remove chains",
                    () -> ForeignSpoofCheck.remove(site.nftables(), request.attachment()));
        }
        work.attempt(
                "remove VLAN gateway",
                () ->
                        request.configuration()
                                .fields()
                                .integer("vlan")
                                .ifPresent(vlan ->
                                        leaveVlan(BridgeConfiguration.bridge(request), vlan)));
    }

    private void unguardTold(Request request) {
        List<ResultInterface> told = pairs.told(request).map(Result::interfaces).orElse(List.of());
        SpoofCheck check = new SpoofCheck(site.nftables());
        List<String> ports = pairs.markOf(request).names().toList();
        told.stream()
                .filter(inside -> inside.name().equals(request.interfaceName()))
                .flatMap(inside -> inside.mac().stream())
                .map(HardwareAddress::parse)
                .forEach(mac ->
                        told.stream()
                                .map(ResultInterface::name)
                                .filter(ports::contains)
                                .forEach(port -> check.remove(port, mac)));
    }

    /// @param vlan 0 for none
    private void leaveVlan(String bridge, int vlan) {
        if (vlan != 0) {
            new VlanGateway(site, bridge, vlan).removeUnused();
        }
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work -> {
                    ipam.collectFirst(work, request, valid);
                    work.attempt(
                            "collect",
                            () ->
                                    pairs.abandoned(request.network(), valid)
                                            .forEach((attachment, record) ->
                                                    collect(request, attachment, record)));
                    pairs.collect(work, request.network(), valid);
                    ipam.collectLast(work, request, valid);
                });
    }

    private void collect(Request request, AttachmentId attachment, Optional<PairRecord> record) {
        LinkMark mark = new LinkMark(TYPE, request.network(), attachment);
        Work.complete(
                site.steps(),
                work -> {
                    LinkRemoval.Pending removal = pairs.remove(work, mark, record);
                    work.attempt("wait for deletion", removal::await);
                    record.ifPresent(known -> tearDown(work, known));
                    if (work.succeeded()) {
                        work.attempt(
                                "remove record",
                                () -> pairs.removeRecord(request.network(), attachment));
                    }
                });
    }

    @Override
    public void check(Request request) {
        BridgeConfiguration wanted = BridgeConfiguration.of(request);
        if (Ipam.isNamed(request)) {
            ipam.check(request);
        }
        try (Container container = Container.open(request)) {
            BridgeCheck check = new BridgeCheck(site, request, wanted, container);
            check.run();
            pairs.checkMasquerade(request, wanted.pair(), check.result());
        }
    }

    @Override
    public void status(Request request) {
        BridgeConfiguration wanted = BridgeConfiguration.of(request);
        new BridgeReadiness(site).require(wanted);
        if (Ipam.isNamed(request)) {
            ipam.status(request);
        }
    }
}
