package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {

    private static JsonObject parse(String text) {
        return JsonText.parseObject(text, "network config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789",
                "1e400",
                "1.50",
                "-0",
                "0.1e-7",
                "9007199254740993"
            })
    void numbers_stayAsTheyWereWritten(String number) {
        String text = "{\"n\":" + number + "}";
        assertThat(JsonText.compact(parse(text))).isEqualTo(text);
    }

    @Test
    void keys_stayInTheirOrder_andNullsStay() {
        String text = "{\"z\":null,\"a\":[{},[],true,\"x\"],\"m\":{\"b\":1,\"a\":2}}";
        assertThat(JsonText.compact(parse(text))).isEqualTo(text);
    }

    @Test
    void duplicateKey_hasItsLastValue() {
        assertThat(JsonText.compact(parse("{\"a\":1,\"b\":2,\"a\":3}")))
                .isIn("{\"a\":3,\"b\":2}", "{\"b\":2,\"a\":3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}x",
                "{} {}",
                "[]",
                "null",
                "1",
                "{'a':1}",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":TRUE}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":\"\t\"}",
                "// x\n{}"
            })
    void whatIsNoObject_isADecodingFailure(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.DECODING_FAILURE)).isTrue())
                .hasMessageStartingWith("error unmarshall network config: ")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void depth_isBounded() {
        assertThatThrownBy(() -> parse("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)))
                .isInstanceOf(CniException.class);
    }

    @Test
    void invalidUtf8_isReplaced() {
        byte[] bytes = "{\"name\":\"a?b\"}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[10] = (byte) 0xff;
        assertThat(parse(PluginCall.text(bytes)).get("name").getAsString()).isEqualTo("a\ufffdb");
    }

    @Test
    void indentedText_hasFourSpacesAndNoLineFeedAtItsEnd() {
        assertThat(JsonText.indented(parse("{\"a\":1,\"b\":[]}")))
                .isEqualTo("{\n    \"a\": 1,\n    \"b\": []\n}");
    }
}
