package dev.weft.plugins;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `bridge`: connects a container to a bridge of the host by a pair of veths.
final class Bridge implements Plugin {
    static final String TYPE = "bridge";

    private final Site site;
    private final Ipam ipam;

    Bridge(Site site, Ipam ipam) {
        this.site = site;
        this.ipam = ipam;
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
        try (Container container = Container.open(request)) {
            return Work.undoable(site.steps(), work -> add(work, request, wanted, container));
        }
    }

    private Result add(
            Work work, Request request, BridgeConfiguration wanted, Container container) {
        HostBridge bridge = work.step("find bridge", () -> HostBridge.obtain(site, wanted));
        Result addresses = Ipam.isNamed(request) ? ipam.add(work, request) : Result.empty();
        String host =
                Hashes.hostDevice(
                        request.network(), request.containerId(), request.interfaceName());
        work.step(
                "write record",
                () -> site.records().write(request, TYPE, record(host, addresses)),
                () -> removeRecord(request));
        HardwareAddress mac =
                wanted.mac().map(HardwareAddress::parse).orElseGet(Veth::randomAddress);
        Veth veth =
                work.step(
                        "create veth",
                        () ->
                                Veth.create(
                                        site,
                                        container,
                                        new Veth.Wanted(
                                                host,
                                                request.interfaceName(),
                                                wanted.mtuBytes(),
                                                mac,
                                                bridge.index())),
                        () -> removeLink(host));
        Result result = result(request, wanted, bridge, veth, addresses);
        work.step(
                "configure container",
                () -> {
                    container
                            .sysctls()
                            .write(
                                    "1",
                                    "net",
                                    "ipv4",
                                    "conf",
                                    request.interfaceName(),
                                    "arp_notify");
                    container
                            .sysctls()
                            .write(
                                    "0",
                                    "net",
                                    "ipv6",
                                    "conf",
                                    request.interfaceName(),
                                    "accept_dad");
                    ContainerAddresses.apply(
                            container, veth.containerIndex(), request.interfaceName(), result);
                });
        if (wanted.gateway()) {
            work.step("be gateway", () -> bridge.beGateway(result, wanted.forceAddress()));
        }
        return result;
    }

    private static JsonObject record(String host, Result addresses) {
        JsonObject json = new JsonObject();
        json.addProperty("hostDevice", host);
        JsonArray prefixes = new JsonArray();
        addresses.addresses().forEach(address -> prefixes.add(address.address().toString()));
        json.add("addresses", prefixes);
        return json;
    }

    private static Result result(
            Request request,
            BridgeConfiguration wanted,
            HostBridge bridge,
            Veth veth,
            Result addresses) {
        Result result =
                new Result(
                        List.of(
                                ResultInterface.ofHost(bridge.name(), bridge.mac()),
                                ResultInterface.ofHost(
                                        veth.host().name(),
                                        veth.host().address().map(Object::toString).orElse("")),
                                ResultInterface.ofContainer(
                                        request.interfaceName(),
                                        veth.containerAddress().toString(),
                                        request.netns().orElse(""))),
                        addresses.addresses().stream()
                                .map(address -> withGateway(address.on(2), wanted))
                                .toList(),
                        addresses.routes(),
                        wanted.dns().orElse(addresses.dns()));
        return wanted.defaultGateway() ? withDefaultRoutes(result) : result;
    }

    private static ResultAddress withGateway(ResultAddress address, BridgeConfiguration wanted) {
        return address.gateway().isPresent() || !wanted.gateway()
                ? address
                : address.withGateway(firstOf(address.address()));
    }

    private static InetAddress firstOf(IpPrefix subnet) {
        byte[] bytes = subnet.network().address().getAddress();
        bytes[bytes.length - 1] |= 1;
        return IpPrefix.addressOf(bytes);
    }

    /// One for each family with an address, unless the result has one with a gateway.
    private static Result withDefaultRoutes(Result result) {
        List<ResultRoute> routes = new ArrayList<>(result.routes());
        for (ResultAddress address : result.addresses()) {
            IpPrefix everything = IpFamily.of(address.address().address()).everything();
            boolean there =
                    routes.stream()
                            .anyMatch(route ->
                                    route.destination().network().equals(everything)
                                            && route.gateway().isPresent());
            if (!there) {
                routes.add(ResultRoute.of(everything, address.gateway()));
            }
        }
        return result.withRoutes(routes);
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    tearDown(work, request.network(), request.attachment());
                    if (Ipam.isNamed(request)) {
                        work.attempt("release addresses", () -> ipam.delete(request));
                    }
                    if (work.succeeded()) {
                        work.attempt("remove record", () -> removeRecord(request));
                    }
                });
    }

    private void tearDown(Work work, String network, AttachmentId attachment) {
        Optional<AttachmentRecord> record = site.records().find(network, attachment, TYPE);
        String host =
                record.flatMap(found -> found.fields().text("hostDevice"))
                        .orElse(
                                Hashes.hostDevice(
                                        network,
                                        attachment.containerId(),
                                        attachment.interfaceName()));
        work.attempt("delete veth", () -> removeLink(host));
    }

    private void removeLink(String name) {
        site.links()
                .find(name)
                .map(Link::index)
                .ifPresent(index -> site.removal().begin(index).await());
    }

    private void removeRecord(Request request) {
        site.records().remove(request.network(), request.attachment(), TYPE);
    }

    @Override
    public void check(Request request) {
        ipam.check(request);
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        ipam.collect(request, valid);
    }

    @Override
    public void status(Request request) {
        ipam.status(request);
    }
}
