package dev.weft.plugins.bridge;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Scope;
import dev.weft.plugins.link.ContainerAddresses;
import dev.weft.plugins.link.InterfaceCheck;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.link.Readiness;
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

/// `ptp`: a pair of veths between the container and the host, which routes.
///
/// The host's end has the gateway's address alone, `/32` or `/128`, so any number of pairs can have
/// the same; the container reaches even its own subnet through it.
public final class PointToPoint implements Plugin {
    public static final String TYPE = "ptp";
    private static final Duration LINK_LIMIT = Duration.ofSeconds(10);
    private static final int CONTAINER = 1;

    private final Site site;
    private final Ipam ipam;
    private final Pairs pairs;

    public PointToPoint(Site site, Ipam ipam) {
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
        PairConfiguration wanted = PairConfiguration.of(request.configuration());
        requireIpam(request);
        try (Container container = Container.open(request)) {
            return Work.undoable(site.steps(), work -> add(work, request, wanted, container));
        }
    }

    private static void requireIpam(Request request) {
        if (!Ipam.isNamed(request)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "no plugin name provided",
                    "ptp needs addresses: name the plugin that gives them in ipam.type");
        }
    }

    private Result add(Work work, Request request, PairConfiguration wanted, Container container) {
        work.step("look for attachment", () -> pairs.requireUnattached(request));
        Result addresses = ipam.add(work, request);
        requireGateways(addresses);
        work.step("enable forwarding", () -> forward(addresses));
        Veth veth =
                pairs.create(
                        work,
                        request,
                        container,
                        record(addresses, wanted),
                        new Veth.Wanted(
                                request.interfaceName(),
                                wanted.mtuBytes(),
                                Veth.randomAddress(),
                                0),
                        LinkRequest.empty());
        Result result = result(request, wanted, veth, addresses);
        ContainerAddresses inside =
                new ContainerAddresses(
                        container, veth.containerIndex(), request.interfaceName(), result);
        work.step("configure host", () -> configureHost(veth.host(), result));
        work.step("set sysctls", () -> inside.set(List.of()));
        work.step(
                "configure container",
                () -> inside.apply(PointToPoint::withoutRoute, routes(inside)));
        pairs.masquerade(work, request, wanted.plan(addresses));
        work.step("wait for link", () -> LinkReadiness.await(site, veth.host(), LINK_LIMIT));
        return result;
    }

    private static void requireGateways(Result addresses) {
        addresses.addresses().stream()
                .filter(address -> address.gateway().isEmpty())
                .findFirst()
                .ifPresent(address -> {
                    throw new CniException(
                            ErrorCode.INVALID_CONFIGURATION,
                            "ptp needs a gateway for "
                                    + address.address()
                                    + ", and the IPAM plugin gave none",
                            "the host's end has the gateway's address; host-local gives the first"
                                    + " of the subnet, static needs \"gateway\"");
                });
    }

    private void forward(Result addresses) {
        addresses.addresses().stream()
                .map(address -> IpFamily.of(address.address().address()))
                .distinct()
                .forEach(site.forwarding()::enable);
    }

    private static PairRecord record(Result addresses, PairConfiguration wanted) {
        return new PairRecord("", wanted.plan(addresses), Optional.empty(), "", 0);
    }

    private static Result result(
            Request request, PairConfiguration wanted, Veth veth, Result addresses) {
        return new Result(
                List.of(
                        BridgeResult.ofHost(veth.host()),
                        ResultInterface.ofContainer(
                                request.interfaceName(),
                                veth.containerAddress().toString(),
                                request.netns().orElse(""))),
                addresses.addresses().stream().map(address -> address.on(CONTAINER)).toList(),
                addresses.routes(),
                wanted.dns().orElse(addresses.dns()));
    }

    /// Before the container speaks, so that what it says is answered.
    private void configureHost(Link host, Result result) {
        List<NetlinkRequest> requests = new ArrayList<>();
        result.addresses().stream()
                .map(PointToPoint::gateway)
                .distinct()
                .forEach(gateway ->
                        requests.add(
                                Addresses.toAdd(
                                        host.index(),
                                        ContainerAddresses.request(
                                                IpPrefix.host(gateway), false))));
        result.addresses()
                .forEach(address ->
                        requests.add(
                                Routes.toAppend(
                                        RouteRequest.to(IpPrefix.host(address.address().address()))
                                                .outputLink(host.index())
                                                .scope(Scope.HOST))));
        site.socket().batch(requests);
    }

    private static InetAddress gateway(ResultAddress address) {
        return address.gateway().orElseThrow();
    }

    /// The kernel's own route to the subnet would be one that nobody answers on.
    private static AddressRequest withoutRoute(IpPrefix address) {
        return ContainerAddresses.request(address, false).flag(AddressFlag.NO_PREFIX_ROUTE);
    }

    /// To the gateway by the link, and to everything else through it.
    private static List<RouteRequest> routes(ContainerAddresses inside) {
        List<RouteRequest> routes = new ArrayList<>();
        for (ResultAddress address : inside.result().addresses()) {
            InetAddress own = address.address().address();
            routes.add(
                    RouteRequest.to(IpPrefix.host(gateway(address)))
                            .outputLink(inside.index())
                            .scope(Scope.LINK)
                            .preferredSource(own));
            routes.add(
                    RouteRequest.to(address.address().network())
                            .outputLink(inside.index())
                            .via(gateway(address))
                            .preferredSource(own));
        }
        routes.addAll(inside.routes());
        return routes;
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    Optional<PairRecord> record =
                            pairs.record(request.network(), request.attachment());
                    LinkRemoval.Pending removal =
                            pairs.remove(work, pairs.markOf(request), record, request);
                    if (Ipam.isNamed(request)) {
                        work.attempt("release addresses", () -> ipam.delete(request));
                    }
                    work.attempt("wait for deletion", removal::await);
                    if (work.succeeded()) {
                        work.attempt("remove record", () -> pairs.removeRecord(request));
                    }
                });
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work -> {
                    work.attempt(
                            "collect",
                            () ->
                                    pairs.abandoned(request.network(), valid)
                                            .forEach((attachment, record) ->
                                                    collect(request, attachment, record)));
                    pairs.collect(work, request.network(), valid);
                    if (Ipam.isNamed(request)) {
                        work.attempt("collect addresses", () -> ipam.collect(request, valid));
                    }
                });
    }

    private void collect(Request request, AttachmentId attachment, Optional<PairRecord> record) {
        Work.complete(
                site.steps(),
                work -> {
                    LinkMark mark = new LinkMark(TYPE, request.network(), attachment);
                    work.attempt("wait for deletion", pairs.remove(work, mark, record)::await);
                    if (work.succeeded()) {
                        work.attempt(
                                "remove record",
                                () -> pairs.removeRecord(request.network(), attachment));
                    }
                });
    }

    @Override
    public void check(Request request) {
        PairConfiguration wanted = PairConfiguration.of(request.configuration());
        requireIpam(request);
        ipam.check(request);
        try (Container container = Container.open(request)) {
            PairCheck pair = PairCheck.of(site, request, container);
            Link inside = pair.requireInside(true);
            Link host = pair.requireHost(inside);
            pair.inside().requireAddresses(inside);
            pair.inside().requireRoutes(inside);
            requireHostAddresses(pair, inside, host);
            pair.requireForwarding(inside);
            pairs.checkMasquerade(request, wanted, pair.result());
        }
    }

    private void requireHostAddresses(PairCheck pair, Link inside, Link host) {
        List<IpPrefix> gateways =
                pair.result().addresses().stream()
                        .flatMap(address -> address.gateway().stream())
                        .map(IpPrefix::host)
                        .toList();
        List<IpPrefix> missing =
                Gateway.missing(new Addresses(site.socket()).list(host.index()), gateways);
        InterfaceCheck.require(
                missing.isEmpty(),
                "Host interface "
                        + host.name()
                        + " does not have the gateways' addresses "
                        + missing);
        pair.inside()
                .own(inside)
                .forEach(own -> pair.requireHostRoute(host, IpPrefix.host(own.address())));
    }

    @Override
    public void status(Request request) {
        PairConfiguration.of(request.configuration());
        requireIpam(request);
        new Readiness(site).requireLinks(LinkKind.VETH);
        ipam.status(request);
    }
}
