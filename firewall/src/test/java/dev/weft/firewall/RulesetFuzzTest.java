package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.firewall.value.Family;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Any bytes as any object of the ruleset: they are read and printed, or refused as malformed.
final class RulesetFuzzTest {
    private static String read(
            AttributeTable table, byte[] bytes, Function<Attributes, TableContent> as) {
        try {
            return as.apply(Attributes.decode(table, Slice.of(bytes))).toString();
        } catch (MalformedMessageException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static final Table TABLE = Table.of(Family.INET, "t");

    @FuzzTest
    void rule(byte[] bytes) {
        assertThat(
                        read(
                                RuleAttributes.TABLE,
                                bytes,
                                attributes -> {
                                    Rule rule = new Rule(Family.INET, attributes);
                                    rule.handle();
                                    return new TableContent(
                                            TABLE,
                                            Map.of(Chain.of(TABLE, "c"), List.of(rule)),
                                            Map.of());
                                }))
                .isNotEmpty();
    }

    @FuzzTest
    void chain(byte[] bytes) {
        assertThat(
                        read(
                                ChainAttributes.TABLE,
                                bytes,
                                attributes ->
                                        new TableContent(
                                                TABLE,
                                                Map.of(
                                                        new Chain(Family.IP, attributes).wanted(),
                                                        List.of()),
                                                Map.of())))
                .isNotEmpty();
    }

    @FuzzTest
    void set(byte[] bytes) {
        assertThat(
                        read(
                                SetAttributes.TABLE,
                                bytes,
                                attributes ->
                                        new TableContent(
                                                TABLE,
                                                Map.of(),
                                                Map.of(
                                                        new NftSet(Family.IP, attributes).wanted(),
                                                        List.of()))))
                .isNotEmpty();
    }

    @FuzzTest
    void element(byte[] bytes) {
        assertThat(
                        read(
                                ElementAttributes.TABLE,
                                bytes,
                                attributes ->
                                        new TableContent(
                                                TABLE,
                                                Map.of(),
                                                Map.of(
                                                        NftSet.of(TABLE, "s"),
                                                        List.of(new Element(attributes))))))
                .isNotEmpty();
    }

    @FuzzTest
    void table(byte[] bytes) {
        assertThat(
                        read(
                                TableAttributes.TABLE,
                                bytes,
                                attributes ->
                                        new TableContent(
                                                new Table(Family.IP, attributes),
                                                Map.of(),
                                                Map.of())))
                .isNotEmpty();
    }
}
