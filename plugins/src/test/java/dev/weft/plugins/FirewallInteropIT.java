package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Request;
import dev.weft.plugins.filter.Firewall;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside the reference plugin of Debian 12, which is 1.1.1.
final class FirewallInteropIT {
    private static final String IPTABLES = "'backend':'iptables',";

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init") // before each test
    private NatLab lab;

    @SuppressWarnings("NullAway.Init") // before each test
    private Firewall firewall;

    @BeforeEach
    void open() {
        NatLab.assumeReference("firewall");
        lab = new NatLab(directory);
        firewall = new Firewall(lab.site);
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private String json(String keys) {
        return "{"
                + keys
                + "'cniVersion':'0.4.0','name':'mynet','type':'firewall','prevResult':"
                + "{'cniVersion':'0.4.0','interfaces':[{'name':'cni0'},{'name':'eth0','sandbox':'"
                + lab.a.path()
                + "'}],'ips':[{'version':'4','address':'10.1.0.2/24','interface':1}"
                + ",{'version':'6','address':'fd00:1::2/64','interface':1}]}}";
    }

    private Request request(dev.weft.cni.Command command, String keys) {
        return lab.request(command, json(keys));
    }

    private void reference(String command, String keys) {
        lab.reference("firewall", command, json(keys));
    }

    private String rules() {
        return NatLab.in(lab.host, "iptables-save -t filter; ip6tables-save -t filter")
                .replaceAll("(?m)^#.*\n", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "'ingressPolicy':'same-bridge',", "'iptablesAdminChainName':'MINE',"})
    void rules_areThoseOfTheReference_letterByLetter(String keys) {
        reference("ADD", IPTABLES + keys);
        String theirs = rules();
        NatLab.in(lab.host, "nft flush ruleset");
        firewall.add(request(dev.weft.cni.Command.ADD, IPTABLES + keys));
        assertThat(rules()).isEqualTo(theirs);
        reference("CHECK", IPTABLES + keys);
        reference("DEL", IPTABLES + keys);
        assertThat(rules()).doesNotContain("10.1.0.2", "fd00:1::2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", IPTABLES, "'ingressPolicy':'same-bridge',"})
    void whatTheReferenceMade_isCheckedAndRemoved(String keys) {
        NatLab.in(lab.host, "iptables-save; ip6tables-save");
        String before = rules();
        reference("ADD", keys);
        Request check = request(dev.weft.cni.Command.CHECK, keys);
        firewall.check(check);
        NatLab.in(lab.host, "ip6tables -D CNI-FORWARD -s fd00:1::2 -j ACCEPT");
        assertThatThrownBy(() -> firewall.check(check)).hasMessageContaining("fd00:1::2");
        firewall.delete(request(dev.weft.cni.Command.DEL, keys));
        assertThat(rules()).doesNotContain("10.1.0.2", "fd00:1::2");
        assertThat(before).doesNotContain("CNI-");
    }
}
