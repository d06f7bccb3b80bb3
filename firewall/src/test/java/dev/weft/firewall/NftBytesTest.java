package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.ElementAttributes.ListAttributes;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `nft` 1.0.6 sends for a line of text (recorded with strace), against what is built here.
final class NftBytesTest {
    private static final Table TABLE = Table.of(Family.INET, "weft");

    /// `meta mark & 0x00002000 == 0x00002000 masquerade`
    private static final String MARK_RULE =
            "09000100776566740000000009000200706f737400000000b40004802400018009000100"
                    + "6d6574610000000014000280080002000000000308000100000000014c0001800c000100"
                    + "62697477697365003c000280080001000000000108000200000000010800060000000000"
                    + "08000300000000040c00048008000100002000000c00058008000100000000002c000180"
                    + "08000100636d700020000280080001000000000108000200000000000c00038008000100"
                    + "0020000014000180090001006d6173710000000004000280";

    /// `ip saddr 172.17.0.0/24 oifname != "br0" masquerade fully-random,persistent`
    private static final String MASQUERADE_RULE =
            "09000100776566740000000009000200706f7374000000002c0104802400018009000100"
                    + "6d6574610000000014000280080002000000000f08000100000000012c00018008000100"
                    + "636d700020000280080001000000000108000200000000000c0003800500010002000000"
                    + "340001800c0001007061796c6f6164002400028008000100000000010800020000000001"
                    + "080003000000000c08000400000000032c00018008000100636d70002000028008000100"
                    + "0000000108000200000000000c00038007000100ac11000024000180090001006d657461"
                    + "0000000014000280080002000000000708000100000000013800018008000100636d7000"
                    + "2c0002800800010000000001080002000000000118000380140001006272300000000000"
                    + "00000000000000001c000180090001006d617371000000000c0002800800010000000018";

    /// `192.168.245.168 . tcp . 80 comment "web" : 172.17.0.2 . 8080`
    private static final String ELEMENT =
            "0900010077656674000000000e0002007075626c69736865640000000800040000000001"
                    + "38000380340001801400018010000100c0a8f5a80600000000500000100002800c000100"
                    + "ac1100021f9000000a0006000004776562000000";

    /// `10.0.0.0/24, 10.0.1.0-10.0.1.9, 255.255.255.0/24`, without the first element, which ends
    /// what is below.
    private static final String INTERVALS =
            "100002800c000180080001000a0000001800038008000300000000010c000180080001000a00010010"
                    + "0004800c000180080001000a0001001800058008000300000000010c000180080001000a00"
                    + "010a1c0008800c00018008000100ffffff000a0006000104010000000000";

    /// `10.0.0.0/24 . 80-90, 10.1.0.1 . 5`
    private static final String BOXES =
            "24000180100001800c0001000a0000000050000010000a800c0001000a0000ff005a000024000280"
                    + "100001800c0001000a0100010005000010000a800c0001000a01000100050000";

    /// `set b { type ipv4_addr . inet_service; flags interval; }`
    private static final String BOX_SET =
            "06000100740000000600020062000000080003000000008408000400000001cd080005000000000808"
                    + "000a0000000002200009801c0002800c00018008000100000000040c00018008000100000000"
                    + "0214000d00000400000000030800040d0000000100";

    /// `type nat hook postrouting priority srcnat; policy accept;`
    private static final String CHAIN =
            "09000100776566740000000009000300706f737400000000080007006e61740008000500"
                    + "000000011400048008000100000000040800020000000064";

    private static Attributes attributes(AttributeTable table, String hex) {
        return Attributes.decode(table, Slice.of(HexFormat.of().parseHex(hex)));
    }

    private static Rule rule(String hex) {
        return new Rule(Family.INET, attributes(RuleAttributes.TABLE, hex));
    }

    @Test
    void markRule_isWhatNftSends() {
        Datum bit = Datum.u32(0x2000);
        Rule built =
                Rule.in(Chain.of(TABLE, "post"))
                        .masked(Selector.MARK, bit, Operator.EQUAL, bit)
                        .masquerade();

        assertThat(built.expressions()).isEqualTo(rule(MARK_RULE).expressions());
        assertThat(built.text()).isEqualTo("meta mark & 0x00002000 == 0x00002000 masquerade");
    }

