package dev.weft.plugins.chained;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.link.Link;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Rule;
import dev.weft.linux.route.Rules;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.PreviousResult;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.SourceTable;
import dev.weft.plugins.site.Work;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `sbr`: routes what comes from the addresses of an interface by that interface.
public final class Sbr implements Plugin {
    static final String TYPE = "sbr";
    private static final String COMPLAINT = "This plugin must be called as chained plugin";

    private final Site site;

    public Sbr(Site site) {
        this.site = site;
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
        SbrConfiguration wanted = SbrConfiguration.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, COMPLAINT);
        List<ResultAddress> addresses = addresses(previous, request.interfaceName());
        if (addresses.isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "No IP addresses supplied on interface: " + request.interfaceName());
        }
        try (Container container = Container.open(request)) {
            Link link = container.requireLink(request.interfaceName());
            SourceRouting routing = new SourceRouting(container);
            try (FileLock _ = routing.lock()) {
                return Work.undoable(
                        site.steps(),
                        work -> {
                            ofSameContainer(request, container)
                                    .ifPresent(old ->
                                            moveBack(
                                                    work, routing, tables(old), Optional.of(link)));
                            List<SourceTable> tables = routing.plan(link, addresses, wanted);
                            apply(work, request, container, link, routing, tables);
                            return previous;
                        });
            }
        }
    }

    /// Those of an interface; one that does not say whose it is, or points nowhere, counts too.
    private static List<ResultAddress> addresses(Result result, String interfaceName) {
        return result.addresses().stream()
                .filter(address -> {
                    int index = address.interfaceIndex().orElse(-1);
                    return index < 0
                            || index >= result.interfaces().size()
                            || result.interfaces().get(index).name().equals(interfaceName);
                })
                .toList();
    }

    private Optional<AttachmentRecord> ofSameContainer(Request request, Container container) {
        return site.records()
                .find(request, TYPE)
                .filter(record -> NamespaceMark.isOf(record, container));
    }

    /// The first step can undo all of them.
    private void apply(
            Work work,
            Request request,
            Container container,
            Link link,
            SourceRouting routing,
            List<SourceTable> tables) {
        JsonObject content = new JsonObject();
        NamespaceMark.of(request, container).writeTo(content);
        content.add("tables", SourceTable.toJson(tables));
        work.step(
                "write record",
                () -> site.records().write(request, TYPE, content),
                () -> {
                    moveBack(work, routing, tables, Optional.of(link));
                    site.records().remove(request.network(), request.attachment(), TYPE);
                });
        for (SourceTable table : tables) {
            if (table.own()) {
                work.step("fill table", () -> routing.fill(table, link));
            }
            work.step("add rule", () -> routing.addRule(table));
        }
        tables.stream()
                .filter(SourceTable::own)
                .forEach(table -> work.step("leave main", () -> routing.leaveMain(table, link)));
    }

    /// Ends the rules, and the tables while their interface is there, which takes them along.
    private static void moveBack(
            Work work, SourceRouting routing, List<SourceTable> tables, Optional<Link> link) {
        for (SourceTable table : tables) {
            if (table.own() && link.isPresent()) {
                work.attempt("empty table", () -> routing.empty(table, link.get()));
            }
            work.attempt("delete rule", () -> routing.deleteRule(table));
        }
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    Optional<AttachmentRecord> record =
                            site.records()
                                    .find(request, TYPE)
                                    .filter(known -> known.read(SourceTable::listOf).isPresent());
                    record.ifPresentOrElse(
                            known -> tearDown(work, request, known),
                            () -> deleteRulesOfInterface(work, request));
                    forget(work, request.network(), request.attachment());
                });
    }

    private static List<SourceTable> tables(AttachmentRecord record) {
        return record.read(SourceTable::listOf).orElse(List.of());
    }

    private static void tearDown(Work work, Request request, AttachmentRecord record) {
        work.attempt(
                "move back",
                () ->
                        NamespaceMark.of(record)
                                .flatMap(mark -> mark.open(request))
                                .ifPresent(container -> moveBack(work, record, container)));
    }

    private void forget(Work work, String network, AttachmentId attachment) {
        if (work.succeeded()) {
            work.attempt("remove record", () -> site.records().remove(network, attachment, TYPE));
        }
    }

    private static void moveBack(Work work, AttachmentRecord record, Container container) {
        SourceRouting routing = new SourceRouting(container);
        try (container;
                FileLock _ = routing.lock()) {
            moveBack(
                    work,
                    routing,
                    tables(record),
                    container.links().find(record.attachment().interfaceName()));
        }
    }

    /// What the reference plugin made: every rule for one of the interface's addresses.
    private static void deleteRulesOfInterface(Work work, Request request) {
        Optional<Container> found = Container.find(request);
        if (found.isEmpty()) {
            return;
        }
        SourceRouting routing = new SourceRouting(found.get());
        try (Container container = found.get();
                FileLock _ = routing.lock()) {
            ownAddresses(container, request)
                    .distinct()
                    .flatMap(source -> routing.rulesOf(source).stream())
                    .toList()
                    .forEach(rule -> work.attempt("delete rule", () -> routing.delete(rule)));
        }
    }

    private static Stream<IpPrefix> ownAddresses(Container container, Request request) {
        Stream<IpPrefix> present =
                container.links().find(request.interfaceName()).stream()
                        .flatMap(link ->
                                new Addresses(container.socket()).list(link.index()).stream())
                        .map(Address::prefix);
        return Stream.concat(present, addressesOfResult(request))
                .map(prefix -> IpPrefix.host(prefix.address()));
    }

    private static Stream<IpPrefix> addressesOfResult(Request request) {
        try {
            return request.configuration().previousResult().stream()
                    .flatMap(result -> addresses(result, request.interfaceName()).stream())
                    .map(ResultAddress::address);
        } catch (CniException unreadable) {
            return Stream.empty();
        }
    }

    @Override
    public void check(Request request) {
        SbrConfiguration wanted = SbrConfiguration.of(request.configuration().fields());
        Result previous = PreviousResult.require(request, COMPLAINT);
        try (Container container = Container.open(request)) {
            Link link = container.requireLink(request.interfaceName());
            SourceRouting routing = new SourceRouting(container);
            List<String> differences = new ArrayList<>();
            for (ResultAddress address : addresses(previous, request.interfaceName())) {
                difference(routing, link, address, wanted).ifPresent(differences::add);
            }
            if (!differences.isEmpty()) {
                throw new CniException(ErrorCode.INTERNAL, String.join("; ", differences));
            }
        }
    }

    /// Any table that a rule leads to will do, so that also what the reference plugin made can be
    /// checked.
    private static Optional<String> difference(
            SourceRouting routing, Link link, ResultAddress address, SbrConfiguration wanted) {
        IpPrefix source = IpPrefix.host(address.address().address());
        List<Long> tables = routing.rulesOf(source).stream().map(Rule::table).toList();
        if (wanted.table().isPresent()) {
            return tables.contains(wanted.table().get())
                    ? Optional.empty()
                    : Optional.of(
                            "no rule leads from " + source + " to table " + wanted.table().get());
        }
        if (tables.isEmpty()) {
            return Optional.of("no rule leads from " + source + " to a table");
        }
        Optional<InetAddress> gateway = wanted.gateway(address);
        return gateway.isEmpty()
                        || tables.stream()
                                .anyMatch(table -> routing.hasDefault(link, table, gateway.get()))
                ? Optional.empty()
                : Optional.of(
                        "table "
                                + tables.getFirst()
                                + " has no default route by "
                                + IpPrefix.textOf(gateway.get()));
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work ->
                        site.records()
                                .abandoned(request.network(), TYPE, valid)
                                .forEach(record -> {
                                    tearDown(work, request, record);
                                    forget(work, record.network(), record.attachment());
                                }));
    }

    @Override
    public void status(Request request) {
        try {
            new Rules(site.socket()).list();
        } catch (KernelException refused) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "this kernel has no policy rules (CONFIG_IP_MULTIPLE_TABLES)",
                    String.valueOf(refused.getMessage()));
        }
    }
}
