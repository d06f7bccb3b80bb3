package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.netlink.WatchedTable;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Watches end in what the kernel has, also where it changes tables silently.
final class RouteWatchKernelIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    private static RouteRequest route(String destination, String gateway) {
        return RouteRequest.to(IpPrefix.parse(destination)).via(address(gateway));
    }

    private static int link(Sandbox sandbox) {
        int link = sandbox.veth("va", "vb").index();
        sandbox.addresses().add(link, AddressRequest.of(IpPrefix.parse("10.0.0.1/24")));
        sandbox.addresses()
                .add(
                        link,
                        AddressRequest.of(IpPrefix.parse("2001:db8::1/64"))
                                .flag(AddressFlag.NO_DUPLICATE_DETECTION));
        return link;
    }

    private static <T> void takeUntil(Watch<?, T> watch, Predicate<List<T>> expected) {
        boolean more = true;
        while (more && !expected.test(watch.rows())) {
            more = !watch.next(LONG).isEmpty();
        }
    }

    private static <T> boolean same(WatchedTable<?, T> table, List<T> watched, List<T> actual) {
        return watched.size() == actual.size()
                && actual.stream()
                        .allMatch(row -> watched.stream().anyMatch(one -> table.same(one, row)));
    }

    /// The kernel goes on by itself, adding local routes once addresses are checked, so both sides
    /// are looked at until they agree.
    private static void assertEndsAsListed(Sandbox sandbox, Watch<?, Route> watch) {
        WatchedRoutes table = new WatchedRoutes();
        List<Route> listed = sandbox.routes().list();
        while (!same(table, watch.rows(), listed) && !watch.next(LONG).isEmpty()) {
            listed = sandbox.routes().list();
        }
        assertThat(watch.rows())
                .usingElementComparator((a, b) -> table.same(a, b) ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void routes_addedReplacedAndDeleted_areChanges() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            try (Watch<?, Route> watch = Routes.watch(sandbox.namespace())) {
                watch.next(LONG);
                Routes routes = sandbox.routes();
                routes.add(route("10.9.0.0/16", "10.0.0.2"));
                routes.append(route("10.9.0.0/16", "10.0.0.3"));
                assertEndsAsListed(sandbox, watch);
                routes.replace(route("10.9.0.0/16", "10.0.0.4"));
                assertEndsAsListed(sandbox, watch);
                routes.delete(route("10.9.0.0/16", "10.0.0.3"));
                routes.replace(route("10.9.0.0/16", "10.0.0.5"));
                assertEndsAsListed(sandbox, watch);
                routes.add(route("2001:db8:9::/48", "2001:db8::2"));
                routes.append(route("2001:db8:9::/48", "2001:db8::3"));
                assertEndsAsListed(sandbox, watch);
                routes.delete(route("2001:db8:9::/48", "2001:db8::2"));
                assertEndsAsListed(sandbox, watch);
            }
        }
    }

    @Test
    void routes_thatTheKernelTakesAwaySilently_areRemoved() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            sandbox.routes()
                    .add(route("10.9.0.0/16", "10.0.0.2").preferredSource(address("10.0.0.1")));
            new NextHops(sandbox.socket()).add(NextHopRequest.via(address("10.0.0.2"), link).id(5));
            sandbox.routes().add(RouteRequest.to(IpPrefix.parse("10.8.0.0/16")).nextHopId(5));
            try (Watch<?, Route> watch = Routes.watch(sandbox.namespace());
                    Watch<?, NextHop> hops = NextHops.watch(sandbox.namespace())) {
                watch.next(LONG);
                assertThat(hops.next(LONG)).hasSize(1);
                new NextHops(sandbox.socket()).delete(5);
                assertEndsAsListed(sandbox, watch);
                takeUntil(hops, List::isEmpty);
                assertThat(hops.rows()).isEmpty();
                sandbox.links().change(link, LinkRequest.empty().down());
                assertEndsAsListed(sandbox, watch);
                assertThat(watch.rows())
                        .noneMatch(route -> route.destination().toString().equals("10.9.0.0/16"));
                sandbox.links().change(link, LinkRequest.empty().up());
                assertEndsAsListed(sandbox, watch);
                sandbox.links().delete(link);
                assertEndsAsListed(sandbox, watch);
                assertThat(watch.rows()).isEmpty();
            }
        }
    }

    @Test
    void routes_inABurst_endInTheFinalState() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            try (Watch<?, Route> watch = Routes.watch(sandbox.namespace())) {
                for (int i = 0; i < 500; i++) {
                    sandbox.routes()
                            .replace(
                                    route(
                                            "10." + (i % 50 + 1) + ".0.0/16",
                                            "10.0.0." + (i % 7 + 2)));
                }
                assertEndsAsListed(sandbox, watch);
                assertThat(watch.rows()).hasSizeGreaterThan(50);
            }
        }
    }

    @Test
    void addressesRulesNeighboursAndForwardingEntries_areFollowed() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            HardwareAddress hardware = HardwareAddress.parse("02:00:00:00:00:07");
            try (Watch<?, Address> addresses = Addresses.watch(sandbox.namespace());
                    Watch<?, Rule> rules = Rules.watch(sandbox.namespace());
                    Watch<?, Neighbour> neighbours = Neighbours.watch(sandbox.namespace());
                    Watch<?, ForwardingEntry> entries =
                            ForwardingEntries.watch(sandbox.namespace())) {
                addresses.next(Duration.ZERO);
                assertThat(rules.next(LONG)).hasSize(5);
                neighbours.next(Duration.ZERO);
                entries.next(Duration.ZERO);

                IpPrefix own = IpPrefix.parse("10.0.0.1/24");
                sandbox.addresses().add(link, AddressRequest.of(own));
                takeUntil(addresses, rows -> rows.stream().anyMatch(it -> it.prefix().equals(own)));
                sandbox.addresses().delete(link, own);
                takeUntil(
                        addresses, rows -> rows.stream().noneMatch(it -> it.prefix().equals(own)));
                assertThat(addresses.rows()).noneMatch(it -> it.prefix().equals(own));

                RuleRequest rule = RuleRequest.table(IpFamily.IPV6, 100).priority(7);
                sandbox.rules().add(rule);
                assertThat(rules.next(LONG)).singleElement().isInstanceOf(Watch.Change.Added.class);
                sandbox.rules().delete(rule);
                assertThat(rules.next(LONG))
                        .singleElement()
                        .isInstanceOf(Watch.Change.Removed.class);

                InetAddress other = address("10.0.0.7");
                new Neighbours(sandbox.socket())
                        .add(link, NeighbourRequest.permanent(other, hardware));
                takeUntil(
                        neighbours,
                        rows -> rows.stream().anyMatch(it -> it.address().equals(other)));
                assertThat(neighbours.rows()).anyMatch(it -> it.address().equals(other));

                new ForwardingEntries(sandbox.socket()).add(link, NeighbourRequest.own(hardware));
                takeUntil(
                        entries,
                        rows ->
                                rows.stream()
                                        .anyMatch(it ->
                                                it.hardwareAddress()
                                                        .orElseThrow()
                                                        .equals(hardware)));
                assertThat(entries.rows())
                        .anyMatch(it -> it.hardwareAddress().orElseThrow().equals(hardware));
            }
        }
    }
}
