package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.IpPrefix;
import dev.weft.testkit.KernelFeature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sets and maps of every kind, made here and read by `nft`.
final class SetsKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final Chain CHAIN = Chain.of(TABLE, "web");

    private static Datum address(String text) {
        return Datum.address(IpPrefix.parseAddress(text));
    }

    private static List<Element> range(String first, String last) {
        return Element.of(address(first)).through(address(last));
    }

    @Test
    void intervals_thatTouchAndThatReachTheEnds_areKeptApart() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set = NftSet.of(TABLE, "nets", DataType.IPV4_ADDR).intervals();
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(set)
                                    .add(set, Element.prefix(IpPrefix.parse("10.0.0.0/24")))
                                    .add(set, range("10.0.1.0", "10.0.1.9"))
                                    .add(set, range("0.0.0.0", "0.0.0.7"))
                                    .add(set, range("255.255.255.255", "255.255.255.255"))
                                    .add(set, Element.prefix(IpPrefix.parse("255.0.0.0/9"))));

            assertThat(sandbox.nft("list", "set", "inet", "weft", "nets").replaceAll("\\s+", " "))
                    .contains("type ipv4_addr flags interval")
                    .contains(
                            "elements = { 0.0.0.0/29, 10.0.0.0/24, 10.0.1.0-10.0.1.9, 255.0.0.0/9,"
                                    + " 255.255.255.255 }");
            sandbox.nftables().apply(new Batch().delete(set, range("10.0.1.0", "10.0.1.9")));
            assertThat(sandbox.nft("list", "set", "inet", "weft", "nets"))
                    .contains("10.0.0.0/24", "255.255.255.255")
                    .doesNotContain("10.0.1.0");
        }
    }

    @Test
    void intervalsOfConcatenations_areBoxes() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set =
                    NftSet.of(TABLE, "boxes", DataType.IPV4_ADDR, DataType.INET_SERVICE)
                            .intervals();
            Datum first = Datum.concat(address("10.0.0.0"), Datum.port(80));
            Datum last = Datum.concat(address("10.0.0.255"), Datum.port(90));
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(set)
                                    .add(set, Element.of(first).to(last).comment("box")));

            assertThat(sandbox.nft("list", "set", "inet", "weft", "boxes"))
                    .contains(
                            "type ipv4_addr . inet_service",
                            "flags interval",
                            "elements = { 10.0.0.0/24 . 80-90 comment \"box\" }");
            Element read = sandbox.nftables().elements(set).getFirst();
            assertThat(read.key()).hasValue(first);
            assertThat(read.keyEnd()).hasValue(last);
            sandbox.nftables().apply(new Batch().delete(set, read));
            assertThat(sandbox.nftables().elements(set)).isEmpty();
        }
    }

    @Test
    void mapOfIntervals_hasDataAndAnElementForOthers() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet map =
                    NftSet.map(
                                    TABLE,
                                    "ports",
                                    List.of(DataType.INET_SERVICE),
                                    List.of(DataType.IPV4_ADDR))
                            .intervals();
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(map)
                                    .add(
                                            map,
                                            Element.of(Datum.port(1), address("1.2.3.4"))
                                                    .comment("low")
                                                    .through(Datum.port(10)))
                                    .add(map, Element.others(address("1.1.1.1"))));

            assertThat(sandbox.nft("list", "map", "inet", "weft", "ports"))
                    .contains("elements = { 1-10 comment \"low\" : 1.2.3.4, * : 1.1.1.1 }");
            assertThat(sandbox.nftables().elements(map))
                    .filteredOn(Element::isOthers)
                    .singleElement()
                    .satisfies(others -> assertThat(others.data()).hasValue(address("1.1.1.1")));
        }
    }

    @Test
    void elementsThatCount_keepTheirCounts() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set =
                    NftSet.of(TABLE, "seen", DataType.IPV4_ADDR)
                            .with(new Counter(0, 0))
                            .small()
                            .timeout(Duration.ofHours(1))
                            .sweepEvery(Duration.ofMinutes(5))
                            .size(100)
                            .comment("who came");
            Element element = Element.of(address("1.2.3.4")).with(new Counter(5, 9));
            sandbox.nftables().apply(new Batch().add(TABLE).add(set).add(set, element));

            assertThat(sandbox.nft("list", "set", "inet", "weft", "seen"))
                    .contains(
                            "policy memory",
                            "size 100",
                            "counter",
                            "timeout 1h",
                            "gc-interval 5m",
                            "comment \"who came\"",
                            "1.2.3.4 counter packets 5 bytes 9 expires");
            NftSet read = sandbox.nftables().sets(TABLE).getFirst();
            assertThat(read.expressions()).containsExactly(new Counter(0, 0));
            assertThat(read.isSmall()).isTrue();
            assertThat(read.sweepInterval()).hasValue(Duration.ofMinutes(5));
            assertThat(read.size()).hasValue(100);
            assertThat(sandbox.nftables().elements(read).getFirst().expressions())
                    .containsExactly(new Counter(5, 9));
        }
    }

    @Test
    void mapOfObjects_leadsToThem() {
        try (Sandbox sandbox = new Sandbox()) {
            NftObject hits = NftObject.counter(TABLE, "hits").comment("of all");
            NftSet map =
                    NftSet.objectMap(TABLE, "byport", ObjectType.COUNTER, DataType.INET_SERVICE);
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(hits)
                                    .add(map)
                                    .add(map, Element.of(Datum.port(80), hits)));

            assertThat(sandbox.nft("list", "ruleset"))
                    .contains(
                            "comment \"of all\"",
                            "type inet_service : counter",
                            "elements = { 80 : \"hits\" }");
            assertThat(sandbox.nftables().sets(TABLE).getFirst().objectType())
                    .hasValue(ObjectType.COUNTER);
            assertThat(sandbox.nftables().elements(map).getFirst().object()).hasValue("hits");
        }
    }

    @Test
    void autoMerge_isForNft() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set = NftSet.of(TABLE, "nets", DataType.IPV4_ADDR).intervals().autoMerge();
            sandbox.nftables().apply(new Batch().add(TABLE).add(set));
            sandbox.nft("add", "element", "inet", "weft", "nets", "{ 10.0.0.0/24, 10.0.1.0/24 }");

            assertThat(sandbox.nft("list", "ruleset"))
                    .contains("auto-merge", "elements = { 10.0.0.0/23 }");
            assertThat(sandbox.nftables().sets(TABLE).getFirst().mergesIntervals()).isTrue();
        }
    }

    @Test
    void anonymousSetsOfOneBatch_belongToTheirRules() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet web = NftSet.of(TABLE, "web", DataType.INET_SERVICE).anonymous();
            NftSet fates =
                    NftSet.verdictMap(TABLE, "fates", DataType.INET_SERVICE)
                            .anonymous()
                            .intervals();
            Batch batch =
                    new Batch()
                            .add(TABLE)
                            .add(CHAIN)
                            .create(web)
                            .add(web, Element.of(Datum.port(80)))
                            .add(web, Element.of(Datum.port(443)))
                            .append(Rule.in(CHAIN).in(web, Selector.TCP_DPORT).accept())
                            .create(fates)
                            .add(
                                    fates,
                                    Element.of(Datum.port(1), Verdict.DROP).through(Datum.port(9)))
                            .append(Rule.in(CHAIN).verdict(fates, Selector.UDP_DPORT));
            sandbox.nftables().apply(batch);

            assertThat(sandbox.nft("list", "ruleset"))
                    .contains("tcp dport { 80, 443 } accept", "udp dport vmap { 1-9 : drop }");
            sandbox.nftables().apply(new Batch().flush(CHAIN));
            assertThat(sandbox.nftables().sets(TABLE)).isEmpty();
        }
    }

    @Test
    void rulesOfOneBatch_findTheirPlaceByNumber() {
        KernelFeature.assumeSince(5, 1, "places of rules by number");
        try (Sandbox sandbox = new Sandbox()) {
            Rule second = Rule.in(CHAIN).port(Selector.TCP_DPORT, 2).accept().numbered(7);
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(CHAIN)
                                    .append(second)
                                    .append(Rule.in(CHAIN).port(Selector.TCP_DPORT, 4).accept())
                                    .appendAfter(
                                            second,
                                            Rule.in(CHAIN).port(Selector.TCP_DPORT, 3).accept())
                                    .insertBefore(
                                            second,
                                            Rule.in(CHAIN).port(Selector.TCP_DPORT, 1).accept()));

            assertThat(sandbox.nftables().rules(CHAIN))
                    .extracting(Rule::text)
                    .containsExactly(
                            "tcp dport 1 accept",
                            "tcp dport 2 accept",
                            "tcp dport 3 accept",
                            "tcp dport 4 accept");
        }
    }
}
