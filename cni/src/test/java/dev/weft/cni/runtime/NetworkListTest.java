package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkListTest {

    private static NetworkList list(String keys) {
        return NetworkList.parse("{\"name\":\"net\"," + keys + "\"plugins\":[{\"type\":\"a\"}]}");
    }

    @Test
    void list_hasItsPluginsInOrder_andItsText() {
        String text =
                "{\"name\":\"net\",\"cniVersion\":\"1.0.0\",\"plugins\":"
                        + "[{\"type\":\"b\",\"x\":1},{\"type\":\"a\"}],\"dns\":{}}";
        NetworkList list = NetworkList.parse(text);
        assertThat(list.plugins()).extracting(PluginObject::type).containsExactly("b", "a");
        assertThat(list.plugins().getFirst().json()).hasToString("{\"type\":\"b\",\"x\":1}");
        assertThat(list.text()).isEqualTo(text);
        assertThat(list.version()).isEqualTo("1.0.0");
        assertThat(list.file()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''",
                "\"cniVersion\":\"9.9.9\",|9.9.9",
                "\"cniVersions\":[\"0.4.0\",\"1.0.0\"],|1.0.0",
                "\"cniVersions\":[\"0.4.0\"],\"cniVersion\":\"1.1.0\",|1.1.0",
                "\"cniVersions\":[\"0.4.0\",\"1.2.0\"],\"cniVersion\":\"0.3.1\",|0.4.0",
                "\"cniVersions\":[\"1.2.0\"],\"cniVersion\":\"2.0.0\",|2.0.0",
                "\"cniVersions\":[\"1.2.0\"],|''",
                "\"cniVersions\":[],\"cniVersion\":\"0.3.0\",|0.3.0",
                "\"cniVersions\":[\"1\"],|1",
            })
    void version_isTheHighestKnownOfAList_orAsWritten(String keys, String expected) {
        assertThat(list(keys).version()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cniVersions\":\"1.0.0\",",
                "\"cniVersions\":[1],",
                "\"cniVersions\":[\"x\"],",
                "\"cniVersion\":1,",
                "\"disableCheck\":\"yes\",",
                "\"disableCheck\":1,",
                "\"disableGC\":{},",
                "\"loadOnlyInlinedPlugins\":[],",
            })
    void keyOfAWrongType_isAnError(String keys) {
        assertThatThrownBy(() -> list(keys)).isInstanceOf(CniException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "\"TRUE\"", "\"True\""})
    void booleans_mayStandInQuotes(String yes) {
        NetworkList list =
                list(
                        "\"disableCheck\":"
                                + yes
                                + ",\"disableGC\":"
                                + yes
                                + ",\"loadOnlyInlinedPlugins\":"
                                + yes
                                + ",");
        assertThat(list.disablesCheck()).isTrue();
        assertThat(list.disablesCollection()).isTrue();
        assertThat(list.onlyInlined()).isTrue();
        assertThat(list("\"disableCheck\":\"FALSE\",").disablesCheck()).isFalse();
        assertThat(list("").onlyInlined()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"plugins\":[{\"type\":\"a\"}]}|no name",
                "{\"name\":\"\",\"plugins\":[{\"type\":\"a\"}]}|no name",
                "{\"name\":\"n\",\"plugins\":[]}|no plugins in list",
                "{\"name\":\"n\",\"plugins\":null}|expected a list",
                "{\"name\":\"n\",\"plugins\":{}}|expected a list",
                "{\"name\":\"n\",\"plugins\":[1]}|plugin 0 is no object",
                "{\"name\":\"n\",\"plugins\":[{\"type\":\"a\"},{}]}|failed to parse plugin config 1:"
                        + " missing 'type'",
                "{\"name\":\"n\",\"loadOnlyInlinedPlugins\":true}|there is no 'plugins' key",
                "[]|not an object",
            })
    void malformedList_saysWhatIsWrong(String text, String expected) {
        assertThatThrownBy(() -> NetworkList.parse(text))
                .isInstanceOf(CniException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void listWithoutPlugins_isLegal_sinceFilesMayHaveThem() {
        assertThat(NetworkList.parse("{\"name\":\"n\"}").plugins()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"a\",\"ipam\":{\"type\":1}}",
                "{\"type\":\"a\",\"ipam\":\"x\"}",
                "{\"type\":\"a\",\"dns\":{\"search\":\"x\"}}",
                "{\"type\":\"a\",\"capabilities\":{\"x\":\"true\"}}",
                "{\"type\":\"a\",\"capabilities\":[]}",
                "{\"type\":1}"
            })
    void wellKnownKeyOfAWrongType_isAnError(String plugin) {
        assertThatThrownBy(() -> NetworkList.parse("{\"name\":\"n\",\"plugins\":[" + plugin + "]}"))
                .hasMessageContaining("failed to parse plugin config 0");
    }

    @Test
    void capabilities_areThoseThatAreTrue() {
        NetworkList list =
                NetworkList.parse(
                        "{\"name\":\"n\",\"plugins\":[{\"type\":\"a\",\"capabilities\":"
                                + "{\"x\":true,\"y\":false,\"z\":null}},{\"type\":\"b\","
                                + "\"capabilities\":{\"w\":true}}]}");
        assertThat(list.capabilities()).containsExactly("w", "x");
    }

    @Test
    void singlePlugin_becomesAList_withoutItsVersionsAndBooleans() {
        NetworkList list =
                NetworkList.parseSingle(
                        "{\"cniVersion\":\"0.3.1\",\"name\":\"n\",\"type\":\"a\",\"disableGC\":true,"
                                + "\"cniVersions\":[\"1.0.0\"],\"big\":1e400}");
        assertThat(list.version()).isEqualTo("0.3.1");
        assertThat(list.disablesCollection()).isFalse();
        assertThat(list.onlyInlined()).isTrue();
        assertThat(list.text())
                .startsWith("{\"name\":\"n\",\"cniVersion\":\"0.3.1\",\"plugins\":[{")
                .contains("\"big\":1e400");
        assertThat(NetworkList.parse(list.text()).plugins()).hasSize(1);
        assertThatThrownBy(() -> NetworkList.parseSingle("{\"name\":\"n\"}"))
                .hasMessageContaining("missing 'type'");
    }
}
