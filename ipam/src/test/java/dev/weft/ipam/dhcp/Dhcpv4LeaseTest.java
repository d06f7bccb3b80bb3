package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniVersion;
import dev.weft.cni.JsonText;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import dev.weft.wire.ClasslessRoute;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a host makes of an acknowledgement.
final class Dhcpv4LeaseTest {
    private static final Dhcpv4Option ROUTERS =
            Dhcpv4Option.addresses(Dhcpv4Option.ROUTERS, List.of(ip("10.0.0.1"), ip("10.0.0.254")));

    private static Inet4Address ip(String text) {
        return IpAddresses.parseV4(text);
    }

    private static Dhcpv4 acknowledgement(String address, Dhcpv4Option... options) {
        return Dhcpv4.of(
                        Dhcpv4.REPLY,
                        1,
                        Bench.MAC,
                        Dhcpv4Options.of(
                                        Dhcpv4MessageType.ACK.option(),
                                        Dhcpv4Option.address(
                                                Dhcpv4Option.SERVER_IDENTIFIER, ip("10.0.0.1")))
                                .plus(Arrays.asList(options)))
                .withYour(ip(address));
    }

    private static Dhcpv4Lease lease(Dhcpv4Option... options) {
        return new Dhcpv4Lease(acknowledgement("10.0.0.100", options));
    }

