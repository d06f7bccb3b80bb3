package dev.weft.plugins.chained;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.link.Link;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Rule;
import dev.weft.linux.route.RuleAction;
import dev.weft.linux.route.RuleRequest;
import dev.weft.linux.route.Rules;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.SourceTable;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Routes by source address inside a container: for each address of an interface a table with the
/// interface's routes, and a rule that leads there.
///
/// ```
///  rules                            tables
///  32765  from 10.9.0.2 ──────────▶ 100   default via 10.9.0.1 dev net1
///                                         10.9.0.0/24 dev net1
///  32766  from all ───────────────▶ main  default via 10.1.0.1 dev eth0
/// ```
///
/// The routes are moved, not made: copied into the table, and when the rule is there, deleted from
/// the main table. What undoes it moves them back, and can do so from any point in between.
final class SourceRouting {
    private static final long FIRST_TABLE = 100;
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

    /// Every link has it, and neighbours are found by it.
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/64");

    private final Container container;
    private final Routes routes;
    private final Rules rules;

    SourceRouting(Container container) {
        this.container = container;
        this.routes = new Routes(container.socket());
        this.rules = new Rules(container.socket());
    }

    /// Keeps others, also the reference plugin, from choosing the same tables.
    ///
    /// @throws CniException code 11 when somebody else has the lock for too long
    FileLock lock() {
        return FileLock.tryAcquireExisting(container.namespace().path(), LOCK_LIMIT)
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.TRY_AGAIN_LATER,
                                "another plugin holds the lock of the namespace"));
    }

    /// Chooses a table for each address.
    List<SourceTable> plan(
            Link link, Collection<ResultAddress> addresses, SbrConfiguration wanted) {
        Set<Long> used = usedTables();
        List<SourceTable> tables = new ArrayList<>();
        for (ResultAddress address : addresses) {
            IpFamily family = IpFamily.of(address.address().address());
            Optional<InetAddress> gateway = wanted.gateway(address);
            boolean known =
                    main(link, family).stream()
                            .anyMatch(
                                    route -> route.isDefault() && route.gateway().equals(gateway));
            tables.add(
                    new SourceTable(
                            address.address(),
                            wanted.table().orElseGet(() -> free(used)),
                            wanted.table().isEmpty(),
                            gateway,
                            !known,
                            wanted.sourceHints()));
        }
        return tables;
    }

    /// Tables that have routes or rules, and those that every namespace has.
    Set<Long> usedTables() {
        Set<Long> used = new HashSet<>();
        used.add(RouteTable.DEFAULT);
        used.add(RouteTable.MAIN);
        used.add(RouteTable.LOCAL);
        rules.list().forEach(rule -> used.add(rule.table()));
        routes.list().forEach(route -> used.add(route.table()));
        return used;
    }

    private static long free(Set<Long> used) {
        long number = FIRST_TABLE;
        while (!used.add(number)) {
            number++;
        }
        return number;
    }

    private List<Route> main(Link link, IpFamily family) {
        return of(link, family, RouteTable.MAIN);
    }

    private List<Route> of(Link link, IpFamily family, long table) {
        return routes.list(RouteFilter.all().family(family).table(table).outputLink(link.index()));
    }

    /// The interface's routes that belong to an address: by source or gateway, or because they say
    /// neither.
    private List<Route> movedTo(SourceTable table, Link link) {
        return main(link, table.family()).stream()
                .filter(route -> {
                    Optional<InetAddress> source = route.preferredSource();
                    Optional<InetAddress> gateway = route.gateway();
                    return (source.isEmpty() && gateway.isEmpty())
                            || source.filter(table::contains).isPresent()
                            || gateway.filter(table::contains).isPresent();
                })
                .sorted(Comparator.comparing(route -> route.gateway().isPresent()))
                .toList();
    }

    /// Fills a table. Its own default route comes after the subnets, through which the gateway is
    /// reached, and before another one that the main table may have.
    void fill(SourceTable table, Link link) {
        List<Route> all = movedTo(table, link);
        all.stream()
                .filter(route -> route.gateway().isEmpty())
                .forEach(route -> copy(route, table.number()));
        if (table.gateway().isPresent()) {
            RouteRequest request =
                    RouteRequest.to(table.family().everything())
                            .via(table.gateway().get())
                            .outputLink(link.index())
                            .table(table.number());
            try {
                routes.add(request);
            } catch (KernelException failed) {
                throw explained(failed, table.gateway().get());
            }
        }
        all.stream()
                .filter(route -> route.gateway().isPresent())
                .forEach(route -> copy(route, table.number()));
    }

    private static CniException explained(KernelException failed, InetAddress gateway) {
        CniException explained =
                new CniException(
                        ErrorCode.INTERNAL,
                        "Failed to add default route to "
                                + IpPrefix.textOf(gateway)
                                + ": "
                                + failed.getMessage());
        explained.initCause(failed);
        return explained;
    }

    private void copy(Route route, long table) {
        unless(Errno.EEXIST, () -> routes.add(RouteRequest.of(route).table(table)));
    }

    private static void unless(Errno harmless, Runnable action) {
        try {
            action.run();
        } catch (KernelException failed) {
            if (!failed.is(harmless)) {
                throw failed;
            }
        }
    }

    void addRule(SourceTable table) {
        unless(Errno.EEXIST, () -> rules.add(table.rule()));
    }

    void deleteRule(SourceTable table) {
        unless(Errno.ENOENT, () -> rules.delete(table.rule()));
    }

    /// Deletes from the main table what is in the addresses' own.
    void leaveMain(SourceTable table, Link link) {
        for (Route route : movedTo(table, link)) {
            if (table.sourceHint() && isOfSubnet(route, table)) {
                hint(route, table);
            } else if (!route.destination().equals(LINK_LOCAL)) {
                unless(Errno.ESRCH, () -> routes.delete(RouteRequest.of(route)));
            }
        }
    }

    private static boolean isOfSubnet(Route route, SourceTable table) {
        return route.gateway().isEmpty() && route.destination().equals(table.address().network());
    }

    /// Another interface may have a route of the same subnet, so the kernel's replacing is not
    /// used: it would take the first one.
    private void hint(Route route, SourceTable table) {
        Optional<InetAddress> source = Optional.of(table.address().address());
        if (!route.preferredSource().equals(source)) {
            routes.delete(RouteRequest.of(route));
            routes.append(RouteRequest.of(route).preferredSource(source.get()));
        }
    }

    /// Moves the routes of a table back to the main one.
    void empty(SourceTable table, Link link) {
        List<Route> all = of(link, table.family(), table.number());
        all.stream()
                .sorted(Comparator.comparing(route -> route.gateway().isPresent()))
                .filter(route -> !isNew(route, table))
                .forEach(route -> moveBack(route, table));
        for (Route route : all) {
            unless(Errno.ESRCH, () -> routes.delete(RouteRequest.of(route)));
        }
    }

    private static boolean isNew(Route route, SourceTable table) {
        return table.newDefault() && route.isDefault() && route.gateway().equals(table.gateway());
    }

    /// Behind those of other interfaces. One that the kernel does not take back, or that is there,
    /// is left: the container is about to end.
    private void moveBack(Route route, SourceTable table) {
        RouteRequest original = RouteRequest.of(route).table(RouteTable.MAIN);
        if (table.sourceHint() && isOfSubnet(route, table) && route.preferredSource().isEmpty()) {
            RouteRequest hinted = original.preferredSource(table.address().address());
            unless(Errno.ESRCH, () -> routes.delete(hinted));
        }
        try {
            routes.append(original);
        } catch (KernelException refused) {
            // Its gateway may be out of reach by now.
        }
    }

    /// The rules for a source address, whoever made them.
    List<Rule> rulesOf(IpPrefix source) {
        return rules.list(IpFamily.of(source.address())).stream()
                .filter(rule -> rule.source().equals(source))
                .filter(rule -> rule.action().equals(RuleAction.TABLE))
                .toList();
    }

    void delete(Rule rule) {
        unless(Errno.ENOENT, () -> rules.delete(RuleRequest.of(rule)));
    }

    /// Whether a table has a default route by a gateway.
    boolean hasDefault(Link link, long table, InetAddress gateway) {
        return of(link, IpFamily.of(gateway), table).stream()
                .anyMatch(
                        route -> route.isDefault() && route.gateway().equals(Optional.of(gateway)));
    }
}
