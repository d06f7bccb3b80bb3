package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.plugins.chained.Bandwidth;
import dev.weft.plugins.site.Hashes;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BandwidthKernelIT {
    private static final CniVersion NEWEST = CniVersion.newest();
    private static final String BLOCK = "bwpf0bca4ac77cd";
    private static final String BOTH =
            "\"ingressRate\":1000000,\"ingressBurst\":80000,\"egressRate\":8000000,"
                    + "\"egressBurst\":160000,";

    private final ChainedSandbox sandbox = new ChainedSandbox(Steps.NONE);
    private final Bandwidth bandwidth = new Bandwidth(sandbox.site());

    @BeforeAll
    static void requireBlocks() {
        KernelFeature.assumeLinkKind("ifb");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Reply call(String command, String keys) {
        return sandbox.call(bandwidth, command, sandbox.configuration(NEWEST, keys));
    }

    private JsonObject add(String keys) {
        return JsonParser.parseString(call("ADD", keys).requireSuccess().output())
                .getAsJsonObject();
    }

    private String qdiscs(String device) {
        return sandbox.onHost("tc -d qdisc show dev " + device);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"V0_1_0", "V0_2_0"},
            mode = EnumSource.Mode.EXCLUDE)
    void bothDirections_areLimited_checked_andFreed(CniVersion version) {
        String before = sandbox.snapshot();
        JsonObject configuration = sandbox.configuration(version, BOTH);

        Reply reply = sandbox.call(bandwidth, "ADD", configuration).requireSuccess();

        assertThat(qdiscs("veth0")).contains("tbf 1: root", "rate 1Mbit burst 10000b", "clsact");
        assertThat(qdiscs(BLOCK)).contains("tbf 1: root", "rate 8Mbit burst 20000b", "lat 25ms");
        assertThat(sandbox.onHost("tc filter show dev veth0 ingress"))
                .contains("Egress Redirect to device " + BLOCK);
        assertThat(sandbox.onHost("ip link show dev " + BLOCK)).contains("mtu 1500", ",UP");
        assertThat(reply.output()).contains("\"name\": \"" + BLOCK + "\"");
        if (CniVersion.V0_4_0.isAtMost(version)) {
            sandbox.call(bandwidth, "CHECK", configuration).requireSuccess();
        }
        sandbox.call(bandwidth, "DEL", configuration).requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
        assertThat(sandbox.call(bandwidth, "DEL", configuration)).isEqualTo(new Reply(0, "", ""));
    }

    @Test
    void version020_isRefused() {
        JsonObject configuration = sandbox.configuration(CniVersion.V0_2_0, BOTH);
        assertThat(sandbox.call(bandwidth, "ADD", configuration).output())
                .contains("\"code\": 1,", "plugin supports [\\\"0.3.0\\\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ingressRate\":1000|if rate is set, burst must also be set",
                "\"egressBurst\":1000|if burst is set, rate must also be set",
                "\"ingressRate\":1000,\"ingressBurst\":34359738360|burst cannot be more than 4GB",
                "\"ingressRate\":7,\"ingressBurst\":80|at least 8 bits",
                "\"ingressRate\":-8,\"ingressBurst\":80|'ingressRate'",
                "\"runtimeConfig\":{\"bandwidth\":{\"EgressRate\":8}}|if rate is set",
            })
    void badNumbers_areRefused(String keys, String text) {
        assertThat(call("ADD", keys + ",").output()).contains(text);
        assertThat(call("CHECK", keys + ",").output()).contains(text);
        call("DEL", keys + ",").requireSuccess();
    }

    @ParameterizedTest
    @ValueSource(strings = {BOTH, ""})
    void missingResult_isTold(String keys) {
        JsonObject configuration = ChainedSandbox.withoutResult(NEWEST, keys);
        assertThat(sandbox.call(bandwidth, "ADD", configuration).output())
                .contains("must be called as chained plugin");
    }

    @Test
    void nothingSet_passesTheResultOn() {
        String before = sandbox.snapshot();
        assertThat(add("").getAsJsonArray("interfaces")).hasSize(2);
        call("CHECK", "").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void runtimesNumbers_count_unlessTheConfigurationHasAny() {
        add("\"runtimeConfig\":{\"bandWidth\":{\"IngressRate\":8000,\"IngressBurst\":80000}},");
        assertThat(qdiscs("veth0")).contains("rate 8Kbit");
        add(
                "\"egressRate\":0,"
                        + "\"runtimeConfig\":{\"bandwidth\":{\"ingressRate\":8,\"ingressBurst\":8}},");
        assertThat(qdiscs("veth0")).doesNotContain("tbf");
        assertThat(sandbox.snapshot()).doesNotContain("bwp");
    }

    @Test
    void secondAdd_replacesTheFirst() {
        String before = sandbox.snapshot();
        add(BOTH);
        add(BOTH);
        assertThat(qdiscs("veth0")).contains("rate 1Mbit");
        add("\"ingressRate\":2000000,\"ingressBurst\":80000,");
        assertThat(qdiscs("veth0")).contains("rate 2Mbit").doesNotContain("clsact");
        assertThat(sandbox.onHost("ip link show")).doesNotContain("bwp");
        call("DEL", "").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void secondInterface_hasALimitOfItsOwn() {
        add(BOTH);
        sandbox.connect("veth1", "net1");
        JsonObject configuration = sandbox.configuration(NEWEST, BOTH);
        Map<String, String> environment = sandbox.environment("ADD");
        environment.put("CNI_IFNAME", "net1");
        sandbox.call(bandwidth, environment, configuration).requireSuccess();
        String other = "bwp" + Hashes.sha512("mynet:c1:net1", 12);
        assertThat(qdiscs(other)).contains("rate 8Mbit");

        environment.put("CNI_COMMAND", "CHECK");
        sandbox.call(bandwidth, environment, configuration).requireSuccess();
        environment.put("CNI_COMMAND", "DEL");
        sandbox.call(bandwidth, environment, configuration).requireSuccess();
        sandbox.call(bandwidth, environment, configuration).requireSuccess();
        assertThat(sandbox.onHost("ip link show")).doesNotContain(other).contains(BLOCK);
        call("CHECK", BOTH).requireSuccess();
    }

    @Test
    void otherUsersOfTheWayIn_keepTheirs() {
        sandbox.onHost("tc qdisc add dev veth0 clsact");
        sandbox.onHost(
                "tc filter add dev veth0 egress prio 1 protocol all u32 match u32 0 0 flowid 1:1");
        sandbox.onHost(
                "tc filter add dev veth0 ingress prio 1 protocol all u32 match u32 5 5 flowid 1:1");
        String before = sandbox.snapshot();
        add(BOTH);
        sandbox.onHost(
                "tc filter add dev veth0 ingress prio 9 protocol all u32 match u32 0 0 flowid 1:1");
        call("DEL", BOTH).requireSuccess();
        sandbox.onHost("tc filter del dev veth0 ingress prio 9");
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void otherDisciplineOfTheDevice_isNotReplaced() {
        sandbox.onHost("tc qdisc add dev veth0 root handle 7: pfifo");
        String before = sandbox.snapshot();
        assertThat(call("ADD", BOTH).output())
                .contains("cannot limit veth0: it has the queueing discipline pfifo 7: already");
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void interfaceThatIsNoVeth_isRefused() {
        sandbox.inContainer("ip link add bridge7 type bridge");
        Map<String, String> environment = sandbox.environment("ADD");
        JsonObject configuration = sandbox.configuration(NEWEST, BOTH);
        for (String name : List.of("bridge7", "missing")) {
            environment.put("CNI_IFNAME", name);
            assertThat(sandbox.call(bandwidth, environment, configuration).output())
                    .contains("container interface " + name + " has no veth peer: ");
        }
        sandbox.inContainer("ip link add inner type veth peer name outer");
        environment.put("CNI_IFNAME", "inner");
        assertThat(sandbox.call(bandwidth, environment, configuration).output())
                .contains("veth peer with index", "is not in host ns");
    }

    @ParameterizedTest
    @CsvSource({
        "tc qdisc del dev veth0 root,Failed to find qdisc on veth0",
        "tc qdisc del dev bwpf0bca4ac77cd root,Failed to find qdisc on bwp",
        "tc qdisc change dev veth0 root handle 1: tbf rate 2mbit burst 10000 limit 9999,Rate",
        "tc qdisc change dev veth0 root handle 1: tbf rate 1mbit burst 10000 limit 9999,Limit",
        "tc qdisc change dev veth0 root handle 1: tbf rate 1mbit burst 9000 limit 13125,Buffer",
        "tc qdisc del dev veth0 clsact,does not go through",
        "ip link del bwpf0bca4ac77cd,is missing",
    })
    void check_namesWhatIsOtherwise(String change, String what) {
        add(BOTH);
        sandbox.onHost(change);
        assertThat(call("CHECK", BOTH).output()).contains("\"code\": 999", what);
    }

    @Test
    void deviceThatHasTheNameByNow_isLeftAlone() {
        add(BOTH);
        sandbox.onHost("ip link set veth0 name veth9");
        sandbox.connect("veth0", "other");
        sandbox.onHost("tc qdisc add dev veth0 root handle 1: tbf rate 1mbit burst 9kb limit 9kb");
        call("DEL", "").requireSuccess();
        assertThat(qdiscs("veth0")).contains("tbf 1:");
    }

    @Test
    void collect_removesWhatIsNotValid() {
        String before = sandbox.snapshot();
        add(BOTH);
        call("GC", "\"cni.dev/valid-attachments\":[{\"containerID\":\"c1\",\"ifname\":\"eth0\"}],")
                .requireSuccess();
        call("CHECK", BOTH).requireSuccess();
        call("GC", "\"cni.dev/attachments\":[{\"containerID\":\"c1\",\"ifname\":\"eth1\"}],")
                .requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void status_findsTheKernelsFeatures_andMakesNothing() {
        String before = sandbox.snapshot();
        call("STATUS", "").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }
}
