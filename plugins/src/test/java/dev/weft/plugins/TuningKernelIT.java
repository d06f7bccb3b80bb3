package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.chained.Tuning;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TuningKernelIT {
    private static final CniVersion NEWEST = CniVersion.newest();
    private static final String ALL =
            "\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\","
                    + "\"net/ipv4/conf/eth0/arp_notify\":\"1\","
                    + "\"net.ipv4.tcp_rmem\":\"4096 100000 5000000\"},"
                    + "\"mac\":\"C2:11:22:33:44:57\",\"mtu\":1454,\"promisc\":true,"
                    + "\"allmulti\":true,\"txQLen\":500,";

    private final ChainedSandbox sandbox = new ChainedSandbox(Steps.NONE);
    private final Path allowList = sandbox.directory().resolve("allowlist.conf");
    private final Tuning tuning = new Tuning(sandbox.site(), allowList);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String withDirectory(String keys) {
        return keys + "\"dataDir\":\"" + sandbox.directory().resolve("data") + "\",";
    }

    private JsonObject configuration(String keys) {
        return sandbox.configuration(NEWEST, withDirectory(keys));
    }

    private JsonObject add(String keys) {
        Reply reply = sandbox.call(tuning, "ADD", configuration(keys)).requireSuccess();
        return JsonParser.parseString(reply.output()).getAsJsonObject();
    }

    private Reply call(String command, String keys) {
        return sandbox.call(tuning, command, configuration(keys));
    }

    private String sysctl(String name) {
        return sandbox.inContainer("sysctl -n " + name).strip();
    }

    private String mac() {
        return sandbox.link().get("address").getAsString();
    }

    @ParameterizedTest
    @EnumSource
    void everything_isSet_checked_andRestored(CniVersion version) {
        String before = sandbox.snapshot();
        JsonObject configuration = sandbox.configuration(version, withDirectory(ALL));

        sandbox.call(tuning, "ADD", configuration).requireSuccess();

        JsonObject link = sandbox.link();
        assertThat(link.get("address").getAsString()).isEqualTo("c2:11:22:33:44:57");
        assertThat(link.get("mtu").getAsInt()).isEqualTo(1454);
        assertThat(link.get("txqlen").getAsInt()).isEqualTo(500);
        assertThat(link.get("flags").toString()).contains("PROMISC", "ALLMULTI");
        assertThat(sysctl("net.ipv4.conf.eth0.arp_filter")).isEqualTo("1");
        assertThat(sysctl("net.ipv4.conf.eth0.arp_notify")).isEqualTo("1");
        assertThat(sysctl("net.ipv4.tcp_rmem")).isEqualTo("4096\t100000\t5000000");
        if (CniVersion.V0_4_0.isAtMost(version)) {
            sandbox.call(tuning, "CHECK", configuration).requireSuccess();
        }
        sandbox.call(tuning, "DEL", configuration).requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
        assertThat(sandbox.call(tuning, "DEL", configuration)).isEqualTo(new Reply(0, "", ""));
    }

    @Test
    void result_hasTheAddressAsWritten_andOnlyTheContainersInterfaceIsChanged() {
        JsonObject result = add("\"mac\":\"C2:11:22:33:44:57\",");
        assertThat(result.getAsJsonArray("interfaces").toString())
                .contains("\"mac\":\"C2:11:22:33:44:57\",\"name\":\"eth0\"")
                .contains("\"mac\":\"00:11:22:33:44:55\",\"name\":\"veth0\"");
        assertThat(result.getAsJsonArray("ips")).hasSize(2);
    }

    @Test
    void backup_isAsTheReferencePluginWritesIt() throws IOException {
        String mac = mac();
        add(ALL);
        Path file = sandbox.directory().resolve("data/c1_eth0.json");
        assertThat(Files.readString(file))
                .isEqualTo(
                        "{\n \"mac\": \""
                                + mac
                                + "\",\n \"promisc\": false,\n \"mtu\": 1500,\n"
                                + " \"allmulti\": false,\n \"txQLen\": 1000\n}");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void backupWithoutRecord_isRestored_andRemoved() throws IOException {
        Path file = sandbox.directory().resolve("data/c1_eth0.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"mac\":\"02:00:00:00:00:09\",\"mtu\":1280,\"promisc\":false}");
        sandbox.inContainer("ip link set eth0 promisc on");

        call("DEL", ALL).requireSuccess();

        assertThat(mac()).isEqualTo("02:00:00:00:00:09");
        assertThat(sandbox.link().get("mtu").getAsInt()).isEqualTo(1280);
        assertThat(sandbox.link().get("flags").toString()).doesNotContain("PROMISC");
        assertThat(file).doesNotExist();
    }

    @Test
    void secondPluginOfTheChain_andSecondAdd_keepTheFirstValues() {
        String before = sandbox.snapshot();
        add("\"mtu\":1400,\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\"},");
        add("\"mtu\":1300,\"txQLen\":7,\"sysctl\":{\"net.ipv4.conf.eth0.arp_filter\":\"0\"},");
        add("\"mtu\":1400,\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\"},");
        assertThat(sandbox.link().get("mtu").getAsInt()).isEqualTo(1400);

        call("DEL", "").requireSuccess();
        call("DEL", "").requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void failedAdd_leavesNothing() {
        String before = sandbox.snapshot();
        Reply reply =
                call(
                        "ADD",
                        "\"sysctl\":{\"net.ipv4.conf.all.arp_filter\":\"1\"},"
                                + "\"mac\":\"02:00:00:00:00:01\",\"mtu\":10,");
        assertThat(reply.exitCode()).isEqualTo(1);
        assertThat(reply.output()).contains("EINVAL");
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "02:00:00:00:00:01,,,,02:00:00:00:00:01",
        "02:00:00:00:00:01,02:00:00:00:00:02,,,02:00:00:00:00:02",
        "02:00:00:00:00:01,02:00:00:00:00:02,02:00:00:00:00:03,,02:00:00:00:00:03",
        "02:00:00:00:00:01,02:00:00:00:00:02,02:00:00:00:00:03,02:00:00:00:00:04,02:00:00:00:00:04",
    })
    void addresses_countInThisOrder(
            String key, String arguments, String runtime, String args, String winner) {
        Map<String, String> environment = sandbox.environment("ADD");
        if (arguments != null) {
            environment.put("CNI_ARGS", "IgnoreUnknown=1;MAC=" + arguments + ";X=y");
        }
        String keys = "\"mac\":\"" + key + "\",";
        keys += runtime == null ? "" : "\"runtimeConfig\":{\"mac\":\"" + runtime + "\"},";
        keys += args == null ? "" : "\"args\":{\"cni\":{\"mac\":\"" + args + "\"}},";
        sandbox.call(tuning, environment, configuration(keys)).requireSuccess();
        assertThat(mac()).isEqualTo(winner);
    }

    @Test
    void args_countMoreThanKeys_alsoWithoutThem() {
        add(
                "\"args\":{\"cni\":{\"sysctl\":{\"net.ipv4.conf.all.arp_filter\":\"1\"},"
                        + "\"mtu\":1300,\"txQLen\":3,\"promisc\":true,\"allmulti\":true}},");
        assertThat(sysctl("net.ipv4.conf.all.arp_filter")).isEqualTo("1");
        assertThat(sandbox.link().get("mtu").getAsInt()).isEqualTo(1300);
        add(
                "\"mtu\":1400,\"sysctl\":{\"net.ipv4.conf.all.arp_filter\":\"1\"},"
                        + "\"args\":{\"cni\":{\"sysctl\":{\"net/ipv4/conf/all/arp_filter\":\"0\"},"
                        + "\"mtu\":1200}},");
        assertThat(sysctl("net.ipv4.conf.all.arp_filter")).isEqualTo("0");
        assertThat(sandbox.link().get("mtu").getAsInt()).isEqualTo(1200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sysctl\":{\"kernel.pid_max\":\"1\"}|7|invalid net sysctl key: \\\"kernel.pid_max",
                "\"sysctl\":{\"net/../kernel/x\":\"1\"}|7|invalid net sysctl key",
                "\"sysctl\":{\"net.//.kernel.x\":\"1\"}|7|invalid net sysctl key",
                "\"sysctl\":{\"/etc/passwd\":\"1\"}|7|invalid net sysctl key",
                "\"sysctl\":{\"net.ipv4..x\":\"1\"}|7|invalid net sysctl key",
                "\"sysctl\":{\"net\":\"1\"}|7|invalid net sysctl key",
                "\"sysctl\":{\"net.core.somaxconn\":1}|6|sysctl.net.core.somaxconn",
                "\"sysctl\":{\"net.core.a\":\"1\",\"net/core/a\":\"1\"}|7|duplicated sysctl keys",
                "\"sysctl\":{\"net.core.nope\":\"1\"}|999|ENOENT",
                "\"sysctl\":{\"net.ipv4.conf.all.arp_filter\":\"x\"}|999|EINVAL",
                "\"mac\":\"zz\"|7|invalid args zz for MAC addr: address zz: invalid MAC address",
                "\"mtu\":\"1500\"|6|mtu",
                "\"dataDir\":\"run\"|6|an absolute path",
            })
    void badInput_isRefused_beforeAnythingChanges(String keys, int code, String text) {
        String before = sandbox.snapshot();
        JsonObject configuration = sandbox.configuration(NEWEST, keys + ",");
        Reply reply = sandbox.call(tuning, "ADD", configuration);
        assertThat(reply.output()).contains("\"code\": " + code + ",", text);
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADD", "CHECK"})
    void missingResult_isTold(String command) {
        JsonObject configuration = ChainedSandbox.withoutResult(NEWEST, "\"mtu\":1400,");
        assertThat(sandbox.call(tuning, command, configuration).output())
                .contains("Required prevResult missing");
    }

    @Test
    void unknownArgument_isRefused() {
        Map<String, String> environment = sandbox.environment("ADD");
        environment.put("CNI_ARGS", "FOO=1");
        assertThat(sandbox.call(tuning, environment, configuration("\"mtu\":1400,")).output())
                .contains("ARGS: unknown args [\\\"FOO\\u003d1\\\"]".replace("\\u003d", "="));
    }

    @Test
    void allowList_isMatchedAnywhereInTheNameAsWritten() throws IOException {
        Files.writeString(allowList, "^net\\.ipv4\\.conf\\.IFNAME\\.[a-z_]*$\n\n  somaxconn  \n");
        add("\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\",\"net.core.somaxconn\":\"9\"},");
        assertThat(call("ADD", "\"sysctl\":{\"net.ipv4.conf.eth0.arp_filter\":\"1\"},").output())
                .contains(
                        "Sysctl net.ipv4.conf.eth0.arp_filter is not allowed. Only the following"
                                + " sysctls are allowed: [^net");
        Files.writeString(allowList, "");
        assertThat(call("ADD", "\"sysctl\":{\"net.core.somaxconn\":\"9\"},").output())
                .contains("is not allowed");
        Files.writeString(allowList, "(");
        assertThat(call("STATUS", "").output())
                .contains("\"code\": 50,", "'(' is no regular expression");
        call("DEL", "\"sysctl\":{\"net.core.somaxconn\":\"9\"},").requireSuccess();
        Files.delete(allowList);
        call("STATUS", "").requireSuccess();
    }

    @ParameterizedTest
    @CsvSource({
        "ip link set eth0 address 02:00:00:00:00:01,Ethernet",
        "ip link set eth0 mtu 1500,MTU",
        "ip link set eth0 promisc off,promisc",
        "ip link set eth0 allmulticast off,all-multicast",
        "ip link set eth0 txqueuelen 9,transmit queue length",
        "sysctl -w net.ipv4.conf.eth0.arp_filter=0,arp_filter",
    })
    void check_namesWhatIsOtherwise(String change, String what) {
        add(ALL);
        call("CHECK", ALL).requireSuccess();
        sandbox.inContainer(change);
        assertThat(call("CHECK", ALL).output()).contains("Error: Tuning configured", what);
    }

    @Test
    void otherPromiscuity_isNoDifference_whenNothingIsConfigured() {
        add("\"mtu\":1400,");
        sandbox.inContainer("ip link set eth0 promisc on");
        call("CHECK", "\"mtu\":1400,").requireSuccess();
    }

    @Test
    void interfaceWithADot_takesPlaceholdersInEitherNotation() {
        sandbox.connect("veth1", "eth0.10");
        Map<String, String> environment = sandbox.environment("ADD");
        environment.put("CNI_IFNAME", "eth0.10");
        sandbox.call(
                        tuning,
                        environment,
                        configuration(
                                "\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\","
                                        + "\"net/ipv4/conf/eth0.10/arp_notify\":\"1\","
                                        + "\"net.ipv4.conf.eth0/10.rp_filter\":\"2\"},"))
                .requireSuccess();
        assertThat(sysctl("net/ipv4/conf/eth0.10/arp_filter")).isEqualTo("1");
        assertThat(sysctl("net/ipv4/conf/eth0.10/arp_notify")).isEqualTo("1");
        assertThat(sysctl("net/ipv4/conf/eth0.10/rp_filter")).isEqualTo("2");
    }

    @Test
    void sysctlThatCanOnlyBeWritten_isWritten() {
        add("\"sysctl\":{\"net.ipv4.route.flush\":\"1\"},");
        call("DEL", "").requireSuccess();
    }

    @Test
    void deleteWithAnothersNamespace_leavesNoFile() {
        String before = sandbox.files();
        add(ALL);
        assertThat(sandbox.files()).contains("c1_eth0.json", "c1:eth0:tuning");
        Map<String, String> environment = sandbox.environment("DEL");
        try (NetworkNamespace other = NetworkNamespace.create()) {
            environment.put("CNI_NETNS", other.path().toString());
            sandbox.call(tuning, environment, configuration("")).requireSuccess();
        }
        assertThat(sandbox.files()).isEqualTo(before);
    }

    @Test
    void refusedRestore_isTold_andNoFailure() {
        add("\"sysctl\":{\"net.ipv6.conf.eth0.mtu\":\"1400\"},");
        sandbox.inContainer("ip link set eth0 mtu 1300");
        Reply reply = call("DEL", "").requireSuccess();
        assertThat(reply.errors()).contains("tuning: cannot set", "ipv6/conf/eth0/mtu to 1500");
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void collect_restoresAndForgets_whatIsNotValid() {
        String before = sandbox.snapshot();
        add(ALL);
        call("GC", "\"cni.dev/valid-attachments\":[{\"containerID\":\"c1\",\"ifname\":\"eth0\"}],")
                .requireSuccess();
        assertThat(mac()).isEqualTo("c2:11:22:33:44:57");
        Map<String, String> environment = sandbox.environment("GC");
        environment.remove("CNI_NETNS");
        sandbox.call(tuning, environment, configuration("\"cni.dev/valid-attachments\":[],"))
                .requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void nothingConfigured_passesTheResultOn() {
        String before = sandbox.files();
        JsonObject result = add("");
        assertThat(result.getAsJsonArray("interfaces")).hasSize(2);
        assertThat(sandbox.files()).isEqualTo(before);
    }
}
