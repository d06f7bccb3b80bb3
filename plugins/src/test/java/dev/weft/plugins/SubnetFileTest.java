package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.plugins.flannel.FlannelConfiguration;
import dev.weft.plugins.flannel.SubnetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What flannel's daemon writes, and what becomes of it in a delegate's configuration.
final class SubnetFileTest {
    private static final String DUAL =
            """
            FLANNEL_NETWORK=10.244.0.0/16,10.245.0.0/16,10.244.0.0/16
            FLANNEL_SUBNET=10.244.1.1/24
            FLANNEL_IPV6_NETWORK=fd00::/48
            FLANNEL_IPV6_SUBNET=fd00:0:0:1::1/64
            FLANNEL_MTU=1450
            FLANNEL_IPMASQ=true
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    private static FlannelConfiguration configuration(String keys) {
        return FlannelConfiguration.of(
                new Request(
                        Command.ADD,
                        new AttachmentId("c1", "eth0"),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        new PluginDirectories(List.of()),
                        Map.of(),
                        Configuration.of(
                                json(
                                        "{'name':'net','cniVersion':'0.3.1','type':'flannel'"
                                                + keys
                                                + "}")),
                        new Diagnostics()));
    }

    @Test
    void delegateOfNoKeys_isTheReferencesBridge() {
        assertThat(configuration("").delegateOn(SubnetFile.parse("f", DUAL)))
                .isEqualTo(
                        json(
                                """
                                {'name':'net','cniVersion':'0.3.1','type':'bridge','ipMasq':false,
                                 'mtu':1450,'isGateway':true,'ipam':{'type':'host-local',
                                 'ranges':[[{'subnet':'10.244.1.0/24'}],[{'subnet':'fd00:0:0:1::/64'}]],
                                 'routes':[{'dst':'10.244.0.0/16'},{'dst':'10.245.0.0/16'},
                                           {'dst':'fd00::/48'}]}}
                                """));
    }

    @Test
    void delegate_keepsWhatItIsTold_butRanges() {
        String keys =
                """
                ,'delegate':{'type':'ptp','ipMasq':true,'mtu':9000,'dns':{}},
                'runtimeConfig':{'mac':'02:00:00:00:00:01'},
                'ipam':{'type':'other','dataDir':'/d','ranges':[1],'routes':[{'dst':'0.0.0.0/0'}]}
                """;
        SubnetFile node =
                SubnetFile.parse(
                        "f",
                        """
                        FLANNEL_IPMASQ=yes
                        FLANNEL_MTU=0\r
                        FLANNEL_SUBNET=10.0.1.0/24
                        FLANNEL_NETWORK=10.0.0.0/8
                        OTHER=1

                        """);
        assertThat(configuration(keys).delegateOn(node))
                .isEqualTo(
                        json(
                                """
                                {'type':'ptp','ipMasq':true,'mtu':9000,'dns':{},'name':'net',
                                 'runtimeConfig':{'mac':'02:00:00:00:00:01'},'cniVersion':'0.3.1',
                                 'ipam':{'type':'other','dataDir':'/d',
                                 'ranges':[[{'subnet':'10.0.1.0/24'}]],
                                 'routes':[{'dst':'0.0.0.0/0'},{'dst':'10.0.0.0/8'}]}}
                                """));
    }

    @Test
    void masquerading_isTheDelegatesUnlessTheDaemonDoesIt() {
        String text = DUAL.replace("IPMASQ=true", "IPMASQ=false");
        assertThat(configuration("").delegateOn(SubnetFile.parse("f", text)).get("ipMasq"))
                .isEqualTo(json("{'a':true}").get("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'name':'x'}   | 'delegate' dictionary must not have 'name' field, it'll be set by flannel
                    {'ipam':null}  | 'delegate' dictionary must not have 'ipam' field, it'll be set by flannel
                    {'type':7}     | 'delegate' dictionary, if present, must have (string) 'type' field
                    {'type':'flannel'} | 'delegate' must be another plugin than flannel
                    []             | invalid value for 'delegate': expected an object
                    """,
            quoteCharacter = '`')
    void delegateThatCannotBe_isRefused(String delegate, String words) {
        assertThatThrownBy(() -> configuration(",'delegate':" + delegate))
                .isInstanceOf(CniException.class)
                .hasMessage(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'dataDir':'relative'", "'dataDir':'/a\\u0000'", "'subnetFile':''"})
    void pathThatCannotBe_isRefused(String key) {
        assertThatThrownBy(() -> configuration("," + key)).hasMessageContaining("absolute path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    FLANNEL_SUBNET=10.244.1.1/24 | FLANNEL_SUBNET=10.244.1.1    | FLANNEL_SUBNET
                    FLANNEL_SUBNET=10.244.1.1/24 | FLANNEL_SUBNET               | FLANNEL_SUBNET
                    FLANNEL_MTU=1450             | FLANNEL_MTU=-1               | "-1" is no number of bytes
                    FLANNEL_MTU=1450             | FLANNEL_MTU=99999999999      | is no number of bytes
                    FLANNEL_NETWORK=             | FLANNEL_NETWORK=10.0.0.0/99, | FLANNEL_NETWORK
                    """)
    void valueThatIsNone_isNamed(String good, String bad, String words) throws IOException {
        Path file = Files.writeString(directory.resolve("subnet.env"), DUAL.replace(good, bad));
        assertThatThrownBy(() -> SubnetFile.read(file, ErrorCode.INTERNAL))
                .hasMessageContaining("failed to load flannel 'subnet.env' file: " + file)
                .hasMessageContaining(words)
                .hasMessageEndingWith("Check the flannel pod log for this node.");
    }

    @Test
    void missingKeys_areNamed() {
        assertThatThrownBy(() -> SubnetFile.parse("/f", "FLANNEL_MTU=1450"))
                .hasMessage(
                        "/f is missing FLANNEL_NETWORK, FLANNEL_IPV6_NETWORK, FLANNEL_SUBNET,"
                                + " FLANNEL_IPV6_SUBNET, FLANNEL_IPMASQ");
    }

    @Test
    void fileThatIsNone_isRefused() throws IOException {
        Path directoryInstead = Files.createDirectory(directory.resolve("a"));
        Path huge = Files.write(directory.resolve("b"), new byte[1 << 17]);
        for (Path file : List.of(directoryInstead, huge, directory.resolve("absent"))) {
            assertThatThrownBy(() -> SubnetFile.read(file, ErrorCode.NOT_AVAILABLE))
                    .isInstanceOfSatisfying(
                            CniException.class,
                            refused ->
                                    assertThat(refused.code())
                                            .isEqualTo(ErrorCode.NOT_AVAILABLE.number()))
                    .hasMessageContaining(file.toString());
        }
    }
}
