package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.linux.file.FileLock;
import dev.weft.plugins.chained.Sbr;
import dev.weft.plugins.site.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SbrKernelIT {
    private static final CniVersion NEWEST = CniVersion.newest();

    private final ChainedSandbox sandbox = new ChainedSandbox(Steps.NONE);
    private final Sbr sbr = new Sbr(sandbox.site());

    @BeforeEach
    void addRoutes() {
        sandbox.inContainer("ip route add default via 10.9.0.1");
        sandbox.inContainer("ip route add 10.77.0.0/16 via 10.9.0.1");
        sandbox.inContainer("ip route add 10.78.0.0/16 dev eth0");
        sandbox.inContainer("ip -6 route add default via fd09::1");
        sandbox.inContainer("ip -6 route add fe80::/64 dev eth0 proto kernel metric 256");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Reply call(String command, String keys) {
        return sandbox.call(sbr, command, sandbox.configuration(NEWEST, keys));
    }

    private JsonObject add(String keys) {
        return JsonParser.parseString(call("ADD", keys).requireSuccess().output())
                .getAsJsonObject();
    }

    private List<String> lines(String command) {
        return sandbox.inContainer(command).lines().map(String::strip).sorted().toList();
    }

    private String rules() {
        return sandbox.inContainer("ip rule") + sandbox.inContainer("ip -6 rule");
    }

    @ParameterizedTest
    @EnumSource
    void routes_moveToTheAddressesTables_andBack(CniVersion version) {
        String before = sandbox.snapshot();
        JsonObject configuration = sandbox.configuration(version, "");

        Reply reply = sandbox.call(sbr, "ADD", configuration).requireSuccess();

        assertThat(JsonParser.parseString(reply.output()).getAsJsonObject().has("cniVersion"))
                .isTrue();
        assertThat(rules()).contains("from 10.9.0.2 lookup 100", "from fd09::2 lookup 101");
        assertThat(lines("ip route show table 100"))
                .containsExactly(
                        "10.77.0.0/16 via 10.9.0.1 dev eth0",
                        "10.78.0.0/16 dev eth0 scope link",
                        "10.9.0.0/24 dev eth0 proto kernel scope link src 10.9.0.2",
                        "default via 10.9.0.1 dev eth0");
        assertThat(lines("ip -6 route show table 101"))
                .containsExactly(
                        "default via fd09::1 dev eth0 metric 1024 pref medium",
                        "fd09::/64 dev eth0 proto kernel metric 256 pref medium",
                        "fe80::/64 dev eth0 proto kernel metric 256 pref medium");
        assertThat(lines("ip route show table main")).isEmpty();
        assertThat(lines("ip -6 route show table main"))
                .containsExactly("fe80::/64 dev eth0 proto kernel metric 256 pref medium");
        if (CniVersion.V0_4_0.isAtMost(version)) {
            sandbox.call(sbr, "CHECK", configuration).requireSuccess();
        }
        sandbox.call(sbr, "DEL", configuration).requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
        assertThat(sandbox.call(sbr, "DEL", configuration)).isEqualTo(new Reply(0, "", ""));
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void defaultRouteThatMainLacked_doesNotComeBack() {
        sandbox.inContainer("ip route delete default");
        String before = sandbox.snapshot();
        add("");
        assertThat(lines("ip route show table 100")).contains("default via 10.9.0.1 dev eth0");
        call("DEL", "").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void gateways_replaceThoseOfTheResult() {
        add("\"gateways\":[\"fd09::77\",\"10.9.0.77\"],");
        assertThat(lines("ip route show table 100 default"))
                .containsExactly("default via 10.9.0.77 dev eth0");
        assertThat(sandbox.inContainer("ip -6 route show table 101 default"))
                .contains("default via fd09::77 dev eth0");
        call("CHECK", "\"gateways\":[\"fd09::77\",\"10.9.0.77\"],").requireSuccess();
        assertThat(call("CHECK", "\"gateways\":[\"10.9.0.78\"],").output())
                .contains("table 100 has no default route by 10.9.0.78");
        call("DEL", "").requireSuccess();
        assertThat(sandbox.snapshot()).contains("scope link src 10.9.0.2");
        assertThat(rules()).doesNotContain("lookup 100");
    }

    @Test
    void sourceHints_keepTheSubnetsRoutesInMain() {
        String before = sandbox.snapshot();
        add("\"addSourceHints\":true,");
        assertThat(lines("ip route show table main"))
                .containsExactly("10.9.0.0/24 dev eth0 proto kernel scope link src 10.9.0.2");
        assertThat(lines("ip -6 route show table main"))
                .containsExactly(
                        "fd09::/64 dev eth0 proto kernel src fd09::2 metric 256 pref medium",
                        "fe80::/64 dev eth0 proto kernel metric 256 pref medium");
        call("DEL", "\"addSourceHints\":true,").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void fixedTable_getsRulesAlone() {
        String before = sandbox.snapshot();
        sandbox.inContainer("ip route add default via 10.9.0.1 table 200");
        add("\"table\":200,");
        add("\"table\":200,");
        assertThat(rules()).contains("from 10.9.0.2 lookup 200", "from fd09::2 lookup 200");
        assertThat(lines("ip route show table main")).hasSize(4);
        call("CHECK", "\"table\":200,").requireSuccess();
        assertThat(call("CHECK", "\"table\":201,").output())
                .contains("no rule leads from 10.9.0.2/32 to table 201");
        call("DEL", "").requireSuccess();
        assertThat(lines("ip route show table 200")).hasSize(1);
        sandbox.inContainer("ip route flush table 200");
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void tablesWithRoutesOrRules_areNotChosen() {
        sandbox.inContainer("ip route add 10.200.0.0/16 dev eth0 table 100");
        sandbox.inContainer("ip -6 rule add from fd11::1 table 101");
        add("");
        assertThat(rules()).contains("from 10.9.0.2 lookup 102", "from fd09::2 lookup 103");
    }

    @Test
    void secondAdd_makesTheSameAgain() {
        String before = sandbox.snapshot();
        add("");
        String made = sandbox.snapshot();
        add("");
        assertThat(sandbox.snapshot()).isEqualTo(made);
        call("DEL", "").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void otherInterfaceOnTheSameSubnet_keepsItsRoutes() {
        sandbox.connect("veth1", "net1");
        sandbox.inContainer("ip address add 10.9.0.3/24 dev net1");
        sandbox.inContainer("ip address add fd09::3/64 dev net1 nodad");
        sandbox.inContainer("ip route append default via 10.9.0.1 dev net1");
        String before = sandbox.snapshot();
        add("\"addSourceHints\":true,");
        assertThat(sandbox.inContainer("ip route show"))
                .contains("default via 10.9.0.1 dev net1", "10.9.0.0/24 dev net1")
                .doesNotContain("default via 10.9.0.1 dev eth0");
        assertThat(sandbox.inContainer("ip -6 route show"))
                .contains("fd09::/64 dev net1", "fd09::/64 dev eth0 proto kernel src fd09::2");
        call("DEL", "\"addSourceHints\":true,").requireSuccess();
        assertThat(sorted(sandbox.snapshot())).isEqualTo(sorted(before));
    }

    private static List<String> sorted(String text) {
        return text.lines().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"gateways\":[\"1.1.1.1\",\"1.1.1.2\",\"::1\"]|gateways list cannot contain more than 2 entries",
                "\"gateways\":[\"1.1.1.1\",\"1.1.1.2\"]|gateways list contains multiple IPv4 addresses: 1.1.1.1 and 1.1.1.2",
                "\"gateways\":[\"::1\",\"::2\"]|gateways list contains multiple IPv6 addresses: ::1 and ::2",
                "\"gateways\":[\"x\"]|invalid static gateway IP address: x",
                "\"gateways\":[\"192.0.2.1\"]|Failed to add default route to 192.0.2.1: ",
                "\"table\":0|'table'",
                "\"table\":\"x\"|'table'",
            })
    void badConfiguration_isRefused_andLeavesNothing(String keys, String text) {
        String before = sandbox.snapshot();
        assertThat(call("ADD", keys + ",").output()).contains(text);
        assertThat(sandbox.snapshot()).isEqualTo(before);
        call("DEL", keys + ",").requireSuccess();
    }

    @Test
    void missingResult_andMissingAddresses_areTold() {
        JsonObject configuration = ChainedSandbox.withoutResult(NEWEST, "");
        assertThat(sandbox.call(sbr, "ADD", configuration).output())
                .contains("This plugin must be called as chained plugin");
        Map<String, String> environment = sandbox.environment("ADD");
        environment.put("CNI_IFNAME", "net7");
        assertThat(sandbox.call(sbr, environment, sandbox.configuration(NEWEST, "")).output())
                .contains("No IP addresses supplied on interface: net7");
    }

    @Test
    void check_namesWhatIsOtherwise() {
        add("");
        sandbox.inContainer("ip route delete default table 100");
        assertThat(call("CHECK", "").output())
                .contains("table 100 has no default route by 10.9.0.1");
        sandbox.inContainer("ip rule delete table 100");
        assertThat(call("CHECK", "").output())
                .contains("no rule leads from 10.9.0.2/32 to a table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/run/nothing", "/run"})
    void deleteWithoutThePath_findsTheNamespaceWhereItWas(String netns) {
        String before = sandbox.snapshot();
        add("");
        Map<String, String> environment = sandbox.environment("DEL");
        environment.put("CNI_NETNS", netns);
        sandbox.call(sbr, environment, ChainedSandbox.withoutResult(NEWEST, "")).requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/run/nothing", "/run"})
    void deleteOfWhatWasNeverMade_makesNoFile(String netns) {
        Map<String, String> environment = sandbox.environment("DEL");
        environment.put("CNI_NETNS", netns);
        sandbox.call(sbr, environment, sandbox.configuration(NEWEST, "")).requireSuccess();
        assertThat(Files.exists(Path.of("/run/nothing"))).isFalse();
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void lockOfAnotherPlugin_isWaitedFor() throws Exception {
        FileLock other =
                FileLock.tryAcquireExisting(sandbox.container().path(), Duration.ofSeconds(1))
                        .orElseThrow();
        Thread adding = Thread.ofPlatform().start(() -> add(""));
        while (adding.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(rules()).doesNotContain("lookup 100");
        other.close();
        adding.join();
        assertThat(rules()).contains("lookup 100");
    }

    @Test
    void collect_removesWhatIsNotValid() {
        String before = sandbox.snapshot();
        add("");
        call("GC", "\"cni.dev/valid-attachments\":[{\"containerID\":\"c1\",\"ifname\":\"eth0\"}],")
                .requireSuccess();
        assertThat(rules()).contains("lookup 100");
        Map<String, String> environment = sandbox.environment("GC");
        environment.remove("CNI_NETNS");
        sandbox.call(
                        sbr,
                        environment,
                        sandbox.configuration(NEWEST, "\"cni.dev/valid-attachments\":[],"))
                .requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void status_isWell() {
        call("STATUS", "").requireSuccess();
    }
}