    @Test
    void masqueradeRule_isWhatNftSends() {
        Rule built =
                Rule.in(Chain.of(TABLE, "post"))
                        .source(IpPrefix.parse("172.17.0.0/24"))
                        .match(Selector.OIFNAME, Operator.NOT_EQUAL, Datum.interfaceName("br0"))
                        .masquerade(NatFlag.FULLY_RANDOM, NatFlag.PERSISTENT);

        assertThat(built.expressions()).isEqualTo(rule(MASQUERADE_RULE).expressions());
        assertThat(built.attributes().encoded().length())
                .isEqualTo(rule(MASQUERADE_RULE).attributes().encoded().length());
    }

    @Test
    void element_isByteForByteWhatNftSends() {
        Attributes sent =
                attributes(ListAttributes.TABLE, ELEMENT)
                        .orElse(ListAttributes.ELEMENTS, List.of())
                        .getFirst();
        Element built =
                Element.of(
                                Datum.concat(
                                        Datum.address(IpPrefix.parseAddress("192.168.245.168")),
                                        Datum.u8(6),
                                        Datum.port(80)),
                                Datum.concat(
                                        Datum.address(IpPrefix.parseAddress("172.17.0.2")),
                                        Datum.port(8080)))
                        .comment("web");

        assertThat(built.attributes()).isEqualTo(sent);
    }

    private static Datum address(String text) {
        return Datum.address(IpPrefix.parseAddress(text));
    }

    /// The elements of a list that is numbered from anywhere.
    private static List<Attributes> list(String hex) {
        AttributeTable numbered = AttributeTable.named("list");
        List<Attributes> elements = new ArrayList<>();
        attributes(numbered, hex)
                .forEach((_, element) ->
                        elements.add(Attributes.decode(ElementAttributes.TABLE, element)));
        return elements;
    }

    @Test
    void intervals_areByteForByteWhatNftSends() {
        List<Element> built = new ArrayList<>(Element.prefix(IpPrefix.parse("10.0.0.0/24")));
        built.addAll(Element.of(address("10.0.1.0")).through(address("10.0.1.9")));
        built.addAll(Element.prefix(IpPrefix.parse("255.255.255.0/24")));

        assertThat(built).extracting(Element::attributes).isEqualTo(list(INTERVALS));
    }

    @Test
    void intervalsOfConcatenations_areByteForByteWhatNftSends() {
        Datum low = Datum.concat(address("10.0.0.0"), Datum.port(80));
        Datum high = Datum.concat(address("10.0.0.255"), Datum.port(90));
        Datum one = Datum.concat(address("10.1.0.1"), Datum.port(5));

        assertThat(List.of(Element.of(low).to(high), Element.of(one).to(one)))
                .extracting(Element::attributes)
                .isEqualTo(list(BOXES));
    }

    @Test
    void setOfConcatenatedIntervals_isDescribedAsNftDoes() {
        NftSet sent = new NftSet(Family.INET, attributes(SetAttributes.TABLE, BOX_SET));
        NftSet built =
                NftSet.of(
                                Table.of(Family.INET, "t"),
                                "b",
                                DataType.IPV4_ADDR,
                                DataType.INET_SERVICE)
                        .intervals();

        assertThat(built.flags()).isEqualTo(sent.flags());
        assertThat(built.key()).isEqualTo(sent.key());
        assertThat(built.attributes().find(SetAttributes.DESCRIPTION).orElseThrow())
                .hasToString(
                        sent.attributes().find(SetAttributes.DESCRIPTION).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.9", "::1"})
    void intervalThatLeadsDownOrElsewhere_isRefused(String last) {
        Element first = Element.of(address("10.0.0.10"));
        assertThatThrownBy(() -> first.through(address(last)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("no interval leads from 0x0a00000a to 0x");
    }

    @Test
    void chainOfNft_hasTypeHookPriorityAndPolicy() {
        Chain sent = new Chain(Family.INET, attributes(ChainAttributes.TABLE, CHAIN));

        assertThat(sent.hook()).hasValue(Hook.POSTROUTING);
        assertThat(sent.priority()).hasValue(Priority.SOURCE_NAT);
        assertThat(sent.policy()).hasValue(Verdict.ACCEPT);
        assertThat(
                        Chain.base(
                                        TABLE,
                                        "post",
                                        ChainType.NAT,
                                        Hook.POSTROUTING,
                                        Priority.SOURCE_NAT)
                                .policy(Verdict.ACCEPT)
                                .attributes()
                                .encoded()
                                .length())
                .isEqualTo(sent.attributes().encoded().length());
    }
}
