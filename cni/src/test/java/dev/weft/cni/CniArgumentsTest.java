package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CniArgumentsTest {
    private static final Set<String> KNOWN = Set.of("IP", "MAC");

    private static CniArguments parse(String text) {
        return CniArguments.parse(text, KNOWN);
    }

    @Test
    void pairs_areFoundByTheirExactKeys() {
        CniArguments arguments = parse("IP=10.0.0.1;MAC=;IP=10.0.0.2");
        assertThat(arguments.find("IP")).contains("10.0.0.2");
        assertThat(arguments.find("MAC")).contains("");
        assertThat(arguments.find("ip")).isEmpty();
        assertThat(parse("").values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IP", "IP=1=2", "IP=1;", ";", "IP=1;;MAC=2"})
    void malformedPair_isAnError(String text) {
        assertThatThrownBy(() -> parse(text))
                .hasMessageStartingWith("ARGS: invalid pair \"")
                .extracting(failed -> ((CniException) failed).code())
                .isEqualTo(4);
    }

    @Test
    void unknownKeys_areAnError_unlessIgnored() {
        assertThatThrownBy(() -> parse("K=V;IP=1;L=W"))
                .hasMessage("ARGS: unknown args [\"K=V\" \"L=W\"]");
        assertThatThrownBy(() -> parse("ip=1;IgnoreUnknown=FALSE"))
                .hasMessage("ARGS: unknown args [\"ip=1\"]");
        assertThat(parse("K=V;IgnoreUnknown=1;IP=1").find("IP")).contains("1");
        assertThat(parse("K=V;IgnoreUnknown=True").find("K")).contains("V");
    }

    @ParameterizedTest
    @CsvSource({"yes", "''", "2"})
    void ignoreUnknown_isABoolean(String value) {
        assertThatThrownBy(() -> parse("IgnoreUnknown=" + value))
                .hasMessageStartingWith(
                        "ARGS: error parsing value of pair \"IgnoreUnknown=" + value + "\"");
    }

    @Test
    void wrongValue_isNamedWithItsPair() {
        assertThat(parse("IP=x").wrong("IP", "no address"))
                .hasMessage("ARGS: error parsing value of pair \"IP=x\": no address");
    }
}
