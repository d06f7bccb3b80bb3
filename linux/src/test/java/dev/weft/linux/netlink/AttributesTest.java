package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributesTest {
    private static final AttributeTable INNER = AttributeTable.named("inner");
    private static final Attribute<Integer> COLOUR = INNER.add(1, "COLOUR", Codecs.U8);
    private static final AttributeTable TABLE = AttributeTable.named("things");
    private static final Attribute<String> NAME = TABLE.add(1, "NAME", Codecs.STRING);
    private static final Attribute<Integer> SIZE = TABLE.add(2, "SIZE", Codecs.U16);
    private static final Attribute<Attributes> NEST = TABLE.nest(3, "NEST", INNER);
    private static final Attribute<List<Attributes>> LIST = TABLE.nestList(4, "LIST", INNER, 9);
    private static final Attribute<Slice> BY_NAME =
            TABLE.nestBy(
                    5,
                    "BY_NAME",
                    siblings -> siblings.find(NAME).filter("x"::equals).map(name -> INNER));

    private static Attributes of(String hex) {
        return Attributes.decode(TABLE, Slice.of(HexFormat.of().parseHex(hex)));
    }

    @Test
    void build_ofValues_isHeaderPayloadAndPadding() {
        Attributes built =
                Attributes.build(
                        TABLE,
                        writer ->
                                writer.put(NAME, "lo")
                                        .put(SIZE, 0x1234)
                                        .nest(NEST, inside -> inside.put(COLOUR, 7)));
        assertThat(built.encoded())
                .hasToString(
                        "07000100"
                                + "6c6f0000"
                                + "06000200"
                                + "34120000"
                                + "0c000380"
                                + "05000100"
                                + "07000000");
        assertThat(built).hasToString("{NAME=lo, SIZE=4660, NEST={COLOUR=7}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "040001", "03000100", "00000000", "09000100aabbccdd", "ffff0100"})
    void decode_ofAnAttributeThatReachesOutside_isMalformed(String hex) {
        assertThatThrownBy(() -> of(hex))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("attributes of things end within one at offset 0");
    }

    @Test
    void decode_ofALastAttributeWithoutPadding_isAccepted() {
        assertThat(of("05000100" + "61").find(NAME)).hasValue("a");
    }

    @Test
    void find_ofAnAttributeThereTwice_isTheLast() {
        assertThat(of("0600020001000000" + "0600020002000000").find(SIZE)).hasValue(2);
    }

    @Test
    void find_ofAWrongSize_namesTheAttribute() {
        Attributes wrong = of("05000200" + "01000000");
        assertThatThrownBy(() -> wrong.find(SIZE))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("SIZE: a u16 has 2 bytes, not 1");
        assertThat(wrong).hasToString("{SIZE=01}");
    }

    @Test
    void flagBits_inTheNumber_areNotPartOfIt() {
        assertThat(of("06000240" + "01000000").find(SIZE)).hasValue(1);
        assertThat(of("06000280" + "01000000").has(SIZE)).isTrue();
    }

    @Test
    void unknownAttributes_surviveAndPrint() {
        String hex = "0600420001000000" + "06000200" + "05000000";
        Attributes read = of(hex);
        Attributes sent = Attributes.build(TABLE, writer -> writer.all(read));
        assertThat(sent.encoded()).hasToString(hex);
        assertThat(sent).isEqualTo(read).hasToString("{attribute 66=0100, SIZE=5}");
        assertThat(read.payload(66)).hasValue(Slice.of((byte) 1, (byte) 0));
    }

    @Test
    void and_keepsTheFirstUnchanged() {
        Attributes first = of("06000200" + "01000000");
        Attributes both = first.and(writer -> writer.put(SIZE, 2));
        assertThat(first.find(SIZE)).hasValue(1);
        assertThat(both.find(SIZE)).hasValue(2);
        List<Integer> numbers = new ArrayList<>();
        both.forEach((number, payload) -> numbers.add(number));
        assertThat(numbers).containsExactly(2, 2);
    }

    @Test
    void nested_ofATableThatANeighbourDecides_isReadOnlyWithIt() {
        Attributes known =
                Attributes.build(
                        TABLE,
                        writer ->
                                writer.put(NAME, "x")
                                        .nest(BY_NAME, inside -> inside.put(COLOUR, 3)));
        assertThat(known.nested(BY_NAME).flatMap(inner -> inner.find(COLOUR))).hasValue(3);
        Attributes unknown = known.and(writer -> writer.put(NAME, "y"));
        assertThat(unknown.nested(BY_NAME)).isEmpty();
        assertThat(unknown.toString()).contains("BY_NAME=0500010003000000");
    }

    @Test
    void list_ofNests_isReadBackInOrder() {
        Attributes red = Attributes.build(INNER, writer -> writer.put(COLOUR, 1));
        Attributes blue = Attributes.build(INNER, writer -> writer.put(COLOUR, 2));
        Attributes built = Attributes.build(TABLE, writer -> writer.put(LIST, List.of(red, blue)));
        assertThat(built.find(LIST)).hasValue(List.of(red, blue));
    }

    @Test
    void put_ofAValueOutOfRange_namesTheAttribute() {
        assertThatThrownBy(() -> Attributes.build(TABLE, writer -> writer.put(SIZE, 65_536)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("SIZE: 65536 does not fit a u16: 0 to 65535");
        assertThatThrownBy(() -> Attributes.build(TABLE, writer -> writer.put(NAME, "a\0b")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("NAME: ");
    }

    @Test
    void put_ofMoreThanAnAttributeHolds_namesTheAttribute() {
        String longest = "a".repeat(AttributeWriter.MAX_BYTES - AttributeWriter.HEADER_BYTES - 1);
        Attributes most = Attributes.build(TABLE, writer -> writer.put(NAME, longest));
        assertThat(most.find(NAME)).hasValue(longest);
        assertThatThrownBy(() -> Attributes.build(TABLE, writer -> writer.put(NAME, longest + "a")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("NAME: an attribute holds at most 65535 bytes");
    }

    @Test
    void print_ofANestWithoutEnd_isBounded() {
        AttributeTable endless = AttributeTable.named("endless");
        Attribute<Slice> deeper = endless.nestBy(1, "DEEPER", siblings -> Optional.of(endless));
        Attributes attributes = Attributes.empty(endless);
        for (int i = 0; i < 1000; i++) {
            Attributes inside = attributes;
            attributes = Attributes.build(endless, w -> w.nest(deeper, n -> n.all(inside)));
        }
        String text = attributes.toString();
        assertThat(text).startsWith("{DEEPER={DEEPER=");
        assertThat(text.split("DEEPER", -1).length).isLessThan(12);
    }

    @Test
    void table_withANumberTwice_isABug() {
        AttributeTable table = AttributeTable.named("twice");
        table.add(1, "FIRST", Codecs.U8);
        assertThatThrownBy(() -> table.add(1, "SECOND", Codecs.U8))
                .isInstanceOf(IllegalStateException.class);
    }
}