    private static String json(Dhcpv4Lease lease, OptionalInt priority) {
        Result result = LeaseResult.of(lease, priority);
        return JsonText.compact(ResultFormat.encode(result, CniVersion.V1_1_0));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.100, 255.255.255.0, 24",
        "10.0.0.100, 255.255.255.255, 32",
        "10.0.0.100, 128.0.0.0, 1",
        "10.0.0.100, 255.0.255.0, 8",
        "10.0.0.100, 0.0.0.0, 8",
        "172.16.0.1, 255.0.255.0, 16",
        "192.168.0.1, 0.0.0.255, 24"
    })
    void maskThatIsNone_isTheOneOfTheClass(String address, String mask, int length) {
        Dhcpv4Option option = Dhcpv4Option.address(Dhcpv4Option.SUBNET_MASK, ip(mask));
        Dhcpv4Lease lease = new Dhcpv4Lease(acknowledgement(address, option));
        assertThat(lease.prefixLength()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"})
    void addressThatNoHostHas_isNoLease(String address) {
        assertThat(Dhcpv4Lease.tryOf(acknowledgement(address))).isEmpty();
        assertThatThrownBy(() -> new Dhcpv4Lease(acknowledgement(address)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leaseWithoutTime_isOfAnHour() {
        assertThat(lease().seconds()).hasValue(3600);
        assertThat(lease(Dhcpv4Option.u32(Dhcpv4Option.LEASE_SECONDS, 0xffff_ffffL)).seconds())
                .isEmpty();
    }

    @Test
    void firstRouter_isTheDefaultRoute() {
        assertThat(lease(ROUTERS).routes())
                .containsExactly(new ClasslessRoute(ip("0.0.0.0"), 0, ip("10.0.0.1")));
    }

    @Test
    void staticRoutes_haveTheLengthOfTheirClass() {
        Dhcpv4Option routes =
                Dhcpv4Option.addresses(
                        Dhcpv4Option.STATIC_ROUTES,
                        List.of(
                                ip("11.0.0.0"),
                                ip("10.0.0.2"),
                                ip("172.16.0.0"),
                                ip("10.0.0.3"),
                                ip("192.168.7.0"),
                                ip("10.0.0.4"),
                                ip("0.0.0.0"),
                                ip("10.0.0.5"),
                                ip("11.0.0.0")));
        assertThat(lease(ROUTERS, routes).routes())
                .containsExactly(
                        new ClasslessRoute(ip("11.0.0.0"), 8, ip("10.0.0.2")),
                        new ClasslessRoute(ip("172.16.0.0"), 16, ip("10.0.0.3")),
                        new ClasslessRoute(ip("192.168.7.0"), 24, ip("10.0.0.4")),
                        new ClasslessRoute(ip("0.0.0.0"), 0, ip("10.0.0.1")));
    }

    @Test
    void classlessRoutes_areInsteadOfAllOthers() {
        ClasslessRoute onLink = new ClasslessRoute(ip("10.9.0.0"), 16, ip("0.0.0.0"));
        ClasslessRoute through = new ClasslessRoute(ip("10.8.0.0"), 13, ip("10.0.0.7"));
        ClasslessRoute impossible = new ClasslessRoute(ip("10.7.0.0"), 16, ip("224.0.0.1"));
        Dhcpv4Option option = Dhcpv4Option.classlessRoutes(List.of(onLink, through, impossible));
        assertThat(lease(ROUTERS, option).routes()).containsExactly(onLink, through);
        assertThat(lease(ROUTERS, Dhcpv4Option.classlessRoutes(List.of())).routes()).isEmpty();
    }

    @Test
    void malformedClasslessRoutes_leaveTheOthers() {
        Dhcpv4Option malformed =
                new Dhcpv4Option(Dhcpv4Option.CLASSLESS_ROUTES, Slice.of(new byte[] {33, 1}));
        assertThat(lease(ROUTERS, malformed).routes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "weft.example, weft.example, 0",
        "weft.example., weft.example, 0",
        "a.example b.example, a.example, 2",
        "'a,b', a, 2",
        "'two words\nnameserver', two, 0"
    })
    void domain_isANameOrNone(String text, String domain, int searched) {
        Dhcpv4Lease lease = lease(Dhcpv4Option.text(Dhcpv4Option.DOMAIN_NAME, text));
        assertThat(lease.domain()).hasValue(domain);
        assertThat(lease.search()).hasSize(searched);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a\nb", "-\u00e9", "a;b"})
    void domainThatIsNoName_isNone(String text) {
        assertThat(lease(Dhcpv4Option.text(Dhcpv4Option.DOMAIN_NAME, text)).domain()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"67, 0", "575, 0", "576, 576", "1400, 1400", "65535, 65535"})
    void mtuThatHostsCannotHave_isNone(int said, int taken) {
        assertThat(lease(Dhcpv4Option.u16(Dhcpv4Option.INTERFACE_MTU, said)).mtuBytes().orElse(0))
                .isEqualTo(taken);
    }

    @Test
    void result_hasAddressGatewayRoutesAndNames() {
        Dhcpv4Lease lease =
                lease(
                        ROUTERS,
                        Dhcpv4Option.address(Dhcpv4Option.SUBNET_MASK, SimulatedServer.MASK),
                        Dhcpv4Option.addresses(
                                Dhcpv4Option.DOMAIN_NAME_SERVERS,
                                List.of(ip("10.0.0.53"), ip("0.0.0.0"))),
                        Dhcpv4Option.text(Dhcpv4Option.DOMAIN_NAME, "weft.example"),
                        Dhcpv4Option.domainSearch(List.of("a.example", "b.example")));
        assertThat(json(lease, OptionalInt.of(50)))
                .isEqualTo(
                        "{\"cniVersion\":\"1.1.0\",\"dns\":{\"domain\":\"weft.example\","
                                + "\"nameservers\":[\"10.0.0.53\"],\"search\":[\"a.example\","
                                + "\"b.example\"]},\"ips\":[{\"address\":\"10.0.0.100/24\","
                                + "\"gateway\":\"10.0.0.1\"}],\"routes\":[{\"dst\":"
                                + "\"0.0.0.0/0\",\"gw\":\"10.0.0.1\",\"priority\":50}]}");
    }

    @Test
    void resultWithoutRouters_hasTheGatewayOfTheDefaultRoute() {
        Dhcpv4Option routes =
                Dhcpv4Option.classlessRoutes(
                        List.of(
                                new ClasslessRoute(ip("10.9.0.0"), 16, ip("0.0.0.0")),
                                new ClasslessRoute(ip("0.0.0.0"), 0, ip("10.0.0.7"))));
        assertThat(json(lease(routes), OptionalInt.empty()))
                .contains("\"gateway\":\"10.0.0.7\"")
                .contains("{\"dst\":\"10.9.0.0/16\",\"gw\":\"0.0.0.0\"}");
    }
}
