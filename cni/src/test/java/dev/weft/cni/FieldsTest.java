package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JSON as Go's `encoding/json` reads it into structures.
final class FieldsTest {

    private static Fields fields(String json) {
        return Fields.of(JsonText.parseObject(json, "test"));
    }

    @Test
    void key_isFoundInAnyLetterCase_andTheLastCounts() {
        assertThat(fields("{\"HostPort\":80}").integer("hostPort")).contains(80);
        assertThat(fields("{\"mtu\":1,\"MTU\":2}").integer("mtu")).contains(2);
        assertThat(fields("{\"MTU\":2,\"mtu\":1}").integer("mtu")).contains(1);
        assertThat(fields("{\"\u212aey\":1}").integer("key")).contains(1);
    }

    @Test
    void null_isAsGoodAsAbsent() {
        Fields fields = fields("{\"a\":null,\"b\":1,\"B\":null}");
        assertThat(fields.has("a")).isFalse();
        assertThat(fields.text("a")).isEmpty();
        assertThat(fields.flag("a")).isEmpty();
        assertThat(fields.object("a")).isEmpty();
        assertThat(fields.strings("a")).isEmpty();
        assertThat(fields.objects("absent")).isEmpty();
        assertThat(fields.integer("b")).contains(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1500\"", "1.5", "1e3", "true", "{}", "9999999999999999999", "3e9"})
    void wholeNumber_isNothingElse(String value) {
        assertThatThrownBy(() -> fields("{\"mtu\":" + value + "}").integer("mtu"))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.DECODING_FAILURE)).isTrue())
                .hasMessageContaining("'mtu'");
    }

    @Test
    void integer_hasTheRangeOfInt_andNumberThatOfLong() {
        assertThat(fields("{\"n\":2147483647}").integer("n")).contains(Integer.MAX_VALUE);
        assertThat(fields("{\"n\":9223372036854775807}").number("n")).contains(Long.MAX_VALUE);
        assertThatThrownBy(() -> fields("{\"n\":2147483648}").integer("n"))
                .hasMessageContaining("2147483648");
    }

    @Test
    void wrongTypes_nameTheWholePath() {
        Fields fields = fields("{\"ipam\":{\"type\":1,\"list\":[1],\"x\":\"true\",\"o\":[]}}");
        Fields ipam = fields.object("ipam").orElseThrow();
        assertThatThrownBy(() -> ipam.text("type"))
                .hasMessage("invalid value for 'ipam.type': expected a string");
        assertThatThrownBy(() -> ipam.strings("list")).hasMessageContaining("'ipam.list'");
        assertThatThrownBy(() -> ipam.objects("list")).hasMessageContaining("expected an object");
        assertThatThrownBy(() -> ipam.flag("x")).hasMessageContaining("expected true or false");
        assertThatThrownBy(() -> ipam.object("o")).hasMessageContaining("expected an object");
        assertThatThrownBy(() -> fields.strings("ipam")).hasMessageContaining("expected a list");
    }
}
