package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.expression.Log;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.Queue;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.testkit.KernelFeature;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the builder's statements read like in `nft`, and that the kernel keeps them as they were
/// made.
final class RuleStatementsKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final NftObject HITS = NftObject.counter(TABLE, "hits");
    private static final NftSet SEEN =
            NftSet.of(TABLE, "seen", DataType.IPV4_ADDR, DataType.INET_SERVICE)
                    .with(SetFlag.DYNAMIC, SetFlag.TIMEOUT)
                    .size(1000);
    private static final Flowtable FAST = Flowtable.of(TABLE, "fast", 0, "lo");

    private static Chain filter(Hook hook, int priority) {
        return Chain.base(TABLE, "statements", ChainType.FILTER, hook, priority);
    }

    private static void readsInNft(
            List<FirewallObject> objects, List<Rule> rules, String... lines) {
        try (Sandbox sandbox = new Sandbox()) {
            Batch batch = new Batch().add(TABLE);
            objects.forEach(batch::add);
            rules.forEach(batch::append);
            sandbox.nftables().apply(batch);

            assertThat(sandbox.nft("list", "chain", "inet", "weft", "statements").lines())
                    .extracting(String::strip)
                    .containsSubsequence(lines);
            Chain chain = (Chain) objects.getLast();
            assertThat(sandbox.nftables().rules(chain))
                    .extracting(Rule::expressions)
                    .containsExactlyElementsOf(rules.stream().map(Rule::expressions).toList());
        }
    }

    @Test
    void limitsAndLogs_areThoseOfNft() {
        Chain chain = filter(Hook.INPUT, Priority.FILTER);
        readsInNft(
                List.of(HITS, chain),
                List.of(
                        Rule.in(chain).limit(10, TimeUnit.MINUTES, 7).accept(),
                        Rule.in(chain).quota(1 << 20).counter().rule(),
                        Rule.in(chain).apply(HITS).rule(),
                        Rule.in(chain)
                                .log("a ", new Log.Kernel(7, Set.of(Log.Flag.IP_OPTIONS)))
                                .rule(),
                        Rule.in(chain).log("b ", new Log.Group(3, 64, 5)).returnToCaller()),
                "limit rate 10/minute burst 7 packets accept",
                "quota 1 mbytes counter packets 0 bytes 0",
                "counter name \"hits\"",
                "log prefix \"a \" level debug flags ip options",
                "log prefix \"b \" group 3 snaplen 64 queue-threshold 5 return");
    }

    @Test
    void marksOfConnectionsAndPackets_areThoseOfNft() {
        Chain chain = filter(Hook.PREROUTING, Priority.RAW);
        Chain other = Chain.of(TABLE, "other");
        readsInNft(
                List.of(other, chain),
                List.of(
                        Rule.in(chain).setConnectionZone(5).rule(),
                        Rule.in(chain).setConnectionMark(0x10).rule(),
                        Rule.in(chain).setConnectionLabel(37).rule(),
                        Rule.in(chain).setPriority(1, 16).rule(),
                        Rule.in(chain).port(Selector.UDP_DPORT, 53).noTrack(),
                        Rule.in(chain).goTo(other)),
                "ct zone set 5",
                "ct mark set 0x00000010",
                "ct label set 37",
                "meta priority set 1:10",
                "udp dport 53 notrack",
                "goto other");
    }

    @Test
    void changesOfSets_areThoseOfNft() {
        Chain chain = filter(Hook.INPUT, Priority.FILTER);
        Selector[] key = {Selector.IP_SADDR, Selector.TCP_DPORT};
        readsInNft(
                List.of(SEEN, chain),
                List.of(
                        Rule.in(chain).addTo(SEEN, Duration.ofSeconds(10), key).rule(),
                        Rule.in(chain).updateIn(SEEN, Duration.ZERO, key).accept(),
                        Rule.in(chain).deleteFrom(SEEN, key).drop()),
                "add @seen { ip saddr . tcp dport timeout 10s }",
                "update @seen { ip saddr . tcp dport } accept",
                "delete @seen { ip saddr . tcp dport } drop");
    }

    @Test
    void transparentProxy_isThatOfNft() {
        Chain chain = filter(Hook.PREROUTING, Priority.FILTER);
        readsInNft(
                List.of(chain),
                List.of(
                        Rule.in(chain)
                                .port(Selector.TCP_DPORT, 80)
                                .transparentProxy(50_080)
                                .accept()),
                "tcp dport 80 tproxy to :50080 accept");
    }

    @Test
    void rangesOfAddressesAndPorts_areThoseOfNft() {
        Chain chain =
                Chain.base(
                        TABLE, "statements", ChainType.NAT, Hook.POSTROUTING, Priority.SOURCE_NAT);
        NatTarget some =
                NatTarget.of(IpPrefix.parseAddress("10.0.0.1"), IpPrefix.parseAddress("10.0.0.9"));
        readsInNft(
                List.of(chain),
                List.of(
                        Rule.in(chain).sourceNat(some, NatFlag.PERSISTENT),
                        Rule.in(chain)
                                .port(Selector.UDP_DPORT, 53)
                                .sourceNat(some.ports(1024, 2048))),
                "snat ip to 10.0.0.1-10.0.0.9 persistent",
                "udp dport 53 snat ip to 10.0.0.1-10.0.0.9:1024-2048");
    }

    @Test
    void rangesOfDestinations_areThoseOfNft() {
        Chain chain =
                Chain.base(
                        TABLE,
                        "statements",
                        ChainType.NAT,
                        Hook.PREROUTING,
                        Priority.DESTINATION_NAT);
        readsInNft(
                List.of(chain),
                List.of(
                        Rule.in(chain)
                                .port(Selector.TCP_DPORT, 80)
                                .destinationNat(
                                        NatTarget.of(IpPrefix.parseAddress("fd00::2"))
                                                .ports(8000, 8010)),
                        Rule.in(chain)
                                .port(Selector.TCP_DPORT, 81)
                                .redirect(new NatTarget.Ports(8000, 8010), NatFlag.RANDOM)),
                "tcp dport 80 dnat ip6 to [fd00::2]:8000-8010",
                "tcp dport 81 redirect to :8000-8010 random");
    }

    @Test
    void queue_isThatOfNft() {
        assumeLoads("queue", "chain c { type filter hook input priority 0; queue num 1; }");
        Chain chain = filter(Hook.INPUT, Priority.FILTER);
        readsInNft(
                List.of(chain),
                List.of(Rule.in(chain).queue(3, 5, Queue.Flag.BYPASS)),
                "queue flags bypass to 3-7");
    }

    @Test
    void offload_isThatOfNft() {
        assumeLoads("flowtable", "flowtable f { hook ingress priority 0; devices = { lo }; }");
        Chain chain = filter(Hook.FORWARD, Priority.FILTER);
        readsInNft(
                List.of(FAST, chain),
                List.of(Rule.in(chain).offload(FAST).counter().rule()),
                "flow add @fast counter packets 0 bytes 0");
    }

    private static void assumeLoads(String feature, String content) {
        try (Sandbox sandbox = new Sandbox()) {
            String refusal = sandbox.tryLoad("table inet t {\n" + content + "\n}\n").stderr();
            KernelFeature.assume(feature, !refusal.contains("No such file or directory"));
        }
    }

    @Test
    void addressesOfTwoFamilies_areRefused() {
        assertThatThrownBy(() ->
                        NatTarget.of(
                                IpPrefix.parseAddress("10.0.0.1"), IpPrefix.parseAddress("::1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("one family");
    }
}
