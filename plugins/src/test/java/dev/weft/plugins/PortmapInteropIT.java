package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Request;
import dev.weft.plugins.nat.Portmap;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Beside the reference plugin, which knows iptables alone in the release that Debian has.
final class PortmapInteropIT {

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init") // before each test
    private NatLab lab;

    @SuppressWarnings("NullAway.Init") // before each test
    private Portmap portmap;

    @BeforeEach
    void open() {
        NatLab.assumeReference("portmap");
        lab = new NatLab(directory);
        portmap = new Portmap(lab.site);
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private String json() {
        return json("'backend':'iptables',");
    }

    private String json(String keys) {
        return "{"
                + keys
                + "'cniVersion':'0.4.0','name':'mynet','type':'portmap'"
                + ",'runtimeConfig':{'portMappings':[{'hostPort':8080,'containerPort':80,'protocol':'tcp'}"
                + ",{'hostPort':53,'containerPort':5353,'protocol':'udp'}"
                + ",{'hostPort':8443,'containerPort':443,'protocol':'tcp','hostIP':'192.0.2.1'}]}"
                + ",'prevResult':{'cniVersion':'0.4.0','interfaces':[{'name':'eth0','sandbox':'"
                + lab.a.path()
                + "'}],'ips':[{'version':'4','address':'10.1.0.2/24','interface':0}"
                + ",{'version':'6','address':'fd00:1::2/64','interface':0}]}}";
    }

    private Request request(dev.weft.cni.Command command) {
        return lab.request(command, json());
    }

    private void reference(String command) {
        lab.reference("portmap", command, json());
    }

    private String rules() {
        return NatLab.in(lab.host, "iptables-save -t nat; ip6tables-save -t nat")
                .replaceAll("(?m)^#.*\n", "");
    }

    @Test
    void rules_areThoseOfTheReference_letterByLetter() {
        reference("ADD");
        String theirs = rules();
        reference("DEL");
        NatLab.in(lab.host, "nft flush ruleset");
        portmap.add(request(dev.weft.cni.Command.ADD));
        assertThat(rules()).isEqualTo(theirs);
        // CHECK of that release looks for rules of IPv4 among those of IPv6, its own too.
        reference("DEL");
        assertThat(rules()).doesNotContain("CNI-DN-");
    }

    @Test
    void whatTheReferenceMade_isCheckedAndRemoved() {
        String before = NatLab.in(lab.host, "iptables-save -t nat >/dev/null; nft list ruleset");
        reference("ADD");
        portmap.check(request(dev.weft.cni.Command.CHECK));
        portmap.delete(
                lab.request(
                        dev.weft.cni.Command.DEL,
                        "{'cniVersion':'1.0.0','name':'mynet','type':'portmap'}"));
        assertThat(rules()).doesNotContain("CNI-");
        assertThat(before).doesNotContain("CNI-");
    }

    @Test
    void whatTheReferenceMade_isCheckedWhereItIs_withTheDefaultBackendToo() {
        reference("ADD");
        Request request = lab.request(dev.weft.cni.Command.CHECK, json(""));
        portmap.check(request);
        NatLab.in(
                lab.host,
                "ip6tables -t nat -F $(ip6tables-save -t nat | grep -o 'CNI-DN-[0-9a-f]*' | head -1)");
        assertThatThrownBy(() -> portmap.check(request))
                .hasMessageContaining("what publishes ports has gone")
                .hasMessageContaining("fd00:1::");
    }

    /// Releases that choose nftables where iptables is missing.
    @Test
    void whatLaterReleasesMake_isCheckedByItsComment() {
        Request request = lab.request(dev.weft.cni.Command.CHECK, json("'snat':false,"));
        assertThatThrownBy(() -> portmap.check(request)).hasMessageContaining("has gone");
        NatLab.in(
                lab.host,
                "nft 'table ip cni_hostport { chain hostports { tcp dport 8080 dnat to 10.1.0.2:80"
                        + " comment \"c1\"; }; }'");
        portmap.check(request);
    }
}
