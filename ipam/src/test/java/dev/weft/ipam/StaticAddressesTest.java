package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Command;
import dev.weft.cni.Result;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StaticAddressesTest {
    private static final StaticAddresses PLUGIN = new StaticAddresses();
    private static final Network ONE =
            network("\"addresses\": [{\"address\": \"10.0.0.9/24\", \"gateway\": \"10.0.0.1\"}]");

    private static Network network(String ipam) {
        return Network.ofIpam(Path.of("/unused"), ipam);
    }

    private static Result add(Network network, String arguments) {
        return PLUGIN.add(network.request(Command.ADD, "box", arguments));
    }

    private static String texts(Result result) {
        return result.addresses().stream()
                .map(each ->
                        each.address()
                                + each.gateway()
                                        .map(gateway -> ">" + gateway.getHostAddress())
                                        .orElse(""))
                .collect(Collectors.joining(" "));
    }

    @Test
    void configuredAddresses_areGivenWithRoutesAndNames() {
        Result result =
                add(
                        network(
                                "\"addresses\": [{\"address\": \"10.0.0.9/24\", \"gateway\":"
                                        + " \"10.0.0.1\"}, {\"address\": \"fd00::9/64\"}],"
                                        + " \"routes\": [{\"dst\": \"0.0.0.0/0\"}],"
                                        + " \"dns\": {\"domain\": \"lan\"}"),
                        "");
        assertThat(texts(result)).isEqualTo("10.0.0.9/24>10.0.0.1 fd00::9/64");
        assertThat(result.routes()).hasSize(1);
        assertThat(result.dns().domain()).contains("lan");
    }

    @Test
    void noAddresses_areAnEmptyResult() {
        assertThat(add(network(""), "")).isEqualTo(Result.empty());
    }

    @Test
    void arguments_addToTheConfiguredOnes() {
        assertThat(texts(add(ONE, "IP=10.0.0.5/24, 10.1.0.5/24;GATEWAY=10.1.0.1,10.7.0.1")))
                .isEqualTo("10.0.0.9/24>10.0.0.1 10.0.0.5/24 10.1.0.5/24>10.1.0.1");
        assertThat(texts(add(ONE, "IP=;GATEWAY="))).isEqualTo("10.0.0.9/24>10.0.0.1");
    }

    @Test
    void lists_replaceAllBefore() {
        Network user = ONE.with("\"args\": {\"cni\": {\"ips\": [\"10.0.0.7/24\"]}}");
        assertThat(texts(add(user, "IP=10.0.0.5/24"))).isEqualTo("10.0.0.7/24");
        Network runtime = user.with("\"runtimeConfig\": {\"ips\": [\"10.0.0.8/24\"]}");
        assertThat(texts(add(runtime, ""))).isEqualTo("10.0.0.8/24");
        Network empty = user.with("\"runtimeConfig\": {\"ips\": []}");
        assertThat(texts(add(empty, ""))).isEqualTo("10.0.0.7/24");
    }

    @Test
    void mappedAddress_isTheIpv4Address() {
        assertThat(
                        texts(
                                add(
                                        network(
                                                "\"addresses\": [{\"address\": \"::ffff:10.0.0.9/120\"}]"),
                                        "")))
                .isEqualTo("10.0.0.9/24");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    "addresses": [{"address": "10.0.0.1"}] | ~~              | the 'address' field is expected to be in CIDR notation, got: '10.0.0.1'
                    "addresses": [{"gateway": "10.0.0.1"}] | ~~              | the 'address' field is expected to be in CIDR notation, got: ''
                    "addresses": [{"address": "10.0.0.1/24", "gateway": "x"}] | ~~ | invalid value for 'ipam.addresses.gateway': expected an IP address, not 'x'
                    "x": 1                                 | IP=10.0.0.5     | the 'ip' field is expected to be in CIDR notation, got: '10.0.0.5'
                    "x": 1                                 | IP=10.0.0.5/24, | the 'ip' field is expected to be in CIDR notation, got: ''
                    "x": 1                                 | IP=10.0.0.5/24;GATEWAY=z | invalid gateway address: z
                    "x": 1                                 | X=1             | ARGS: unknown args ["X=1"]
                    """)
    void invalidKeys_areNamedAsTheReferenceDoes(String ipam, String arguments, String text) {
        assertThatThrownBy(() -> add(network(ipam), arguments)).hasMessage(text);
    }

    @Test
    void invalidLists_areNamed() {
        assertThatThrownBy(() -> add(ONE.with("\"runtimeConfig\": {\"ips\": [\"zz\"]}"), ""))
                .hasMessage("an entry in the 'ips' field is NOT in CIDR notation, got: 'zz'");
    }

    @Test
    void oldVersions_haveOneAddressOfAFamily() {
        assertThatThrownBy(() -> add(ONE.withVersion("0.2.0"), "IP=10.0.0.5/24"))
                .hasMessage("CNI version 0.2.0 does not support more than 1 address per family");
        assertThat(texts(add(ONE.withVersion("0.2.0"), "IP=fd00::5/64"))).contains("fd00::5/64");
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.9/24', 10.0.0.1, true",
        "'10.0.0.9/24', 10.0.0.2, false",
        "'10.0.0.8/24', 10.0.0.2, true",
        "'10.0.0.9/24', '', false"
    })
    void check_comparesGateways(String address, String gateway, boolean right) {
        Network network =
                ONE.with(
                        "\"prevResult\": {\"cniVersion\": \"1.1.0\", \"ips\": [{\"address\": \""
                                + address
                                + "\", \"gateway\": \""
                                + gateway
                                + "\"}]}");
        Runnable check = () -> PLUGIN.check(network.request(Command.CHECK, "box", ""));
        if (right) {
            assertThatCode(check::run).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check::run)
                    .hasMessageStartingWith(
                            "static: Failed to match addr 10.0.0.9 on interface eth0");
        }
    }

    @Test
    void checkWithoutPreviousResult_isRefused() {
        assertThatThrownBy(() -> PLUGIN.check(ONE.request(Command.CHECK, "box", "")))
                .hasMessage("Required prevResult missing");
    }

    @Test
    void otherCommands_validateOrDoNothing() {
        Network broken = network("\"addresses\": [{\"address\": \"10.0.0.1\"}]");
        assertThatCode(() -> PLUGIN.delete(broken.request(Command.DEL, "box", "")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PLUGIN.status(broken.request(Command.STATUS, "", "")))
                .hasMessageContaining("CIDR");
        assertThatThrownBy(() -> PLUGIN.collect(broken.request(Command.GC, "", ""), Set.of()))
                .hasMessageContaining("CIDR");
    }
}
