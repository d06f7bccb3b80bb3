package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.linux.IpFamily;
import dev.weft.wire.Dhcpv4Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DhcpConfigurationTest {
    private static final String NAME = "{\"option\":\"host-name\",\"fromArg\":\"K8S_POD_NAME\"";

    private static Request request(String containerId, String ipam, String arguments) {
        JsonObject json =
                JsonText.parseObject(
                        "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"x\"" + ipam + "}",
                        "test");
        return new Request(
                Command.ADD,
                new AttachmentId(containerId, "eth0"),
                Optional.empty(),
                Optional.empty(),
                arguments,
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(json),
                new Diagnostics());
    }

    private static DhcpConfiguration configuration(String keys, String arguments) {
        return DhcpConfiguration.of(
                request("box", ",\"ipam\":{\"type\":\"dhcp\"" + keys + "}", arguments));
    }

    private static DhcpConfiguration provide(String entries, String arguments) {
        return configuration(",\"provide\":[" + entries + "]", arguments);
    }

    private static DhcpConfiguration ask(String entries) {
        return configuration(",\"request\":[" + entries + "]", "");
    }

    @Test
    void client_isKnownByContainerNetworkAndInterface() {
        DhcpConfiguration configuration = configuration("", "");
        assertThat(configuration.sent()).isEqualTo(Dhcpv4Options.of(Bench.IDENTIFIER));
        assertThat(configuration.priority()).isEmpty();
        assertThat(configuration.requested())
                .containsExactly(1, 121, 3, 33, 6, 15, 119, 26, 58, 59);
        assertThat(configuration.settings(Bench.MAC, true, Retransmission.STANDARD))
                .isEqualTo(
                        new Dhcpv4Settings(
                                Bench.MAC,
                                configuration.sent(),
                                configuration.requested(),
                                true,
                                Retransmission.STANDARD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | IPV4",
                "\"ipv4\" | IPV4",
                "\"ipv6\" | IPV6",
                "\"ipv6\",\"ipv4\" | IPV4,IPV6"
            })
    void families_areThoseThatAreNamed(String names, String families) {
        assertThat(configuration(",\"families\":[" + names + "]", "").families())
                .extracting(IpFamily::name)
                .containsExactly(families.split(",", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ipv5\"", "\"ipv6\",\"ipv6\""})
    void unknownOrRepeatedFamily_isRefused(String names) {
        assertThatThrownBy(() -> configuration(",\"families\":[" + names + "]", ""))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("each once");
    }

    @Test
    void longIdentifier_isCut() {
        Request request = request("x".repeat(300), ",\"ipam\":{}", "");
        assertThat(DhcpConfiguration.of(request).sent().find(61).orElseThrow().length())
                .isEqualTo(255);
    }

    @Test
    void providedIdentifier_isSentAsItIs() {
        DhcpConfiguration configuration =
                provide("{\"option\":\"dhcp-client-identifier\",\"value\":\"me\"}", "");
        assertThat(configuration.sent().text(61)).contains("me");
        assertThat(configuration.sent().all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                         ',\"value\":\"v\"}', v",
        "'K8S_POD_NAME=pod',                         ',\"value\":\"v\"}', pod",
        "'IgnoreUnknown=0;A=b;K8S_POD_NAME=pod',     ',\"value\":\"v\"}', pod",
        "'A=b',                                      ',\"value\":\"v\"}', v",
        "'K8S_POD_NAME=pod',                         '}', pod",
        "'',                                         '}',",
        "'K8S_POD_NAME=',                            ',\"value\":\"v\"}',"
    })
    void argument_winsOverValue(String arguments, String rest, String sent) {
        assertThat(provide(NAME + rest, arguments).sent().text(12))
                .isEqualTo(Optional.ofNullable(sent));
    }

    @ParameterizedTest
    @CsvSource({
        "user-class, 77",
        "vendor-class-identifier, 60",
        "subnet-mask, 1",
        "routers, 3",
        "host-name, 12",
        "224, 224"
    })
    void option_isANameOrANumber(String option, int code) {
        String entry = "{\"option\":\"" + option + "\",\"value\":\"v\"}";
        assertThat(provide(entry, "").sent().text(code)).contains("v");
        assertThat(ask("{\"option\":\"" + option + "\",\"skipDefault\":true}").requested())
                .containsExactly(code);
    }

    @Test
    void requested_areAddedToTheDefault_once() {
        assertThat(ask("{\"option\":\"42\"},{\"option\":\"routers\"}").requested())
                .containsExactly(1, 121, 3, 33, 6, 15, 119, 26, 58, 59, 42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hostname", "0", "52", "255", "256", "1000", "-1", "1.5", "01"})
    void optionThatIsNone_isRefused(String option) {
        assertThatThrownBy(() -> ask("{\"option\":\"" + option + "\"}"))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("neither a known name nor a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", "53", "54", "55", "57"})
    void optionOfTheProtocol_cannotBeProvided(String option) {
        assertThatThrownBy(() -> provide("{\"option\":\"" + option + "\",\"value\":\"v\"}", ""))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("sets it itself");
    }

    @Test
    void longValue_isRefused() {
        String value = "v".repeat(256);
        assertThatThrownBy(() -> provide(NAME + ",\"value\":\"" + value + "\"}", ""))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("longer than 255 bytes");
    }

    @Test
    void priority_isTheMetric() {
        assertThat(configuration(",\"priority\":7", "").priority()).hasValue(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"ipam\":{\"provide\":{}}",
                ",\"ipam\":{\"provide\":[1]}",
                ",\"ipam\":{\"request\":[{\"option\":1}]}",
                ",\"ipam\":{\"request\":[{\"option\":\"1\",\"skipDefault\":\"yes\"}]}",
                ",\"ipam\":{\"priority\":\"high\"}"
            })
    void keyOfAnotherType_isRefused(String ipam) {
        Request request = request("box", ipam, "");
        assertThatThrownBy(() -> DhcpConfiguration.of(request)).isInstanceOf(CniException.class);
    }
}
