package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.testkit.KernelFeature;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class RouteLookupKernelIT {
    private static IpPrefix prefix(String text) {
        return IpPrefix.parse(text);
    }

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    private static RouteRequest to(String destination, String gateway) {
        return RouteRequest.to(prefix(destination)).via(address(gateway));
    }

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

    private static Route found(Sandbox sandbox, RouteLookup lookup) {
        return switch (sandbox.routes().lookUp(lookup)) {
            case RouteAnswer.Found(Route route) -> route;
            case RouteAnswer.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static InetAddress gateway(Sandbox sandbox, RouteLookup lookup) {
        return found(sandbox, lookup).gateway().orElseThrow();
    }

    @Test
    void longestPrefixThenLowestMetric_win() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            Routes routes = sandbox.routes();
            routes.add(to("0.0.0.0/0", "10.0.0.2"));
            routes.add(to("10.9.0.0/16", "10.0.0.3").metric(20));
            routes.add(to("10.9.0.0/16", "10.0.0.4").metric(10));
            routes.add(to("10.9.9.0/24", "10.0.0.5").metric(30));
            assertThat(gateway(sandbox, RouteLookup.to(address("192.0.2.1"))))
                    .isEqualTo(address("10.0.0.2"));
            assertThat(gateway(sandbox, RouteLookup.to(address("10.9.1.1"))))
                    .isEqualTo(address("10.0.0.4"));
            assertThat(gateway(sandbox, RouteLookup.to(address("10.9.9.1"))))
                    .isEqualTo(address("10.0.0.5"));
            Route matched = found(sandbox, RouteLookup.to(address("10.9.9.1")).matchedRoute());
            assertThat(matched.destination()).isEqualTo(prefix("10.9.9.0/24"));
            assertThat(matched.metric()).isEqualTo(30);
            assertThat(sandbox.ipOne("route", "get", "10.9.1.1").get("gateway").getAsString())
                    .isEqualTo("10.0.0.4");
        }
    }

    @Test
    void routesThatLeadNowhere_answerWithTheirErrno() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            for (String net : new String[] {"10.9.%d.0/24", "2001:db8:9:%d::/64"}) {
                for (int type = 6; type <= 8; type++) {
                    sandbox.routes()
                            .add(
                                    RouteRequest.to(
                                                    prefix(
                                                            net.replace(
                                                                    "%d", Integer.toString(type))))
                                            .type(new RouteType(type)));
                }
            }
            for (String host : new String[] {"10.9.%d.1", "2001:db8:9:%d::1"}) {
                assertRefused(sandbox, host.replace("%d", "6"), Errno.EINVAL);
                assertRefused(sandbox, host.replace("%d", "7"), Errno.EHOSTUNREACH);
                assertRefused(sandbox, host.replace("%d", "8"), Errno.EACCES);
            }
            assertRefused(sandbox, "192.0.2.1", Errno.ENETUNREACH);
            assertRefused(sandbox, "2001:db9::1", Errno.ENETUNREACH);
        }
    }

    private static void assertRefused(Sandbox sandbox, String destination, Errno errno) {
        assertThat(sandbox.routes().lookUp(RouteLookup.to(address(destination))))
                .as(destination)
                .isEqualTo(new RouteAnswer.Refused(errno.number()));
    }

    @Test
    void everySelector_decidesThroughAPolicyRule() {
        KernelFeature.assumeMachineRoot("name users that its namespace has not");
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            sandbox.links().change(1, dev.weft.linux.link.LinkRequest.empty().up());
            Rules rules = sandbox.rules();
            for (int table = 101; table <= 107; table++) {
                sandbox.routes().add(to("0.0.0.0/0", "10.0.0." + table).table(table));
            }
            rules.add(RuleRequest.table(IpFamily.IPV4, 101).mark(5, 0xff).priority(101));
            rules.add(rule(102).set(RuleAttributes.USERS, NumberRange.of(1000, 2000)));
            rules.add(
                    rule(103)
                            .set(RuleAttributes.IP_PROTOCOL, 6)
                            .set(RuleAttributes.DESTINATION_PORTS, NumberRange.of(80, 89)));
            rules.add(
                    rule(104)
                            .set(RuleAttributes.IP_PROTOCOL, 17)
                            .set(RuleAttributes.SOURCE_PORTS, NumberRange.of(53, 53)));
            rules.add(rule(105).typeOfService(0x10));
            rules.add(rule(106).boundTo("va"));
            rules.add(rule(107).from(prefix("10.0.0.1")));
            RouteLookup there = RouteLookup.to(address("192.0.2.1"));
            assertThat(found(sandbox, there.mark(0x105)).table()).isEqualTo(101);
            assertThat(found(sandbox, there.user(1500)).table()).isEqualTo(102);
            assertThat(found(sandbox, there.tcp(1, 85)).table()).isEqualTo(103);
            assertThat(found(sandbox, there.udp(53, 1)).table()).isEqualTo(104);
            assertThat(found(sandbox, there.typeOfService(0x10)).table()).isEqualTo(105);
            assertThat(found(sandbox, there.boundTo(link)).table()).isEqualTo(106);
            Route route = found(sandbox, there.from(address("10.0.0.1")));
            assertThat(route.table()).isEqualTo(107);
            assertThat(route.gateway()).hasValue(address("10.0.0.107"));
            assertThat(sandbox.routes().lookUp(there))
                    .isEqualTo(new RouteAnswer.Refused(Errno.ENETUNREACH.number()));
        }
    }

    private static RuleRequest rule(long table) {
        return RuleRequest.table(IpFamily.IPV4, table).priority(table);
    }

    @Test
    void packetThatComesIn_isDeliveredOrForwarded() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = link(sandbox);
            RouteLookup in = RouteLookup.to(address("10.0.0.1")).from(address("10.0.0.9"));
            assertThat(found(sandbox, in.comingInBy(link)).type()).isEqualTo(RouteType.LOCAL);
            RouteLookup onwards = RouteLookup.to(address("192.0.2.1")).from(address("10.0.0.9"));
            sandbox.routes().add(to("0.0.0.0/0", "10.0.0.2"));
            assertThat(sandbox.routes().lookUp(onwards.comingInBy(link)))
                    .as("forwarding is off")
                    .isEqualTo(new RouteAnswer.Refused(Errno.EHOSTUNREACH.number()));
            sandbox.namespace().sysctls().write("1", "net", "ipv4", "ip_forward");
            assertThat(gateway(sandbox, onwards.comingInBy(link))).isEqualTo(address("10.0.0.2"));
        }
    }

    @Test
    void lookupOfAMissingLink_isAnError() {
        try (Sandbox sandbox = new Sandbox()) {
            link(sandbox);
            assertThatThrownBy(() ->
                            sandbox.routes()
                                    .lookUp(RouteLookup.to(address("10.0.0.1")).comingInBy(999)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("route to 10.0.0.1");
        }
    }
}
