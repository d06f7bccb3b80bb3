package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import java.net.InetAddress;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteKernelIT {
    private static final String TABLE = "70000";
    private static final long TABLE_NUMBER = 70_000;

    private static IpPrefix prefix(String text) {
        return IpPrefix.parse(text);
    }

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    /// A link with addresses of both families.
    private static int link(Sandbox sandbox) {
        int link = sandbox.veth("va", "vb").index();
        sandbox.addresses().add(link, AddressRequest.of(prefix("10.0.0.1/24")));
        sandbox.addresses()
                .add(
                        link,
                        AddressRequest.of(prefix("2001:db8::1/64"))
                                .flag(AddressFlag.NO_DUPLICATE_DETECTION));
        return link;
    }

    private static List<Route> inTable(Sandbox sandbox) {
        return sandbox.routes().list(RouteFilter.all().table(TABLE_NUMBER));
    }

    private static JsonObject ip(Sandbox sandbox, String family) {
        JsonArray all = sandbox.ip(family, "route", "show", "table", TABLE);
        assertThat(all).hasSize(1);
        return all.get(0).getAsJsonObject();
    }

    private static void assertRefused(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(KernelException.class))
                .matches(refused -> refused.is(errno), errno.toString());
    }

    @Test
    void add_withMuch_readsBackAsAskedAndAsIproute2Says() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            sandbox.routes()
                    .add(
                            RouteRequest.to(prefix("10.9.0.0/16"))
                                    .via(address("10.0.0.2"))
                                    .outputLink(link)
                                    .table(TABLE_NUMBER)
                                    .metric(7)
                                    .typeOfService(0x10)
                                    .protocol(new RouteProtocol(201))
                                    .preferredSource(address("10.0.0.1"))
                                    .metrics(values ->
                                            values.put(RouteMetrics.MTU, 1400L)
                                                    .put(
                                                            RouteMetrics.INITIAL_CONGESTION_WINDOW,
                                                            20L)
                                                    .put(RouteMetrics.CONGESTION_CONTROL, "reno")
                                                    .put(RouteMetrics.LOCK, 4L)));
            Route route = inTable(sandbox).getFirst();
            assertThat(route.destination()).isEqualTo(prefix("10.9.0.0/16"));
            assertThat(route.gateway()).hasValue(address("10.0.0.2"));
            assertThat(route.outputLink()).hasValue(link);
            assertThat(route.table()).isEqualTo(TABLE_NUMBER);
            assertThat(route.metric()).isEqualTo(7);
            assertThat(route.typeOfService()).isEqualTo(0x10);
            assertThat(route.protocol()).isEqualTo(new RouteProtocol(201));
            assertThat(route.preferredSource()).hasValue(address("10.0.0.1"));
            assertThat(route.type()).isEqualTo(RouteType.UNICAST);
            assertThat(route.metric(RouteMetrics.MTU)).hasValue(1400L);
            assertThat(route.metric(RouteMetrics.CONGESTION_CONTROL)).hasValue("reno");
            JsonObject theirs = ip(sandbox, "-4");
            assertThat(theirs.get("dst").getAsString()).isEqualTo("10.9.0.0/16");
            assertThat(theirs.get("gateway").getAsString()).isEqualTo("10.0.0.2");
            assertThat(theirs.get("metric").getAsInt()).isEqualTo(7);
            assertThat(theirs.get("protocol").getAsString()).isEqualTo("201");
            assertThat(theirs.get("prefsrc").getAsString()).isEqualTo("10.0.0.1");
            assertThat(theirs.get("metrics").toString())
                    .contains("1400")
                    .contains("\"initcwnd\":20")
                    .contains("reno");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9})
    void add_ofEachTypeThatLeadsNowhere_readsBackInBothFamilies(int number) {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            RouteType type = new RouteType(number);
            for (IpFamily family : IpFamily.values()) {
                sandbox.routes()
                        .add(RouteRequest.to(family.everything()).type(type).table(TABLE_NUMBER));
            }
            assertThat(inTable(sandbox)).hasSize(2).allMatch(route -> route.type().equals(type));
            assertThat(ip(sandbox, "-4").get("type").getAsString()).isEqualTo(type.toString());
            assertThat(ip(sandbox, "-6").get("type").getAsString()).isEqualTo(type.toString());
        }
    }

    @Test
    void add_overSeveralNextHops_readsBackEachOfThem() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            for (IpFamily family : IpFamily.values()) {
                boolean four = family == IpFamily.IPV4;
                RouteNextHop first =
                        RouteNextHop.via(family, address(four ? "10.0.0.2" : "2001:db8::2"))
                                .outputLink(link)
                                .weight(3);
                RouteNextHop second =
                        RouteNextHop.via(family, address(four ? "10.0.0.3" : "2001:db8::3"))
                                .outputLink(link);
                sandbox.routes()
                        .add(
                                RouteRequest.to(family.everything())
                                        .table(TABLE_NUMBER)
                                        .nextHops(List.of(first, second)));
                Route route =
                        sandbox.routes()
                                .list(RouteFilter.all().family(family).table(TABLE_NUMBER))
                                .getFirst();
                assertThat(route.nextHops()).containsExactly(first, second);
                JsonArray theirs = ip(sandbox, four ? "-4" : "-6").getAsJsonArray("nexthops");
                assertThat(theirs).hasSize(2);
                assertThat(theirs.get(0).getAsJsonObject().get("weight").getAsInt()).isEqualTo(3);
            }
        }
    }

    @Test
    void add_viaTheOtherFamilyOrWithoutItsPrefix_readsBack() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            InetAddress router = address("fe80::1");
            RouteRequest request =
                    RouteRequest.to(prefix("10.9.0.0/16"))
                            .via(router)
                            .outputLink(link)
                            .table(TABLE_NUMBER);
            sandbox.routes().add(request);
            assertThat(inTable(sandbox).getFirst().gateway()).hasValue(router);
            assertThat(ip(sandbox, "-4").getAsJsonObject("via").get("host").getAsString())
                    .isEqualTo("fe80::1");
            RouteRequest far =
                    RouteRequest.to(prefix("10.8.0.0/16"))
                            .via(address("192.0.2.1"))
                            .outputLink(link);
            assertRefused(Errno.ENETUNREACH, () -> sandbox.routes().add(far));
            sandbox.routes().add(far.flag(RouteFlag.ON_LINK));
            assertThat(sandbox.routes().list(RouteFilter.all().table(RouteTable.MAIN)))
                    .anyMatch(route -> route.has(RouteFlag.ON_LINK));
        }
    }

    @Test
    void add_withEncapsulation_keepsIt() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            sandbox.routes()
                    .add(
                            RouteRequest.to(prefix("10.9.0.0/16"))
                                    .outputLink(link)
                                    .table(TABLE_NUMBER)
                                    .encapsulate(
                                            Encapsulation.IP,
                                            values ->
                                                    values.put(IpEncapsulation.ID, 7L)
                                                            .put(IpEncapsulation.TIME_TO_LIVE, 9)));
            Route route = inTable(sandbox).getFirst();
            assertThat(route.encapsulation(IpEncapsulation.ID)).hasValue(7L);
            assertThat(route.encapsulation(IpEncapsulation.TIME_TO_LIVE)).hasValue(9);
            assertThat(ip(sandbox, "-4").get("encap").getAsString()).isEqualTo("ip");
            assertThat(route.toString()).contains("LWTUNNEL_IP_ID=7");
        }
    }

    @Test
    void everyRoute_asRead_canBeDeletedAndMadeAgain() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            sandbox.run("ip", "route", "add", "10.9.0.0/16", "via", "10.0.0.2", "table", TABLE);
            sandbox.run("ip", "route", "append", "10.9.0.0/16", "via", "10.0.0.3", "table", TABLE);
            sandbox.run("ip", "route", "add", "unreachable", "10.8.0.0/16", "table", TABLE);
            String several = "nexthop via 10.0.0.2 weight 9 nexthop via 10.0.0.3";
            sandbox.run(
                    ("ip route add 10.7.0.0/16 table " + TABLE + " mtu 1400 " + several)
                            .split(" ", -1));
            sandbox.run(
                    "ip",
                    "-6",
                    "route",
                    "add",
                    "2001:db8:9::/48",
                    "from",
                    "2001:db8::/64",
                    "via",
                    "2001:db8::2",
                    "table",
                    TABLE);
            sandbox.run("ip", "-6", "route", "add", "blackhole", "2001:db8:8::/48", "table", TABLE);
            sandbox.run("ip", "nexthop", "add", "id", "5", "via", "10.0.0.2", "dev", "va");
            sandbox.run("ip", "route", "add", "10.6.0.0/16", "nhid", "5", "table", TABLE);
            List<Route> before = inTable(sandbox);
            assertThat(before).hasSize(7);
            before.forEach(route -> sandbox.routes().delete(RouteRequest.of(route)));
            assertThat(inTable(sandbox)).isEmpty();
            before.forEach(route -> sandbox.routes().append(RouteRequest.of(route)));
            WatchedRoutes table = new WatchedRoutes();
            assertThat(inTable(sandbox))
                    .usingElementComparator((a, b) -> table.same(a, b) ? 0 : 1)
                    .containsExactlyInAnyOrderElementsOf(before);
            assertThat(link).isPositive();
        }
    }

    @Test
    void replace_matchesMetricAndAppendDiffersByFamily() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            RouteRequest four = RouteRequest.to(prefix("10.9.0.0/16")).table(TABLE_NUMBER);
            RouteRequest six = RouteRequest.to(prefix("2001:db8:9::/48")).table(TABLE_NUMBER);
            Routes routes = sandbox.routes();
            assertRefused(Errno.ENOENT, () -> routes.change(four.via(address("10.0.0.2"))));
            routes.add(four.via(address("10.0.0.2")));
            assertRefused(Errno.EEXIST, () -> routes.add(four.via(address("10.0.0.3"))));
            routes.replace(four.via(address("10.0.0.3")));
            routes.replace(four.via(address("10.0.0.3")).metric(5));
            assertThat(inTable(sandbox)).as("another metric is another route").hasSize(2);
            routes.append(four.via(address("10.0.0.4")));
            assertThat(inTable(sandbox)).as("IPv4 appends one behind").hasSize(3);
            assertRefused(Errno.EEXIST, () -> routes.replace(four.via(address("10.0.0.4"))));

            routes.add(six.via(address("2001:db8::2")));
            routes.append(six.via(address("2001:db8::3")));
            assertThat(routes.list(RouteFilter.all().family(IpFamily.IPV6).table(TABLE_NUMBER)))
                    .singleElement()
                    .satisfies(route -> assertThat(route.nextHops()).hasSize(2));
            routes.replace(six.via(address("2001:db8::4")));
            assertThat(routes.list(RouteFilter.all().family(IpFamily.IPV6).table(TABLE_NUMBER)))
                    .singleElement()
                    .satisfies(route -> assertThat(route.nextHops()).hasSize(1));
        }
    }

    @Test
    void list_withFilter_isWhatIproute2Lists() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            Routes routes = sandbox.routes();
            routes.add(
                    RouteRequest.to(prefix("10.9.0.0/16"))
                            .type(RouteType.BLACKHOLE)
                            .protocol(new RouteProtocol(201)));
            assertThat(routes.list(RouteFilter.all().protocol(new RouteProtocol(201))))
                    .singleElement()
                    .matches(route -> route.type().equals(RouteType.BLACKHOLE));
            assertThat(routes.list(RouteFilter.all().type(RouteType.BLACKHOLE))).hasSize(1);
            assertThat(routes.list(RouteFilter.all().outputLink(link)))
                    .isNotEmpty()
                    .allMatch(route -> route.outputLink().equals(java.util.Optional.of(link)));
            assertThat(routes.list(RouteFilter.all().table(4_000_000_000L))).isEmpty();
            assertThat(routes.list(RouteFilter.all().family(IpFamily.IPV6).table(4_000_000_000L)))
                    .isEmpty();
            assertThat(routes.list(RouteFilter.all().family(IpFamily.IPV4)))
                    .hasSize(sandbox.ip("-4", "route", "show", "table", "all").size());
        }
    }
}
