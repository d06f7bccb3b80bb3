package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.plugins.chained.Vrf;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An interface of a container in a VRF.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class VrfKernelIT {
    static final String ROUTES =
            "{ echo route add default via 10.9.0.1;"
                    + " echo route add 10.77.0.0/16 via 10.9.0.1 metric 5;"
                    + " echo route add default via fd09::1; } | ip -batch -";
    private static final String BLUE = "\"vrfname\": \"blue\",";

    private ChainedSandbox sandbox;
    private Vrf vrf;

    @BeforeEach
    void open() {
        KernelFeature.assumeLinkKind("vrf");
        sandbox = new ChainedSandbox(Steps.NONE);
        vrf = new Vrf(sandbox.site());
        NatLab.in(sandbox.container(), ROUTES);
    }

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private JsonObject configuration(String keys) {
        return sandbox.configuration(CniVersion.V1_0_0, keys);
    }

    private Reply call(String command, String keys) {
        return sandbox.call(vrf, command, configuration(keys));
    }

    /// What the interface is, has and is reached by.
    private String inside() {
        return NatLab.in(
                sandbox.container(),
                "ip -br link show master blue; ip route show vrf blue; ip -6 route show vrf blue;"
                        + "ip address show eth0");
    }

    /// Without the rules that the kernel makes once for all VRFs, and the link-local address, which
    /// it makes unless it is told not to, as here.
    private String main() {
        String shown =
                NatLab.in(
                        sandbox.container(),
                        "ip route; ip -6 route; ip -br link; ip address show eth0");
        return settled(shown)
                .lines()
                .filter(line -> !line.contains("fe80:") && !line.contains("valid_lft"))
                .collect(Collectors.joining("\n"));
    }

    /// Without what comes by itself when a carrier is noticed.
    static String settled(String shown) {
        return shown.replaceAll("<[^>]*>|@if\\d+| linkdown", "")
                .replaceAll(" +(UP|DOWN|UNKNOWN|LOWERLAYERDOWN) +| state [A-Z]+", " ");
    }

    @Test
    void interface_hasInTheVrfWhatItHad_andAfterwards() {
        String before = main();
        call("ADD", BLUE).requireSuccess();
        assertThat(inside())
                .contains(
                        "eth0",
                        "default via 10.9.0.1 dev eth0",
                        "10.77.0.0/16 via 10.9.0.1 dev eth0 metric 5",
                        "default via fd09::1 dev eth0",
                        "10.9.0.2/24",
                        "fd09::2/64");
        assertThat(sandbox.inContainer("ip route")).isEmpty();
        call("ADD", BLUE).requireSuccess();
        call("DEL", BLUE).requireSuccess();
        assertThat(main()).isEqualTo(before);
        assertThat(sandbox.files()).doesNotContain("eth0:vrf");
        call("DEL", BLUE).requireSuccess();
    }

    @Test
    void everyVersion_isSpoken() {
        String before = NodeState.of(sandbox.container());
        for (String version : List.of("0.3.1", "0.4.0", "1.0.0", "1.1.0")) {
            JsonObject json = sandbox.configuration(CniVersion.find(version).orElseThrow(), BLUE);
            sandbox.call(vrf, "ADD", json).requireSuccess();
            if (!version.equals("0.3.1")) {
                sandbox.call(vrf, "CHECK", json).requireSuccess();
            }
            sandbox.call(vrf, "DEL", json).requireSuccess();
        }
        assertThat(NodeState.of(sandbox.container())).isEqualTo(before);
    }

    @Test
    void tableOfNobody_isChosen() {
        sandbox.inContainer("ip route add 10.80.0.0/16 via 10.9.0.1 table 1");
        sandbox.inContainer("ip link add other type vrf table 2");
        call("ADD", BLUE).requireSuccess();
        assertThat(sandbox.inContainer("ip -d link show blue")).contains("vrf table 3");
        call("DEL", BLUE).requireSuccess();
        assertThat(sandbox.inContainer("ip route show table 1")).contains("10.80.0.0/16");
    }

    @Test
    void tableOfTheConfiguration_isTheVrfs() {
        call("ADD", BLUE + "\"table\": 1001,").requireSuccess();
        assertThat(sandbox.inContainer("ip -d link show blue")).contains("vrf table 1001");
    }

    @Test
    void vrfOfTwo_goesWithTheSecond() {
        sandbox.connect("veth1", "net1");
        call("ADD", BLUE).requireSuccess();
        sandbox.inContainer("ip link set net1 master blue");
        call("DEL", BLUE).requireSuccess();
        assertThat(sandbox.inContainer("ip -br link show master blue")).startsWith("net1");
    }

    @Test
    void vrfOfSomebodyElse_stays() {
        sandbox.inContainer("ip link add blue type vrf table 7");
        call("ADD", BLUE).requireSuccess();
        assertThat(sandbox.inContainer("ip -br link show master blue")).startsWith("eth0");
        call("DEL", BLUE).requireSuccess();
        assertThat(sandbox.inContainer("ip -d link show blue")).contains("vrf table 7");
    }

    /// As after an ADD of the reference plugin.
    @Test
    void deleteWithoutRecord_takesTheInterfaceOut_andTheVrfAlong() {
        sandbox.inContainer("ip link add blue type vrf table 7");
        sandbox.inContainer("ip link set eth0 master blue");
        call("DEL", BLUE).requireSuccess();
        assertThat(sandbox.inContainer("ip -br link")).doesNotContain("blue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true                                                         | "vrfname": "",                  | configuration is expected to have a valid vrf name
                    true                                                         | "vrfname": "a/b",               | configuration is expected to have a valid vrf name
                    ip link add blue type bridge                                 | "vrfname": "blue",              | Netlink blue is not a VRF
                    ip link add blue type vrf table 7                            | "vrfname": "blue", "table": 8,  | VRF blue already exist with different routing table 7
                    ip link add red type vrf table 7; ip link set eth0 master red | "vrfname": "blue",              | interface eth0 has already a master set: red
                    """,
            quoteCharacter = '\0')
    void whatCannotBe_isTold_andNothingChanges(String script, String keys, String message) {
        NatLab.in(sandbox.container(), script);
        String before = NodeState.of(sandbox.container());
        Reply reply = call("ADD", keys);
        assertThat(reply.exitCode()).isEqualTo(1);
        assertThat(reply.output()).contains(message);
        assertThat(NodeState.of(sandbox.container())).isEqualTo(before);
        assertThat(sandbox.files()).doesNotContain("eth0:vrf");
    }

    @Test
    void withoutPreviousResult_isRefused() {
        Reply reply =
                sandbox.call(vrf, "ADD", ChainedSandbox.withoutResult(CniVersion.V1_0_0, BLUE));
        assertThat(reply.output()).contains("missing prevResult from earlier plugin");
    }

    @Test
    void check_missesTheMember() {
        call("ADD", BLUE).requireSuccess();
        sandbox.inContainer("ip link set eth0 nomaster");
        assertThat(call("CHECK", BLUE).output()).contains("is not a member of VRF blue");
        sandbox.inContainer("ip link delete blue");
        assertThat(call("CHECK", BLUE).output()).contains("VRF blue not found");
    }

    @Test
    void status_isFine() {
        sandbox.call(vrf, "STATUS", ChainedSandbox.withoutResult(CniVersion.V1_1_0, BLUE))
                .requireSuccess();
    }
}
