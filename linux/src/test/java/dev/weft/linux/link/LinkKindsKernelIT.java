package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.Sandbox;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.testkit.KernelFeature;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Links of every kind, made with values that are not the defaults: what the kernel holds then,
/// read by us and by iproute2, is what was asked.
final class LinkKindsKernelIT {
    private static final Inet4Address HERE = Inet4Address.ofLiteral("192.0.2.1");
    private static final Inet4Address THERE = Inet4Address.ofLiteral("192.0.2.2");
    private static final Inet6Address HERE6 = ipv6("2001:db8::1");
    private static final Inet6Address THERE6 = ipv6("2001:db8::2");

    private static Inet6Address ipv6(String text) {
        return (Inet6Address) Inet6Address.ofLiteral(text);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void create_withData_readsBackAsAsked(Case kind) {
        KernelFeature.assumeLinkKind(kind.kind.kernelName());
        try (Sandbox sandbox = new Sandbox()) {
            LinkRequest request = LinkRequest.of(kind.kind, "x0", kind::write);
            if (kind.lower) {
                request = request.lower(sandbox.veth("lower0", "lower1").index());
            }
            Link created =
                    sandbox.links().create(request.queues(1).mtu(1300).alias("mine").group(7));

            assertThat(created.kind()).hasValue(kind.kind);
            kind.values.forEach(value -> value.check(created));
            assertThat(created.attributes().find(LinkAttributes.TRANSMIT_QUEUES)).hasValue(1);
            assertThat(created.mtu()).isEqualTo(1300);
            JsonObject json = sandbox.ipOne("link", "show", "dev", "x0");
            assertThat(data(json, "info_data")).containsAllEntriesOf(kind.json);
            assertThat(json.get("ifindex").getAsInt()).isEqualTo(created.index());
            assertThat(json.get("ifalias").getAsString()).isEqualTo("mine");
            assertThat(json.get("group").getAsString()).isEqualTo("7");
            assertThat(json.get("mtu").getAsInt()).isEqualTo(1300);
        }
    }

    static Map<String, String> data(JsonObject json, String part) {
        Map<String, String> texts = new TreeMap<>();
        JsonObject info = json.getAsJsonObject("linkinfo");
        if (info.has(part)) {
            info.getAsJsonObject(part)
                    .entrySet()
                    .forEach(entry ->
                            texts.put(
                                    entry.getKey(), entry.getValue().toString().replace("\"", "")));
        }
        return texts;
    }

    static Stream<Case> kinds() {
        return Stream.of(
                bridge(),
                new Case(LinkKind.DUMMY),
                new Case(LinkKind.IFB),
                new Case(LinkKind.WIREGUARD),
                new Case(LinkKind.VETH).with(VethAttributes.PEER, LinkRequest.named("x1")),
                macvlan(),
                new Case(LinkKind.MACVTAP)
                        .onLower()
                        .with(MacvlanAttributes.MODE, MacvlanMode.VEPA)
                        .json("mode", "vepa"),
                new Case(LinkKind.IPVLAN)
                        .onLower()
                        .with(IpvlanAttributes.MODE, IpvlanMode.L3S)
                        .with(IpvlanAttributes.FLAGS, 1)
                        .json("mode", "l3s")
                        .json("private", "true"),
                new Case(LinkKind.IPVTAP)
                        .onLower()
                        .with(IpvlanAttributes.MODE, IpvlanMode.L2)
                        .json("mode", "l2"),
                vlan(),
                vxlan(),
                new Case(LinkKind.VXLAN)
                        .with(VxlanAttributes.ID, 7)
                        .with(VxlanAttributes.GROUP_IPV6, THERE6)
                        .with(VxlanAttributes.LOCAL_IPV6, HERE6)
                        .with(VxlanAttributes.UDP_ZERO_CHECKSUM_SEND_IPV6, true)
                        .with(VxlanAttributes.UDP_ZERO_CHECKSUM_RECEIVE_IPV6, true)
                        .json("remote6", "2001:db8::2")
                        .json("local6", "2001:db8::1"),
                geneve(),
                new Case(LinkKind.VRF).with(VrfAttributes.TABLE_ID, 42L).json("table", "42"),
                ipip(),
                sit(),
                gre(LinkKind.GRE),
                gre(LinkKind.GRETAP),
                ip6gre(LinkKind.IP6GRE),
                ip6gre(LinkKind.IP6GRETAP),
                ip6tnl(),
                bond());
    }

    private static Case bridge() {
        return new Case(LinkKind.BRIDGE)
                .with(BridgeAttributes.FORWARD_DELAY, 400L)
                .with(BridgeAttributes.HELLO_TIME, 300L)
                .with(BridgeAttributes.MAX_AGE, 1000L)
                .with(BridgeAttributes.AGEING_TIME, 12_300L)
                .with(BridgeAttributes.PRIORITY, 7)
                .with(BridgeAttributes.GROUP_FORWARD_MASK, 8)
                .with(BridgeAttributes.GROUP_ADDRESS, HardwareAddress.parse("01:80:c2:00:00:07"))
                .with(BridgeAttributes.MULTICAST_ROUTER, 2)
                .with(BridgeAttributes.MULTICAST_SNOOPING, false)
                .with(BridgeAttributes.MULTICAST_QUERIER, true)
                .with(BridgeAttributes.MULTICAST_QUERY_USES_ADDRESS, true)
                .with(BridgeAttributes.MULTICAST_HASH_MAX, 1024L)
                .with(BridgeAttributes.MULTICAST_LAST_MEMBER_COUNT, 3L)
                .with(BridgeAttributes.MULTICAST_STARTUP_QUERY_COUNT, 4L)
                .with(BridgeAttributes.MULTICAST_LAST_MEMBER_INTERVAL, 200L)
                .with(BridgeAttributes.MULTICAST_MEMBERSHIP_INTERVAL, 20_000L)
                .with(BridgeAttributes.MULTICAST_QUERIER_INTERVAL, 21_000L)
                .with(BridgeAttributes.MULTICAST_QUERY_INTERVAL, 11_000L)
                .with(BridgeAttributes.MULTICAST_QUERY_RESPONSE_INTERVAL, 900L)
                .with(BridgeAttributes.MULTICAST_STARTUP_QUERY_INTERVAL, 3000L)
                .with(BridgeAttributes.MULTICAST_STATISTICS, true)
                .with(BridgeAttributes.IGMP_VERSION, 3)
                .with(BridgeAttributes.MLD_VERSION, 2)
                .json("forward_delay", "400")
                .json("hello_time", "300")
                .json("max_age", "1000")
                .json("ageing_time", "12300")
                .json("priority", "7")
                .json("group_fwd_mask", "0x8")
                .json("group_addr", "01:80:c2:00:00:07")
                .json("mcast_router", "2")
                .json("mcast_snooping", "0")
                .json("mcast_querier", "1")
                .json("mcast_query_use_ifaddr", "1")
                .json("mcast_hash_max", "1024")
                .json("mcast_last_member_cnt", "3")
                .json("mcast_startup_query_cnt", "4")
                .json("mcast_last_member_intvl", "200")
                .json("mcast_membership_intvl", "20000")
                .json("mcast_querier_intvl", "21000")
                .json("mcast_query_intvl", "11000")
                .json("mcast_query_response_intvl", "900")
                .json("mcast_startup_query_intvl", "3000")
                .json("mcast_stats_enabled", "1")
                .json("mcast_igmp_version", "3")
                .json("mcast_mld_version", "2");
    }

    private static Case macvlan() {
        return new Case(LinkKind.MACVLAN)
                .onLower()
                .with(MacvlanAttributes.MODE, MacvlanMode.BRIDGE)
                .with(MacvlanAttributes.BROADCAST_QUEUE, 2000L)
                .json("mode", "bridge")
                .json("bcqueuelen", "2000")
                .json("usedbcqueuelen", "2000");
    }

    private static Case vlan() {
        return new Case(LinkKind.VLAN)
                .onLower()
                .with(VlanAttributes.ID, 42)
                .with(VlanAttributes.PROTOCOL, 0x88a8)
                .with(VlanAttributes.EGRESS_QOS, List.of(new QosMapping(1, 3)))
                .with(VlanAttributes.INGRESS_QOS, List.of(new QosMapping(2, 6)))
                .sent(VlanAttributes.FLAGS, new VlanFlags(0x4, 0x5))
                .json("id", "42")
                .json("protocol", "802.1ad")
                .json("flags", "[LOOSE_BINDING]")
                .json("egress_qos", "[{from:1,to:3}]")
                .json("ingress_qos", "[{from:2,to:6}]");
    }

    private static Case vxlan() {
        return new Case(LinkKind.VXLAN)
                .with(VxlanAttributes.ID, 42)
                .with(VxlanAttributes.GROUP, THERE)
                .with(VxlanAttributes.LOCAL, HERE)
                .with(VxlanAttributes.TTL, 9)
                .with(VxlanAttributes.TOS, 16)
                .with(VxlanAttributes.LEARNING, false)
                .with(VxlanAttributes.AGEING, 600L)
                .with(VxlanAttributes.LIMIT, 1000L)
                .with(VxlanAttributes.PORT_RANGE, new PortRange(40_000, 50_000))
                .with(VxlanAttributes.PROXY, true)
                .with(VxlanAttributes.LINK_MISS, true)
                .with(VxlanAttributes.ADDRESS_MISS, true)
                .with(VxlanAttributes.PORT, 8472)
                .with(VxlanAttributes.UDP_CHECKSUM, false)
                .with(VxlanAttributes.GROUP_POLICY, true)
                .with(VxlanAttributes.DO_NOT_FRAGMENT, 1)
                .json("id", "42")
                .json("remote", "192.0.2.2")
                .json("local", "192.0.2.1")
                .json("ttl", "9")
                .json("learning", "false")
                .json("ageing", "600")
                .json("limit", "1000")
                .json("port_range", "{low:40000,high:50000}")
                .json("port", "8472")
                .json("proxy", "true")
                .json("l2miss", "true")
                .json("l3miss", "true")
                .json("udp_csum", "false")
                .json("gbp", "true");
    }

    private static Case geneve() {
        return new Case(LinkKind.GENEVE)
                .with(GeneveAttributes.ID, 42)
                .with(GeneveAttributes.REMOTE, THERE)
                .with(GeneveAttributes.TTL, 9)
                .with(GeneveAttributes.TOS, 16)
                .with(GeneveAttributes.PORT, 6082)
                .with(GeneveAttributes.UDP_CHECKSUM, true)
                .json("id", "42")
                .json("remote", "192.0.2.2")
                .json("ttl", "9")
                .json("port", "6082");
    }

    private static Case ipip() {
        return new Case(LinkKind.IPIP)
                .with(IpTunnelAttributes.LOCAL, HERE)
                .with(IpTunnelAttributes.REMOTE, THERE)
                .with(IpTunnelAttributes.TTL, 9)
                .with(IpTunnelAttributes.TOS, 16)
                .with(IpTunnelAttributes.PATH_MTU_DISCOVERY, true)
                .with(IpTunnelAttributes.PROTOCOL, 4)
                .with(IpTunnelAttributes.MARK, 5L)
                .json("local", "192.0.2.1")
                .json("remote", "192.0.2.2")
                .json("ttl", "9");
    }

    private static Case sit() {
        return new Case(LinkKind.SIT)
                .with(IpTunnelAttributes.LOCAL, HERE)
                .with(IpTunnelAttributes.REMOTE, THERE)
                .with(IpTunnelAttributes.TTL, 9)
                .with(IpTunnelAttributes.PROTOCOL, 41)
                .with(IpTunnelAttributes.RAPID_PREFIX, ipv6("2001:db8::"))
                .with(IpTunnelAttributes.RAPID_PREFIX_LENGTH, 32)
                .json("local", "192.0.2.1")
                .json("remote", "192.0.2.2")
                .json("ttl", "9");
    }

    private static Case gre(LinkKind kind) {
        return new Case(kind)
                .with(GreAttributes.LOCAL, HERE)
                .with(GreAttributes.REMOTE, THERE)
                .with(GreAttributes.TTL, 9)
                .with(GreAttributes.INPUT_FLAGS, 0x2000)
                .with(GreAttributes.OUTPUT_FLAGS, 0x2000)
                .with(GreAttributes.INPUT_KEY, 42)
                .with(GreAttributes.OUTPUT_KEY, 43)
                .with(GreAttributes.PATH_MTU_DISCOVERY, true)
                .json("local", "192.0.2.1")
                .json("remote", "192.0.2.2")
                .json("ttl", "9")
                .json("ikey", "0.0.0.42")
                .json("okey", "0.0.0.43");
    }

    private static Case ip6gre(LinkKind kind) {
        return new Case(kind)
                .with(Ip6GreAttributes.LOCAL, HERE6)
                .with(Ip6GreAttributes.REMOTE, THERE6)
                .with(Ip6GreAttributes.HOP_LIMIT, 9)
                .with(Ip6GreAttributes.ENCAPSULATION_LIMIT, 3)
                .with(Ip6GreAttributes.INPUT_FLAGS, 0x2000)
                .with(Ip6GreAttributes.OUTPUT_FLAGS, 0x2000)
                .with(Ip6GreAttributes.INPUT_KEY, 42)
                .with(Ip6GreAttributes.OUTPUT_KEY, 43)
                .json("local", "2001:db8::1")
                .json("remote", "2001:db8::2")
                .json("ikey", "0.0.0.42")
                .json("okey", "0.0.0.43");
    }

    private static Case ip6tnl() {
        return new Case(LinkKind.IP6TNL)
                .with(Ip6TunnelAttributes.LOCAL, HERE6)
                .with(Ip6TunnelAttributes.REMOTE, THERE6)
                .with(Ip6TunnelAttributes.HOP_LIMIT, 9)
                .with(Ip6TunnelAttributes.ENCAPSULATION_LIMIT, 3)
                .with(Ip6TunnelAttributes.FLOW, 0x0_12345)
                .with(Ip6TunnelAttributes.PROTOCOL, 4)
                .json("local", "2001:db8::1")
                .json("remote", "2001:db8::2");
    }

    private static Case bond() {
        return new Case(LinkKind.BOND)
                .with(BondAttributes.MODE, BondMode.LACP)
                .with(BondAttributes.MONITOR_INTERVAL, 100L)
                .with(BondAttributes.UP_DELAY, 200L)
                .with(BondAttributes.DOWN_DELAY, 300L)
                .with(BondAttributes.TRANSMIT_HASH, 1)
                .with(BondAttributes.MIN_LINKS, 1L)
                .with(BondAttributes.LACP_RATE, 1)
                .with(BondAttributes.AGGREGATOR_SELECT, 1)
                .json("mode", "802.3ad")
                .json("miimon", "100")
                .json("updelay", "200")
                .json("downdelay", "300")
                .json("xmit_hash_policy", "layer3+4")
                .json("min_links", "1")
                .json("ad_lacp_rate", "fast")
                .json("ad_select", "bandwidth");
    }

    /// A value asked for, and whether it reads back as it was sent.
    record Value<T>(Attribute<T> attribute, T value, boolean readable) {
        void write(AttributeWriter writer) {
            writer.put(attribute, value);
        }

        void check(Link link) {
            if (readable) {
                assertThat(link.data(attribute)).as(attribute.name()).hasValue(value);
            }
        }
    }

    /// A kind, what is asked of it, and what iproute2 shall say about it.
    record Case(LinkKind kind, boolean lower, List<Value<?>> values, Map<String, String> json) {
        Case(LinkKind kind) {
            this(kind, false, new ArrayList<>(), new TreeMap<>());
        }

        Case onLower() {
            return new Case(kind, true, values, json);
        }

        <T> Case with(Attribute<T> attribute, T value) {
            // The kernel never answers with the whole link inside a link.
            values.add(new Value<>(attribute, value, !(value instanceof LinkRequest)));
            return this;
        }

        /// A value of a form that differs in answers.
        <T> Case sent(Attribute<T> attribute, T value) {
            values.add(new Value<>(attribute, value, false));
            return this;
        }

        Case json(String key, String text) {
            json.put(key, text);
            return this;
        }

        void write(AttributeWriter writer) {
            values.forEach(value -> value.write(writer));
        }

        @Override
        public String toString() {
            return kind.kernelName();
        }
    }
}
