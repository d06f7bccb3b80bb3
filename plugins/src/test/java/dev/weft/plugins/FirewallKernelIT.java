package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.filter.Firewall;
import java.io.IOException;
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

final class FirewallKernelIT {

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init") // before each test
    private NatLab lab;

    @SuppressWarnings("NullAway.Init") // before each test
    private Firewall firewall;

    @BeforeEach
    void open() {
        lab = new NatLab(directory);
        firewall = new Firewall(lab.site);
        NatLab.in(lab.outside, "ip route add 10.0.0.0/8 via 192.0.2.1");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static String json(
            String options, String device, NetworkNamespace container, String address) {
        return "{'cniVersion':'0.4.0','name':'mynet','type':'firewall'"
                + options
                + ",'prevResult':{'cniVersion':'0.4.0','interfaces':[{'name':'"
                + device
                + "'},{'name':'eth0','sandbox':'"
                + container.path()
                + "'}],'ips':[{'version':'4','address':'"
                + address
                + "','interface':1},{'version':'6','address':'"
                + address.replace("10.", "fd00:").replace(".0.", "::").replace("/24", "/64")
                + "','interface':1}]}}";
    }

    private Request ofA(Command command, String options) {
        return lab.request(command, json(options, "cni0", lab.a, "10.1.0.2/24"));
    }

    private Request bare(Command command) {
        return lab.request(command, "{'cniVersion':'1.1.0','name':'mynet','type':'firewall'}");
    }

    private String rules() {
        return NatLab.in(lab.host, "nft list ruleset");
    }

    private boolean reaches(NetworkNamespace from, String to, NetworkNamespace server) {
        return !NatLab.peer(from, to, server, 80, 80).isEmpty();
    }

    /// Another bridge with a container of its own, `c` at 10.2.0.2.
    private NetworkNamespace otherBridge() {
        NetworkNamespace c = NetworkNamespace.create();
        NatLab.in(
                lab.host,
                "ip link add cni1 type bridge; ip link set cni1 up; ip addr add 10.2.0.1/24 dev"
                        + " cni1; ip link add vc type veth peer name eth0 netns "
                        + c.path()
                        + "; ip link set vc master cni1; ip link set vc up");
        NatLab.in(
                c,
                "ip link set eth0 up; ip addr add 10.2.0.2/24 dev eth0"
                        + "; ip route add default via 10.2.0.1");
        return c;
    }

    @Test
    void nothingDrops_nothingIsMade() throws IOException {
        String before = rules();
        firewall.add(ofA(Command.ADD, ""));
        assertThat(rules()).isEqualTo(before);
        firewall.check(ofA(Command.CHECK, ""));
        firewall.delete(ofA(Command.DEL, ""));
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void hostThatDropsByPolicy_isToldByIptables_andOnlyTheFamilyThatIsThere() {
        NatLab.in(lab.host, "iptables -P FORWARD DROP");
        assertThat(reaches(lab.a, "192.0.2.2", lab.outside)).isFalse();
        firewall.add(ofA(Command.ADD, ""));
        firewall.check(ofA(Command.CHECK, ""));
        assertThat(reaches(lab.a, "192.0.2.2", lab.outside)).isTrue();
        firewall.delete(bare(Command.DEL));
        assertThat(rules()).doesNotContain("CNI-").doesNotContain("10.1.0.2");
        assertThat(reaches(lab.a, "192.0.2.2", lab.outside)).isFalse();
    }

    @Test
    void dropThatCameLater_isToldByCheck() {
        firewall.add(ofA(Command.ADD, ""));
        NatLab.in(lab.host, "iptables -P FORWARD DROP");
        assertThatThrownBy(() -> firewall.check(ofA(Command.CHECK, "")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("CNI-FORWARD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'backend':'iptables'"})
    void sameBridge_keepsOtherBridgesAway_andNobodyElse(String backend) {
        String options = ",'ingressPolicy':'same-bridge'" + backend;
        try (NetworkNamespace c = otherBridge()) {
            Request ofC =
                    lab.request(Command.ADD, c, "c3", json(options, "cni1", c, "10.2.0.2/24"));
            assertThat(reaches(c, "10.1.0.2", lab.a)).isTrue();
            firewall.add(ofA(Command.ADD, options));
            firewall.add(ofC);
            firewall.check(ofA(Command.CHECK, options));
            assertThat(reaches(c, "10.1.0.2", lab.a)).isFalse();
            assertThat(reaches(lab.a, "10.2.0.2", c)).isFalse();
            assertThat(reaches(lab.b, "10.1.0.2", lab.a)).isTrue();
            assertThat(reaches(lab.outside, "10.1.0.2", lab.a)).isTrue();
            assertThat(reaches(lab.a, "192.0.2.2", lab.outside)).isTrue();
            firewall.delete(bare(Command.DEL));
            firewall.delete(ofC);
            assertThat(rules()).doesNotContain("weft", "CNI-");
        }
    }

    @Test
    void lastContainerOfABridge_takesItsPolicyAlong() {
        String options = ",'ingressPolicy':'isolated'";
        Request b =
                lab.request(Command.ADD, lab.b, "c2", json(options, "cni0", lab.b, "10.1.0.3/24"));
        firewall.add(ofA(Command.ADD, options));
        firewall.add(b);
        firewall.delete(b);
        firewall.check(ofA(Command.CHECK, options));
        assertThat(rules()).contains("cni0");
        NatLab.in(lab.host, "nft delete element inet weft protected '{ cni0 }'");
        assertThatThrownBy(() -> firewall.check(ofA(Command.CHECK, options)))
                .hasMessageContaining("ingressPolicy isolated");
        NatLab.in(lab.host, "nft add element inet weft protected '{ cni0 }'");
        firewall.collect(bare(Command.GC), Set.of());
        assertThat(rules()).doesNotContain("weft");
    }

    @Test
    void policyWithoutADeviceOfTheHost_isRefused() {
        assertThatThrownBy(() ->
                        firewall.add(
                                lab.request(
                                        Command.ADD,
                                        json(
                                                ",'ingressPolicy':'isolated'",
                                                "macvlan-of-nobody",
                                                lab.a,
                                                "10.1.0.2/24"))))
                .hasMessageContaining("this host does not forward their packets");
    }

    private void reference(String command, String json) {
        lab.reference("firewall", command, json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "same-bridge"})
    void rulesOfIptables_areThoseOfTheReference_letterByLetter(String policy) {
        NatLab.assumeReference("firewall");
        String options = ",'backend':'iptables','ingressPolicy':'" + policy + "'";
        String json = json(options, "cni0", lab.a, "10.1.0.2/24");
        String save = "(iptables-save -t filter; ip6tables-save -t filter) | grep -v '^#'";
        reference("ADD", json);
        String theirs = NatLab.in(lab.host, save);
        firewall.check(ofA(Command.CHECK, options));
        firewall.delete(ofA(Command.DEL, options));
        assertThat(rules()).doesNotContain("CNI-");
        NatLab.in(lab.host, "nft flush ruleset");
        firewall.add(ofA(Command.ADD, options));
        assertThat(NatLab.in(lab.host, save)).isEqualTo(theirs);
        reference("CHECK", json);
        reference("DEL", json);
        assertThat(rules()).doesNotContain("10.1.0.2");
    }
}
