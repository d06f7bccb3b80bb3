package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.firewall.value.DataType;
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
    void object(byte[] bytes) {
        assertThat(
                        read(
                                ObjectAttributes.TABLE,
                                bytes,
                                attributes -> {
                                    NftObject object =
                                            new NftObject(Family.IP, attributes).wanted();
                                    object.comment();
                                    object.data()
                                            .ifPresent(
                                                    data -> assertThat(data.encode()).isNotNull());
                                    return new TableContent(
                                            TABLE, Map.of(), Map.of(), List.of(object), List.of());
                                }))
                .isNotEmpty();
    }

    @FuzzTest
    void flowtable(byte[] bytes) {
        assertThat(
                        read(
                                FlowtableAttributes.TABLE,
                                bytes,
                                attributes -> {
                                    Flowtable flowtable =
                                            new Flowtable(Family.IP, attributes).wanted();
                                    flowtable.priority();
                                    flowtable.devices();
                                    flowtable.flags();
                                    return new TableContent(
                                            TABLE,
                                            Map.of(),
                                            Map.of(),
                                            List.of(),
                                            List.of(flowtable));
                                }))
                .isNotEmpty();
    }

    /// Whatever was read can be put into a batch.
    @FuzzTest
    void ruleMadeAgain(byte[] bytes) {
        NftSet anonymous = NftSet.of(TABLE, "__set0", DataType.MARK).anonymous();
        assertThat(
                        read(
                                RuleAttributes.TABLE,
                                bytes,
                                attributes -> {
                                    Rule rule = new Rule(Family.INET, attributes).wanted();
                                    new Batch().create(anonymous).append(rule);
                                    return new TableContent(TABLE, Map.of(), Map.of());
                                }))
                .isNotEmpty();
    }

    @FuzzTest
    void elementMadeAgain(byte[] bytes) {
        assertThat(
                        read(
                                ElementAttributes.TABLE,
                                bytes,
                                attributes -> {
                                    Element element = new Element(attributes);
                                    element.keyEnd();
                                    element.object();
                                    element.timeout();
                                    element.expressions();
                                    NftSet set = NftSet.of(TABLE, "s").with(SetFlag.INTERVAL);
                                    List<Element> both = List.of(element, element);
                                    new Batch().add(set, Element.inOrder(set, both));
                                    return new TableContent(TABLE, Map.of(), Map.of());
                                }))
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
