package dev.weft.firewall.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final Table OTHER = Table.of(Family.INET, "other");
    private static final Chain WEB = Chain.of(TABLE, "web");
    private static final Chain INPUT = Chain.base(TABLE, "input", ChainType.FILTER, Hook.INPUT, 0);
    private static final NftSet PORTS = NftSet.of(TABLE, "ports", DataType.INET_SERVICE);
    private static final NftSet WAYS = NftSet.verdictMap(TABLE, "ways", DataType.INET_SERVICE);

    private static DesiredTable desired() {
        return new DesiredTable(TABLE);
    }

    private static Rule port(int port) {
        return Rule.in(WEB).port(Selector.TCP_DPORT, port).accept();
    }

    private static Element element(int port) {
        return Element.of(Datum.port(port));
    }

    private static List<String> lines(DesiredTable actual, DesiredTable wanted) {
        Difference difference = Difference.between(Optional.of(actual.content()), wanted.content());
        return difference.toString().lines().toList();
    }

    @Test
    void nothingThere_isMadeInTheOrderOfWhatRefers() {
        TableContent wanted =
                desired()
                        .with(WAYS, Element.of(Datum.port(80), Verdict.jump("web")))
                        .with(INPUT, Rule.in(INPUT).verdict(WAYS, Selector.TCP_DPORT))
                        .with(WEB, port(80))
                        .with(NftObject.counter(TABLE, "hits"))
                        .content();

        assertThat(Difference.between(Optional.empty(), wanted).toString().lines())
                .containsExactly(
                        "+ table inet weft",
                        "+ counter inet weft hits",
                        "+ chain inet weft input",
                        "+ chain inet weft web",
                        "+ map inet weft ways",
                        "+ element inet weft ways { 80 : jump web }",
                        "+ rule inet weft input tcp dport vmap @ways",
                        "+ rule inet weft web tcp dport 80 accept");
    }

    @Test
    void theSame_isNoDifference() {
        DesiredTable same = desired().with(WEB, port(1), port(2)).with(PORTS, element(1));

        assertThat(lines(same, same)).isEmpty();
        assertThat(Difference.between(Optional.of(same.content()), same.content()).toBatch())
                .satisfies(batch -> assertThat(batch.isEmpty()).isTrue());
    }

    @Test
    void editedInsertedAndRemovedRules_areTheOnlyOnesTouched() {
        assertThat(
                        lines(
                                desired().with(WEB, port(1), port(2), port(3), port(4)),
                                desired().with(WEB, port(9), port(1), port(3), port(5), port(4))))
                .containsExactly(
                        "- rule inet weft web tcp dport 2 accept",
                        "+ rule inet weft web tcp dport 9 accept",
                        "+ rule inet weft web tcp dport 5 accept");
    }

    @Test
    void countersOfRules_makeNoDifference() {
        Rule counted = Rule.in(WEB).counter().accept();
        Rule used = Rule.of(WEB, List.of(new Counter(7, 700), counted.expressions().getLast()));

        assertThat(lines(desired().with(WEB, used), desired().with(WEB, counted))).isEmpty();
    }

    @Test
    void elements_areComparedByKey_andChangedOnesAreBothRemovedAndAdded() {
        assertThat(
                        lines(
                                desired()
                                        .with(
                                                WAYS,
                                                Element.of(Datum.port(1), Verdict.ACCEPT),
                                                Element.of(Datum.port(2), Verdict.ACCEPT),
                                                Element.of(Datum.port(3), Verdict.ACCEPT)),
                                desired()
                                        .with(
                                                WAYS,
                                                Element.of(Datum.port(3), Verdict.ACCEPT),
                                                Element.of(Datum.port(2), Verdict.DROP),
                                                Element.of(Datum.port(4), Verdict.DROP))))
                .containsExactly(
                        "- element inet weft ways { 1 : accept, 2 : accept }",
                        "+ element inet weft ways { 2 : drop, 4 : drop }");
    }

    @Test
    void intervals_areOneThing() {
        NftSet ranges = PORTS.intervals();
        Element[] before = Element.of(Datum.port(1)).through(Datum.port(9)).toArray(Element[]::new);
        Element[] after = Element.of(Datum.port(1)).through(Datum.port(8)).toArray(Element[]::new);
        Element[] rest =
                Element.of(Datum.port(20)).through(Datum.port(0xffff)).toArray(Element[]::new);

        assertThat(
                        lines(
                                desired().with(ranges, before).with(ranges, rest),
                                desired().with(ranges, rest).with(ranges, after)))
                .containsExactly(
                        "- element inet weft ports { 1-9 }", "+ element inet weft ports { 1-8 }");
    }

    @Test
    void elementsOfDynamicSets_belongToPackets() {
        NftSet dynamic = PORTS.with(SetFlag.DYNAMIC);

        assertThat(lines(desired().with(dynamic, element(1)), desired().with(dynamic, element(2))))
                .isEmpty();
    }

    @Test
    void timesWithinATickOfTheKernel_areTheSame() {
        assertThat(
                        lines(
                                desired().with(PORTS.timeout(Duration.ofMillis(1000))),
                                desired().with(PORTS.timeout(Duration.ofMillis(1003)))))
                .isEmpty();
        assertThat(
                        lines(
                                desired().with(PORTS.timeout(Duration.ofMillis(1000))),
                                desired().with(PORTS.timeout(Duration.ofMillis(1300)))))
                .isNotEmpty();
    }

    @Test
    void setOfAnotherType_isMadeAnewWithTheRulesThatNameIt() {
        NftSet addresses = NftSet.of(TABLE, "ports", DataType.IPV4_ADDR);
        Rule before = Rule.in(WEB).in(PORTS, Selector.TCP_DPORT).drop();
        Rule after = Rule.in(WEB).in(addresses, Selector.IP_SADDR).drop();

        assertThat(
                        lines(
                                desired().with(PORTS, element(1)).with(WEB, port(1), before),
                                desired().with(addresses).with(WEB, port(1), after)))
                .containsExactly(
                        "- rule inet weft web tcp dport @ports drop",
                        "- set inet weft ports",
                        "+ set inet weft ports",
                        "+ rule inet weft web ip saddr @ports drop");
    }

    @Test
    void constantSet_isMadeAnewForOtherElements() {
        NftSet constant = PORTS.with(SetFlag.CONSTANT);
        Rule lookup = Rule.in(WEB).in(constant, Selector.TCP_DPORT).drop();

        assertThat(
                        lines(
                                desired().with(constant, element(1)).with(WEB, lookup),
                                desired().with(constant, element(2)).with(WEB, lookup)))
                .containsExactly(
                        "- rule inet weft web tcp dport @ports drop",
                        "- set inet weft ports",
                        "+ set inet weft ports",
                        "+ element inet weft ports { 2 }",
                        "+ rule inet weft web tcp dport @ports drop");
    }

    @Test
    void policy_isChangedInPlace_andOtherPriorityIsAnotherChain() {
        assertThat(lines(desired().with(INPUT), desired().with(INPUT.policy(Verdict.DROP))))
                .containsExactly("~ chain inet weft input policy drop");
        Chain later = Chain.base(TABLE, "input", ChainType.FILTER, Hook.INPUT, 5);
        assertThat(lines(desired().with(INPUT), desired().with(later)))
                .containsExactly("- chain inet weft input", "+ chain inet weft input");
    }

    @Test
    void dormantTable_isWoken_butIsMadeAnewForOtherBaseChains() {
        DesiredTable asleep = new DesiredTable(TABLE.with(TableFlag.DORMANT)).with(INPUT);

        assertThat(lines(asleep, desired().with(INPUT))).containsExactly("~ table inet weft awake");
        assertThat(lines(asleep, desired()))
                .containsExactly("- table inet weft", "+ table inet weft");
    }

    @Test
    void setsThatBelongToRules_countByWhatIsInThem() {
        NftSet one = NftSet.of(TABLE, "__set3", DataType.INET_SERVICE).anonymous();
        NftSet other = NftSet.of(TABLE, "__set8", DataType.INET_SERVICE).anonymous();
        Rule first = Rule.in(WEB).in(one, Selector.TCP_DPORT).drop();
        Rule second = Rule.in(WEB).in(other, Selector.TCP_DPORT).drop();

        assertThat(
                        lines(
                                desired().with(one, element(1), element(2)).with(WEB, first),
                                desired().with(other, element(2), element(1)).with(WEB, second)))
                .isEmpty();
        assertThat(
                        lines(
                                desired().with(one, element(1)).with(WEB, first),
                                desired().with(other, element(2)).with(WEB, second)))
                .containsExactly(
                        "- rule inet weft web tcp dport @__set3 drop",
                        "+ rule inet weft web tcp dport { 2 } drop");
    }

    @Test
    void whatSaysAnotherTable_isRefused() {
        Chain foreign = Chain.of(OTHER, "web");
        assertThatThrownBy(() ->
                        Difference.between(Optional.empty(), desired().with(foreign).content()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("chain inet other web does not belong to table inet weft");
        Rule rule = Rule.in(foreign).accept();
        assertThatThrownBy(() ->
                        Difference.between(Optional.empty(), desired().with(WEB, rule).content()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a rule of chain web does not belong to");
        TableContent twice =
                new TableContent(
                        TABLE, Map.of(WEB, List.of(), WEB.comment("b"), List.of()), Map.of());
        assertThatThrownBy(() -> Difference.between(Optional.empty(), twice))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("chain inet weft web is there twice");
    }

    @Test
    void manyElements_areALineForPeople() {
        Element[] many =
                IntStream.range(0, 100).mapToObj(DifferenceTest::element).toArray(Element[]::new);

        assertThat(lines(desired().with(PORTS), desired().with(PORTS, many)))
                .singleElement()
                .asString()
                .startsWith("+ element inet weft ports { 0, 1, 2, ")
                .endsWith(", 15, ... }");
    }
}
