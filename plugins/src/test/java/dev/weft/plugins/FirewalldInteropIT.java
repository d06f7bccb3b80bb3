package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.plugins.filter.Firewall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plugin `firewall` where a real firewalld is in charge, and beside the reference plugin
/// there.
@SuppressWarnings("NullAway.Init") // before each test
final class FirewalldInteropIT {
    private static final String FIREWALLD = "'backend':'firewalld',";

    @TempDir private static Path directory;
    private static NatLab lab;
    private static FirewalldPeer peer;
    private Firewall firewall;

    @BeforeAll
    static void openLab() throws IOException {
        assumeTrue(FirewalldPeer.isInstalled(), "firewalld or D-Bus is not installed");
        lab = new NatLab(Files.createDirectories(directory.resolve("state")));
        peer = new FirewalldPeer(lab.host);
        peer.startBus(directory);
    }

    @AfterAll
    static void closeLab() throws IOException {
        if (peer != null) {
            peer.close();
            lab.close();
        }
    }

    /// It takes seconds to start, so all tests have the same one but for those after the one that
    /// ends it.
    @BeforeEach
    void open() {
        firewall = new Firewall(lab.site);
        peer.ensureStarted(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(NodeState.of(lab.records)).isEmpty();
        assertThat(peer.sources("trusted")).isEmpty();
    }

    private String json(String keys) {
        return "{"
                + keys
                + "'cniVersion':'1.0.0','name':'mynet','type':'firewall','prevResult':"
                + "{'cniVersion':'1.0.0','interfaces':[{'name':'cni0'},{'name':'eth0','sandbox':'"
                + lab.a.path()
                + "'}],'ips':[{'address':'10.1.0.2/24','interface':1}"
                + ",{'address':'fd00:1::2/64','interface':1}]}}";
    }

    private Request request(dev.weft.cni.Command command, String keys) {
        return lab.request(command, json(keys));
    }

    private void add(String keys) {
        firewall.add(request(dev.weft.cni.Command.ADD, keys));
    }

    private void check(String keys) {
        firewall.check(request(dev.weft.cni.Command.CHECK, keys));
    }

    private void delete() {
        firewall.delete(
                lab.request(
                        dev.weft.cni.Command.DEL,
                        "{'cniVersion':'1.0.0','name':'mynet','type':'firewall'}"));
    }

    private void reference(String command) {
        lab.reference("firewall", command, json(FIREWALLD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FIREWALLD})
    void addresses_areSourcesOfTheZone_untilDel(String keys) {
        add(keys);
        assertThat(peer.sources("trusted")).isEqualTo("10.1.0.2/32 fd00:1::2/128");
        assertThat(NatLab.in(lab.host, "nft list table inet firewalld"))
                .contains("ip saddr 10.1.0.2", "ip6 saddr fd00:1::2");
        check(keys);
        add(keys);
        check(keys);
        delete();
        assertThat(peer.sources("trusted")).isEmpty();
        assertThatThrownBy(() -> check(keys)).hasMessageContaining("10.1.0.2/24 in zone trusted");
        delete();
    }

    @Test
    void zone_isTheConfigured_andFollowsTheConfiguration() {
        add(FIREWALLD + "'firewalldZone':'internal',");
        assertThat(peer.sources("internal")).isEqualTo("10.1.0.2/32 fd00:1::2/128");
        add(FIREWALLD + "'firewalldZone':'work',");
        assertThat(peer.sources("internal")).isEmpty();
        assertThat(peer.sources("work")).isEqualTo("10.1.0.2/32 fd00:1::2/128");
        firewall.collect(
                lab.request(
                        dev.weft.cni.Command.GC,
                        "{'cniVersion':'1.1.0','name':'mynet','type':'firewall'}"),
                Set.of());
        assertThat(peer.sources("work")).isEmpty();
    }

    @Test
    void unknownZone_andAddressOfAnotherZone_areRefused() {
        assertThatThrownBy(() -> add(FIREWALLD + "'firewalldZone':'nowhere',"))
                .hasMessageContaining("firewalld refused addSource of 10.1.0.2/24 in zone nowhere")
                .hasMessageContaining("INVALID_ZONE");
        NatLab.in(lab.host, "firewall-cmd --zone=block --add-source=fd00:1::2/128");
        assertThatThrownBy(() -> add(FIREWALLD)).hasMessageContaining("ZONE_CONFLICT");
        assertThat(peer.sources("trusted")).isEmpty();
        assertThat(peer.sources("block")).isEqualTo("fd00:1::2/128");
        NatLab.in(lab.host, "firewall-cmd --zone=block --remove-source=fd00:1::2/128");
    }

    @Test
    void firewalldThatEnded_isTold_andStopsNoDel() {
        add(FIREWALLD);
        peer.stopFirewalld();
        assertThatThrownBy(() -> check(FIREWALLD)).isInstanceOf(CniException.class);
        assertThatThrownBy(() -> firewall.status(request(dev.weft.cni.Command.STATUS, FIREWALLD)))
                .isInstanceOfSatisfying(
                        CniException.class,
                        failed -> assertThat(failed.is(ErrorCode.NOT_AVAILABLE)).isTrue());
        delete();
        peer.ensureStarted(directory);
    }

    @Test
    void madeByEither_isCheckedAndDeletedByTheOther() {
        NatLab.assumeReference("firewall");
        reference("ADD");
        check(FIREWALLD);
        firewall.delete(request(dev.weft.cni.Command.DEL, FIREWALLD));
        assertThat(peer.sources("trusted")).isEmpty();

        add(FIREWALLD);
        reference("CHECK");
        reference("DEL");
        assertThat(peer.sources("trusted")).isEmpty();
        delete();
    }
}
