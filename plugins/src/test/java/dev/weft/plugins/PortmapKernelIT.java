package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.linux.namespace.NamespaceSockets;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.nat.Portmap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortmapKernelIT {
    private static final String WEB = "{'hostPort':8080,'containerPort':80,'protocol':'tcp'}";

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init") // before each test
    private NatLab lab;

    @SuppressWarnings("NullAway.Init") // before each test
    private Portmap portmap;

    @BeforeEach
    void open() {
        lab = new NatLab(directory);
        portmap = new Portmap(lab.site);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static String previous(NetworkNamespace container, String number) {
        return "'prevResult':{'cniVersion':'1.1.0','interfaces':[{'name':'cni0'},{'name':'eth0',"
                + "'sandbox':'"
                + container.path()
                + "'}],'ips':[{'address':'10.1.0."
                + number
                + "/24','interface':1},{'address':'fd00:1::"
                + number
                + "/64','interface':1}]}";
    }

    private static String json(String options, String ports, String previous) {
        return "{'cniVersion':'1.1.0','name':'mynet','type':'portmap'"
                + options
                + ",'runtimeConfig':{'portMappings':["
                + ports
                + "]},"
                + previous
                + "}";
    }

    private Request ofA(Command command, String options, String ports) {
        return lab.request(command, json(options, ports, previous(lab.a, "2")));
    }

    private Request ofB(Command command, String options, String ports) {
        return lab.request(command, lab.b, "c2", json(options, ports, previous(lab.b, "3")));
    }

    /// Without result and ports, as after a crash of the runtime.
    private Request bareDelete() {
        return lab.request(Command.DEL, "{'cniVersion':'1.1.0','name':'mynet','type':'portmap'}");
    }

    private String state() {
        return NatLab.in(lab.host, "nft list ruleset; sysctl net.ipv4.conf.cni0.route_localnet");
    }

    private long recordCount() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("attachments"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'backend':'iptables'"})
    void publishedPort_leadsToContainer_fromEverywhere(String options) throws IOException {
        String before = state();
        portmap.add(ofA(Command.ADD, options, WEB));
        portmap.check(ofA(Command.CHECK, options, WEB));
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isEqualTo("192.0.2.2");
        assertThat(NatLab.peer(lab.outside, "2001:db8::1", lab.a, 8080, 80))
                .as("over IPv6, where the way back is through the host")
                .isEqualTo("2001:db8::2");
        assertThat(NatLab.peer(lab.b, "10.1.0.1", lab.a, 8080, 80))
                .as("from its neighbour")
                .isEqualTo("10.1.0.1");
        assertThat(NatLab.peer(lab.a, "10.1.0.1", lab.a, 8080, 80))
                .as("from itself")
                .isEqualTo("10.1.0.1");
        assertThat(NatLab.peer(lab.a, "fd00:1::1", lab.a, 8080, 80)).isEqualTo("fd00:1::1");
        assertThat(NatLab.peer(lab.host, "127.0.0.1", lab.a, 8080, 80))
                .as("from the host's loopback")
                .isEqualTo("10.1.0.1");
        assertThat(NatLab.peer(lab.host, "192.0.2.1", lab.a, 8080, 80)).isEqualTo("192.0.2.1");

        portmap.delete(bareDelete());
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isEmpty();
        assertThat(withoutEmptyTables(state())).isEqualTo(withoutEmptyTables(before));
        assertThat(recordCount()).isZero();
        portmap.delete(bareDelete());
    }

    /// The programs of iptables leave the kernel's own chains, without rules.
    private static String withoutEmptyTables(String ruleset) {
        return ruleset.replaceAll(
                "(?m)^table ip6? nat \\{\\n(\\s+chain [A-Z]+ \\{\\n\\s+type .*\\n\\s+\\}\\n*)*\\}\\n",
                "");
    }

    @Test
    void udp_isSentOnAtOnce_andNoLongerAfterDelete() throws IOException {
        String dns = "{'hostPort':53,'containerPort':5353,'protocol':'udp'}";
        try (DatagramChannel client =
                        NamespaceSockets.udp(
                                lab.outside, new InetSocketAddress("192.0.2.2", 4000));
                UdpAnswers _ = UdpAnswers.open(lab.host, 53, "host");
                UdpAnswers _ = UdpAnswers.open(lab.a, 5353, "container")) {
            NatLab.in(
                    lab.host,
                    "nft add table ip t; nft add chain ip t c "
                            + "'{ type filter hook prerouting priority 0; }'; "
                            + "nft add rule ip t c ct state new counter");
            assertThat(NatLab.ask(client, "192.0.2.1", 53)).isEqualTo("host");
            portmap.add(ofA(Command.ADD, "", dns));
            assertThat(NatLab.ask(client, "192.0.2.1", 53)).isEqualTo("container");
            portmap.delete(ofA(Command.DEL, "", dns));
            assertThat(NatLab.ask(client, "192.0.2.1", 53)).isEqualTo("host");
        }
    }

    @Test
    void portOfAnotherContainer_isRefused_andNothingLeft() throws IOException {
        portmap.add(ofA(Command.ADD, "", WEB));
        String before = state();
        assertThatThrownBy(() ->
                        portmap.add(
                                ofB(
                                        Command.ADD,
                                        "",
                                        "{'hostPort':9000,'containerPort':80}," + WEB)))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("tcp port 8080 is published already")
                .hasMessageContaining("net: mynet, if: eth0, id: c1");
        assertThat(state()).isEqualTo(before);
        assertThat(recordCount()).isEqualTo(1);
    }

    @Test
    void secondAdd_replacesWhatWasThere() {
        portmap.add(ofA(Command.ADD, "", WEB + ",{'hostPort':81,'containerPort':81}"));
        portmap.add(ofA(Command.ADD, "", WEB));
        portmap.check(ofA(Command.CHECK, "", WEB));
        assertThat(state()).doesNotContain("tcp . 81");
        portmap.add(ofA(Command.ADD, "", WEB));
        portmap.delete(bareDelete());
        assertThat(state()).doesNotContain("weft").contains("route_localnet = 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'backend':'iptables'"})
    void localRouting_endsWithTheLast(String options) {
        String other = "{'hostPort':82,'containerPort':80}";
        portmap.add(ofA(Command.ADD, options, WEB));
        portmap.add(ofB(Command.ADD, options, other));
        portmap.delete(bareDelete());
        portmap.check(ofB(Command.CHECK, options, other));
        assertThat(state()).contains("route_localnet = 1");
        portmap.delete(ofB(Command.DEL, options, other));
        assertThat(state()).contains("route_localnet = 0");
    }

    @Test
    void hostAddress_limitsThePort_andSeveralShareIt() {
        NatLab.in(lab.host, "ip addr add 192.0.2.9/24 dev up0");
        String one = "{'hostPort':8080,'containerPort':80,'hostIP':'192.0.2.1'}";
        String other = "{'hostPort':8080,'containerPort':80,'hostIP':'192.0.2.9'}";
        portmap.add(ofA(Command.ADD, "", one));
        portmap.add(ofB(Command.ADD, "", other));
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isNotEmpty();
        assertThat(NatLab.peer(lab.outside, "192.0.2.9", lab.b, 8080, 80)).isNotEmpty();
        portmap.delete(bareDelete());
        portmap.check(ofB(Command.CHECK, "", other));
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isEmpty();
    }

    @Test
    void range_isManyPorts_andIsTakenPortByPort() {
        String range = "{'hostPort':7000,'containerPort':80,'range':100}";
        portmap.add(ofA(Command.ADD, "", range));
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 7099, 179)).isNotEmpty();
        assertThatThrownBy(() ->
                        portmap.add(ofB(Command.ADD, "", "{'hostPort':7050,'containerPort':1}")))
                .hasMessageContaining("tcp port 7050");
        portmap.delete(bareDelete());
        assertThat(state()).doesNotContain("weft");
    }

    @Test
    void conditionsOfNft_holdBesideThePort() {
        String options = ",'conditionsV4':['ip','saddr','192.0.2.2']";
        portmap.add(ofA(Command.ADD, options, WEB));
        portmap.check(ofA(Command.CHECK, options, WEB));
        NatLab.in(lab.outside, "ip addr add 192.0.2.77/24 dev eth0");
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isNotEmpty();
        assertThat(NatLab.peer(lab.b, "10.1.0.1", lab.a, 8080, 80)).isEmpty();
        portmap.delete(bareDelete());
        assertThat(state()).doesNotContain("weft");
    }

    @Test
    void withoutHairpin_sourcesStay() {
        portmap.add(ofA(Command.ADD, ",'snat':false", WEB));
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isEqualTo("192.0.2.2");
        assertThat(state()).contains("route_localnet = 0");
        portmap.delete(bareDelete());
        assertThat(state()).doesNotContain("weft");
    }

    @Test
    void masqueradeOfAll_hidesEverybody() {
        portmap.add(ofA(Command.ADD, ",'masqAll':true", WEB));
        assertThat(NatLab.peer(lab.outside, "192.0.2.1", lab.a, 8080, 80)).isEqualTo("10.1.0.1");
        portmap.delete(bareDelete());
        assertThat(state()).doesNotContain("weft");
    }

    @Test
    void check_tellsWhatIsMissing() {
        portmap.add(ofA(Command.ADD, "", WEB));
        NatLab.in(lab.host, "nft delete element inet weft ports4 '{ tcp . 8080 }'");
        assertThatThrownBy(() -> portmap.check(ofA(Command.CHECK, "", WEB)))
                .hasMessageContaining("tcp port 8080");
    }

    @Test
    void collection_removesWhoeverIsNotValid_byRecordOrComment() throws IOException {
        portmap.add(ofA(Command.ADD, "", WEB));
        Request b = ofB(Command.ADD, "", "{'hostPort':82,'containerPort':80}");
        portmap.add(b);
        portmap.collect(bareDelete(), Set.of(b.attachment()));
        assertThat(state()).doesNotContain("8080").contains("tcp . 82");
        assertThat(recordCount()).isEqualTo(1);
        lab.site.records().remove("mynet", b.attachment(), Portmap.TYPE);
        portmap.collect(bareDelete(), Set.of());
        assertThat(state()).doesNotContain("weft");
    }
}
