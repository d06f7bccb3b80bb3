package dev.weft.cli.kubenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cli.Main;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from the command line and written for runtimes.
final class PodNetworkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private static Settings settings(HairpinMode hairpin, List<String> direct, String... cidrs) {
        return new Settings(
                "cbr0",
                Stream.of(cidrs).map(IpPrefix::parse).map(PodRange::new).toList(),
                direct.stream().map(IpPrefix::parse).toList(),
                hairpin,
                Optional.empty());
    }

    private static Settings settings(HairpinMode hairpin) {
        return settings(hairpin, List.of(), "10.1.0.0/24", "fd00:1::/64");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    @Test
    void list_isWhatKubenetToldItsPlugins() {
        PodNetwork network =
                new PodNetwork(
                        settings(HairpinMode.PROMISCUOUS_BRIDGE), 1450, Optional.empty(), true);
        assertThat(network.json())
                .isEqualTo(
                        json(
                                """
                                {'cniVersion':'1.0.0','name':'kubenet',
                                 'plugins':[
                                  {'type':'bridge','bridge':'cbr0','mtu':1450,'isGateway':true,
                                   'ipMasq':false,'hairpinMode':false,'promiscMode':true,
                                   'ipam':{'type':'host-local',
                                    'ranges':[[{'subnet':'10.1.0.0/24','gateway':'10.1.0.1'}],
                                              [{'subnet':'fd00:1::/64','gateway':'fd00:1::1'}]],
                                    'routes':[{'dst':'0.0.0.0/0'},{'dst':'::/0'}]}},
                                  {'type':'portmap','capabilities':{'portMappings':true}},
                                  {'type':'bandwidth','capabilities':{'bandwidth':true}}]}
                                """));
        assertThat(NetworkList.parse(network.text()).name()).isEqualTo("kubenet");
        assertThat(PodNetwork.isOurs(network.text())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PROMISCUOUS_BRIDGE, false, true",
        "HAIRPIN_VETH, true, false",
        "NONE, false, false"
    })
    void hairpinMode_isTheBridgesOrThePorts(HairpinMode mode, boolean ports, boolean bridge) {
        JsonObject plugin =
                new PodNetwork(settings(mode), 1500, Optional.of("/d"), false)
                        .json()
                        .getAsJsonArray("plugins")
                        .get(0)
                        .getAsJsonObject();
        assertThat(plugin.get("hairpinMode").getAsBoolean()).isEqualTo(ports);
        assertThat(plugin.get("promiscMode").getAsBoolean()).isEqualTo(bridge);
        assertThat(plugin.get("isGateway").getAsBoolean()).isFalse();
        assertThat(plugin.getAsJsonObject("ipam").get("dataDir").getAsString()).isEqualTo("/d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"name\": 7}", "{\"name\": \"other\"}"})
    void otherFile_isNotOurs(String text) {
        assertThat(PodNetwork.isOurs(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10.1.0.7/24  | 10.1.0.7/24 is no network: did you mean 10.1.0.0/24?
                    10.1.0.0/31  | 10.1.0.0/31 is no range for pods: it needs room for four addresses at least
                    0.0.0.0/0    | 0.0.0.0/0 is no range for pods: it needs room for four addresses at least
                    fd00::/127   | fd00::/127 is no range for pods: it needs room for four addresses at least
                    224.1.0.0/16 | 224.1.0.0/16 has no addresses that pods could have
                    127.1.0.0/16 | 127.1.0.0/16 has no addresses that pods could have
                    """)
    void rangeThatCannotBe_isRefused(String text, String words) {
        assertThatThrownBy(() -> new PodRange(IpPrefix.parse(text)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(words);
    }

    @Test
    void twoRangesOfAFamily_areRefused() {
        assertThatThrownBy(
                        () -> settings(HairpinMode.NONE, List.of(), "10.1.0.0/24", "10.2.0.0/24"))
                .hasMessage(
                        "10.1.0.0/24 and 10.2.0.0/24 are of one family: a pod has one address of"
                                + " each");
    }

    @ParameterizedTest
    @CsvSource({"575, false, false", "576, false, true", "1279, true, false", "1280, true, true"})
    void mtuOfAFamily_hasItsLeast(int bytes, boolean isIpv6, boolean isTaken) {
        List<PodRange> ranges =
                List.of(new PodRange(IpPrefix.parse(isIpv6 ? "fd00:1::/64" : "10.1.0.0/24")));
        assertThat(isTaken(ranges, bytes)).isEqualTo(isTaken);
    }

    private static boolean isTaken(List<PodRange> ranges, int bytes) {
        try {
            Settings taken =
                    new Settings("cbr0", ranges, List.of(), HairpinMode.NONE, Optional.of(bytes));
            return taken.mtuBytes().isPresent();
        } catch (InvalidRequestException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, true, false",
        "0.0.0.0/0, false, false",
        "fd00::/8, false, true",
        "::/0, false, false"
    })
    void family_isMasqueradedBeyondItsNetworks(String direct, boolean ipv4, boolean ipv6) {
        Settings settings = settings(HairpinMode.NONE, List.of(direct), "10.1.0.0/24");
        assertThat(settings.masquerades(IpFamily.IPV4)).isEqualTo(ipv4);
        assertThat(settings.masquerades(IpFamily.IPV6)).isEqualTo(ipv6);
    }

    @Test
    void leases_areFilesThatAreNamedAfterAddresses() throws IOException {
        Path files = Files.createDirectories(directory.resolve("kubenet"));
        for (String name : List.of("10.1.0.2", "fd00:1::2", "lock", "last_reserved_ip.0", "1.2")) {
            Files.createFile(files.resolve(name));
        }
        assertThat(new PodLeases(directory).addresses())
                .containsExactlyInAnyOrder(
                        IpPrefix.parseAddress("10.1.0.2"), IpPrefix.parseAddress("fd00:1::2"));
        assertThat(new PodLeases(directory.resolve("none")).addresses()).isEmpty();
    }

    @Test
    void formerRange_isNeededByWhomNoNewOneServes() {
        List<InetAddress> leases =
                Stream.of("10.1.0.5", "10.1.3.5", "10.9.0.1").map(IpPrefix::parseAddress).toList();
        IpPrefix former = IpPrefix.parse("10.1.0.1/22");
        assertThat(FormerRange.of(former, List.of(), leases).podNames())
                .isEqualTo("10.1.0.5, 10.1.3.5");
        List<PodRange> narrower = List.of(new PodRange(IpPrefix.parse("10.1.0.0/24")));
        assertThat(FormerRange.of(former, narrower, leases).podNames()).isEqualTo("10.1.3.5");
        List<PodRange> elsewhere = List.of(new PodRange(IpPrefix.parse("10.1.2.0/23")));
        assertThat(FormerRange.of(former, elsewhere, leases).pods()).hasSize(2);
    }

    private static int execute(StringWriter error, String... arguments) {
        StringWriter out = new StringWriter();
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --json                                        | give either --pod-cidr or --remove
                    --pod-cidr 10.1.0.0/24 --remove               | give either --pod-cidr or --remove
                    --remove --print                              | --print goes with none of
                    --pod-cidr 10.1.0.7/24                        | did you mean 10.1.0.0/24?
                    --pod-cidr nonsense                           | nonsense
                    --pod-cidr 10.1.0.0/24 --mtu 9                | an MTU of 9 cannot be
                    --pod-cidr 10.1.0.0/24 --hairpin-mode maybe   | promiscuous-bridge
                    --pod-cidr 10.1.0.0/24 --non-masquerade-cidr x | x
                    """)
    void wrongCommandLine_isExplained(String options, String words) {
        StringWriter error = new StringWriter();
        assertThat(execute(error, ("kubenet " + options).split(" ", -1))).isEqualTo(2);
        assertThat(error.toString()).contains(words);
    }
}
