package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Limit;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.Reject;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the builder builds reads in `nft` as the line beside it, and so does its own text.
final class RuleBuilderKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final Chain OTHER = Chain.of(TABLE, "other");
    private static final NftSet KNOWN = NftSet.of(TABLE, "known", DataType.IPV4_ADDR);
    private static final NftSet FATE =
            NftSet.verdictMap(TABLE, "fate", DataType.IFNAME, DataType.INET_SERVICE);
    private static final NftSet SERVICES6 =
            NftSet.map(
                    TABLE,
                    "services6",
                    List.of(DataType.INET_SERVICE),
                    List.of(DataType.IPV6_ADDR, DataType.INET_SERVICE));

    private static void readAlike(Table table, Chain chain, Map<Rule, String> rules) {
        try (Sandbox sandbox = new Sandbox()) {
            Batch batch = new Batch().add(table).add(Chain.of(table, "other")).add(chain);
            if (table.equals(TABLE)) {
                batch.add(KNOWN).add(FATE).add(SERVICES6);
            }
            rules.keySet().forEach(batch::append);
            sandbox.nftables().apply(batch);

            String listed =
                    sandbox.nft(
                            "list", "chain", table.family().toString(), table.name(), chain.name());
            assertThat(listed.lines().map(String::strip)).containsAll(rules.values());
            assertThat(sandbox.nftables().rules(chain))
                    .extracting(Rule::text)
                    .containsExactlyElementsOf(rules.values());
            assertThat(rules.keySet())
                    .extracting(Rule::text)
                    .containsExactlyElementsOf(rules.values());
            assertThat(sandbox.nftables().rules(chain))
                    .extracting(Rule::expressions)
                    .containsExactlyElementsOf(
                            rules.keySet().stream().map(Rule::expressions).toList());
        }
    }

    @Test
    void filterRules_readAsWritten() {
        Chain chain =
                Chain.base(TABLE, "forwarded", ChainType.FILTER, Hook.FORWARD, Priority.FILTER);
        Map<Rule, String> rules = new LinkedHashMap<>();
        rules.put(
                Rule.in(chain).connectionState(CtState.ESTABLISHED, CtState.RELATED).accept(),
                "ct state established,related accept");
        rules.put(
                Rule.in(chain).connectionState(CtState.INVALID).counter().drop(),
                "ct state invalid counter packets 0 bytes 0 drop");
        rules.put(
                Rule.in(chain)
                        .inputInterface("br0")
                        .outputInterface("eth0")
                        .source(IpPrefix.parse("172.17.0.0/16"))
                        .notDestination(IpPrefix.parse("10.0.0.0/9"))
                        .jump(OTHER),
                "iifname \"br0\" oifname \"eth0\" ip saddr 172.17.0.0/16"
                        + " ip daddr != 10.0.0.0/9 jump other");
        rules.put(
                Rule.in(chain)
                        .source(IpPrefix.parse("2001:db8::/32"))
                        .between(Selector.UDP_DPORT, Datum.port(1_000), Datum.port(2_000))
                        .verdict(Verdict.goTo("other")),
                "ip6 saddr 2001:db8::/32 udp dport 1000-2000 goto other");
        rules.put(
                Rule.in(chain).in(KNOWN, Selector.IP_SADDR).verdict(Verdict.RETURN),
                "ip saddr @known return");
        rules.put(
                Rule.in(chain).notIn(KNOWN, Selector.IP_DADDR).log("stranger ").drop(),
                "ip daddr != @known log prefix \"stranger \" drop");
        rules.put(
                Rule.in(chain).verdict(FATE, Selector.IIFNAME, Selector.TCP_DPORT),
                "iifname . tcp dport vmap @fate");
        rules.put(
                Rule.in(chain)
                        .add(new Limit(3, 60, 7, false, false))
                        .reject(new Reject(Reject.Kind.ICMPX_UNREACHABLE, 3)),
                "limit rate 3/minute burst 7 packets reject with icmpx admin-prohibited");
        rules.put(
                Rule.in(chain)
                        .port(Selector.TCP_DPORT, 23)
                        .reject(new Reject(Reject.Kind.TCP_RESET, 0)),
                "tcp dport 23 reject with tcp reset");
        rules.put(Rule.in(chain).setMark(0x10, -1).rule(), "meta mark set 0x00000010");
        rules.put(
                Rule.in(chain).setMark(0x2000, 0x2000).saveMark().rule(),
                "meta mark set meta mark | 0x00002000 ct mark set meta mark");
        rules.put(Rule.in(chain).restoreMark().rule(), "meta mark set ct mark");
        rules.put(
                Rule.in(chain).match(Selector.ICMP_TYPE, Operator.NOT_EQUAL, Datum.u8(77)).accept(),
                "icmp type != 77 accept");
        readAlike(TABLE, chain, rules);
    }

    @Test
    void destinationNatRules_readAsWritten() {
        Chain chain =
                Chain.base(TABLE, "pre", ChainType.NAT, Hook.PREROUTING, Priority.DESTINATION_NAT);
        Map<Rule, String> rules = new LinkedHashMap<>();
        rules.put(
                Rule.in(chain)
                        .destinationIsLocal()
                        .port(Selector.TCP_DPORT, 80)
                        .destinationNat(IpPrefix.parseAddress("172.17.0.2"), 8080),
                "fib daddr type local tcp dport 80 dnat ip to 172.17.0.2:8080");
        rules.put(
                Rule.in(chain)
                        .port(Selector.TCP_DPORT, 81)
                        .destinationNat(IpPrefix.parseAddress("fd00::2"), 8080),
                "tcp dport 81 dnat ip6 to [fd00::2]:8080");
        rules.put(
                Rule.in(chain)
                        .destination(IpPrefix.parse("10.9.8.7/32"))
                        .destinationNat(IpPrefix.parseAddress("172.17.0.3"), NatFlag.PERSISTENT),
                "ip daddr 10.9.8.7 dnat ip to 172.17.0.3 persistent");
        rules.put(
                Rule.in(chain).destinationNat(SERVICES6, Selector.TCP_DPORT),
                "dnat ip6 to tcp dport map @services6");
        rules.put(
                Rule.in(chain).port(Selector.UDP_DPORT, 53).redirect(5353),
                "udp dport 53 redirect to :5353");
        readAlike(TABLE, chain, rules);
    }

    @Test
    void sourceNatRules_readAsWritten() {
        Chain chain =
                Chain.base(TABLE, "post", ChainType.NAT, Hook.POSTROUTING, Priority.SOURCE_NAT);
        Map<Rule, String> rules = new LinkedHashMap<>();
        rules.put(
                Rule.in(chain)
                        .source(IpPrefix.parse("172.17.0.0/24"))
                        .match(Selector.OIFNAME, Operator.NOT_EQUAL, Datum.interfaceName("br0"))
                        .masquerade(),
                "ip saddr 172.17.0.0/24 oifname != \"br0\" masquerade");
        rules.put(Rule.in(chain).masquerade(NatFlag.RANDOM), "masquerade random");
        rules.put(
                Rule.in(chain)
                        .notSource(IpPrefix.parse("10.0.0.1"))
                        .sourceNat(IpPrefix.parseAddress("1.2.3.4")),
                "ip saddr != 10.0.0.1 snat ip to 1.2.3.4");
        readAlike(TABLE, chain, rules);
    }

    @Test
    void rulesOfAnIpv4Table_needNoGuardForIpv4() {
        Table table = Table.of(Family.IP, "weft4");
        Chain chain = Chain.base(table, "out", ChainType.FILTER, Hook.OUTPUT, Priority.RAW);
        Map<Rule, String> rules = new LinkedHashMap<>();
        rules.put(
                Rule.in(chain).destination(IpPrefix.parse("10.1.2.0/24")).noTrack(),
                "ip daddr 10.1.2.0/24 notrack");
        readAlike(table, chain, rules);
        assertThat(rules.keySet().iterator().next().expressions()).hasSize(3);
    }

    @Test
    void rulesOfABridgeTable_askForTheEthernetType() {
        Table table = Table.of(Family.BRIDGE, "weftb");
        Chain chain = Chain.of(table, "isolation");
        Map<Rule, String> rules = new LinkedHashMap<>();
        rules.put(
                Rule.in(chain)
                        .source(IpPrefix.parse("172.17.0.2"))
                        .destination(IpPrefix.parse("172.17.0.3"))
                        .drop(),
                "ip saddr 172.17.0.2 ip daddr 172.17.0.3 drop");
        readAlike(table, chain, rules);
    }

    @Test
    void destinationNat_byAMapWithoutAddresses_isRefused() {
        RuleBuilder rule = Rule.in(OTHER);
        assertThatThrownBy(() -> rule.destinationNat(FATE, Selector.TCP_DPORT))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("map inet weft fate does not lead to an address and a port");
    }
}
