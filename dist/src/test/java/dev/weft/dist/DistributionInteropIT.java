package dev.weft.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./weft dist`, and what it makes in a Debian that has no Java. Each test leaves the package
/// installed, as it found it.
final class DistributionInteropIT {
    private static final Duration BUILD = Duration.ofMinutes(10);

    /// A plugin's call in a network namespace of its own.
    private static final String LOOPBACK =
            """
            touch /run/netns/c && unshare --net=/run/netns/c true
            config='{"cniVersion":"1.0.0","name":"lo","type":"loopback"}'
            export CNI_CONTAINERID=c CNI_NETNS=/run/netns/c CNI_IFNAME=lo CNI_PATH=/opt/cni/bin
            CNI_COMMAND=ADD PLUGIN <<<"$config" && CNI_COMMAND=DEL PLUGIN <<<"$config"
            code=$?
            umount /run/netns/c
            rm /run/netns/c
            exit $code
            """;

    /// A container of a list as people have it: an address, and a published port.
    private static final String NETWORK =
            """
            touch /run/netns/n && unshare --net=/run/netns/n true
            trap 'umount -l /run/netns/n; rm /run/netns/n' EXIT
            export CNI_CONTAINERID=n CNI_NETNS=/run/netns/n CNI_IFNAME=eth0 CNI_PATH=/opt/cni/bin
            call() { CNI_COMMAND=$1 "/opt/cni/bin/$2" <<<"$3$4}"; }
            bridge='{"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"weft-dist",
              "isGateway":true,"ipMasq":true,
              "ipam":{"type":"host-local","ranges":[[{"subnet":"198.18.0.0/16"}]]}'
            portmap='{"cniVersion":"1.0.0","name":"net","type":"portmap","runtimeConfig":
              {"portMappings":[{"hostPort":18080,"containerPort":80,"protocol":"tcp"}]}'
            set -e
            result=$(call ADD bridge "$bridge") || echo "$result"
            result=$(call ADD portmap "$portmap" ',"prevResult":'"$result")
            call CHECK bridge "$bridge" ',"prevResult":'"$result"
            call CHECK portmap "$portmap" ',"prevResult":'"$result"
            call DEL portmap "$portmap" ',"prevResult":'"$result"
            call DEL bridge "$bridge" ',"prevResult":'"$result"
            ls /var/lib/weft/attachments/net /var/lib/cni/networks/net 2>&1 || :
            echo "$result"
            """;

    @TempDir private static Path layers;
    private static Path output;
    private static CleanDebian debian;
    private static List<String> before;

    @BeforeAll
    static void install() throws IOException {
        debian = CleanDebian.mount(layers);
        output = debian.root().resolve("srv");
        Command.of(
                        "env",
                        "DPKG_DEB_COMPRESSOR_LEVEL=0",
                        CleanDebian.CHECKOUT.resolve("weft").toString(),
                        "dist",
                        "--output",
                        output.toString())
                .within(BUILD)
                .run()
                .orFail();
        assumeTrue(!packages().isEmpty(), "dpkg-dev is not installed: there is no package");
        Files.createDirectories(debian.root().resolve("opt/cni/bin"));
        Files.writeString(debian.root().resolve("opt/cni/bin/bridge"), "somebody else's");
        before = debian.files();
        debian.shell("dpkg -i /srv/weft_*.deb").orFail();
    }

    @AfterAll
    static void unmount() {
        if (debian != null) {
            debian.close();
        }
    }

    private static List<Path> packages() throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(file -> file.toString().endsWith(".deb")).toList();
        }
    }

    @Test
    void command_runsWithoutAJdk() {
        assertThat(debian.shell("command -v java").exit()).isNotZero();
        assertThat(debian.shell("weft --help").orFail().stdout()).startsWith("Usage: weft");
        assertThat(debian.shell("weft lab bridge --json").orFail().stdout()).contains("true");
    }

    @Test
    void caches_areAccepted() {
        for (String command : List.of("weft --version", "weft agent --version")) {
            debian.shell("JDK_JAVA_OPTIONS=-XX:AOTMode=on " + command).orFail();
        }
    }

    @Test
    void completion_offersCommands() {
        assertThat(
                        debian.shell(
                                        """
                                        . /usr/share/bash-completion/completions/weft
                                        COMP_WORDS=(weft la) COMP_CWORD=1
                                        _complete_weft && echo "${COMPREPLY[@]}"
                                        """)
                                .orFail()
                                .stdout())
                .isEqualTo("lab\n");
    }

    @Test
    void manualPages_areWithoutMistakes() throws IOException {
        assumeTrue(Command.isInstalled("man"), "man-db is not installed");
        try (Stream<Path> pages = Files.walk(debian.root().resolve("usr/share/man"))) {
            assertThat(pages.filter(page -> page.getFileName().toString().startsWith("weft")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(page ->
                            assertThat(
                                            Command.run("man", "--warnings", "-l", page.toString())
                                                    .orFail()
                                                    .stderr())
                                    .isEmpty());
        }
    }

    @Test
    void lintian_findsNothingThatIsNotDeclared() throws IOException {
        assumeTrue(Command.isInstalled("lintian"), "lintian is not installed");
        Command.Result found =
                Command.of("lintian", "--allow-root", packages().getFirst().toString())
                        .within(BUILD)
                        .run();
        assertThat(found.stdout()).isEmpty();
        found.orFail();
    }

    @Test
    void plugin_withoutAgent_worksAsAProcessOfItsOwn() {
        debian.shell("weft install-cni").orFail();
        assertThat(loopback("/opt/cni/bin/loopback").stdout()).contains("127.0.0.1/8");
        assertNetworkWorks();
        debian.shell("weft install-cni --uninstall").orFail();
    }

    @Test
    void agent_servesPluginsAndEnds() throws IOException, InterruptedException {
        debian.shell("weft install-cni").orFail();
        Process agent = new ProcessBuilder(debian.argv("weft", "agent")).start();
        try (BufferedReader said = agent.inputReader(UTF_8)) {
            assertThat(said.readLine()).contains("ready");
            debian.shell("mv /usr/lib/weft/weftd.jar /usr/lib/weft/away").orFail();
            assertThat(loopback("/opt/cni/bin/loopback").stdout()).contains("127.0.0.1/8");
            assertNetworkWorks();
            debian.shell("mv /usr/lib/weft/away /usr/lib/weft/weftd.jar").orFail();
            agent.destroy();
            assertThat(agent.waitFor()).isZero();
        } finally {
            agent.destroyForcibly();
        }
        debian.shell("weft install-cni --uninstall").orFail();
    }

    /// systemd's own opinion, but for the path of the command, which is the tree's.
    @Test
    void unit_isWithoutMistakes(@TempDir Path directory) throws IOException {
        assumeTrue(Command.isInstalled("systemd-analyze"), "systemd is not installed");
        String unit = Files.readString(debian.root().resolve("lib/systemd/system/weftd.service"));
        Path here = directory.resolve("weftd.service");
        Files.writeString(here, unit.replace("=/usr", "=" + debian.root() + "/usr"));
        Command.Result judged =
                Command.run("systemd-analyze", "verify", "--man=no", here.toString());
        assertThat(judged.stderr()).isEmpty();
        judged.orFail();
    }

    @Test
    void upgrade_renewsPluginsThatAreInUse() {
        debian.shell("weft install-cni && sed -i s/musl/muSl/ /opt/cni/bin/loopback").orFail();
        debian.shell("echo WEFTSHIM | tr -d '\\n' >/opt/cni/bin/loopback").orFail();
        debian.shell("dpkg -i /srv/weft_*.deb").orFail();
        debian.shell("cmp /opt/cni/bin/loopback /opt/cni/bin/ptp").orFail();
        debian.shell("weft install-cni --uninstall").orFail();
    }

    @Test
    void purge_leavesWhatWasThere() throws IOException {
        debian.shell("weft install-cni --conf-dir /etc/cni/net.d").orFail();
        debian.shell("dpkg --remove weft && dpkg --purge weft && dpkg --purge weft").orFail();
        assertThat(debian.files()).filteredOn(file -> !file.contains("/etc/cni")).isEqualTo(before);
        assertThat(debian.root().resolve("opt/cni/bin/bridge")).hasContent("somebody else's");
        debian.shell("dpkg -i /srv/weft_*.deb").orFail();
    }

    @Test
    void tarball_runsFromAnyDirectory() {
        debian.shell(
                        """
                        mkdir '/srv/some where' && cd '/srv/some where' && tar -xzf /srv/weft-*.tar.gz
                        ln -s "$(echo '/srv/some where'/weft-*/bin/weft)" /srv/linked
                        dpkg --purge weft
                        """)
                .orFail();
        debian.shell("JDK_JAVA_OPTIONS=-XX:AOTMode=on /srv/linked --version").orFail();
        debian.shell("/srv/linked install-cni --bin-dir /srv/plugins").orFail();
        assertThat(loopback("/srv/plugins/loopback").stdout()).contains("127.0.0.1/8");
        debian.shell("rm -r '/srv/some where' /srv/linked /srv/plugins && dpkg -i /srv/*.deb")
                .orFail();
    }

    private static void assertNetworkWorks() {
        assertThat(debian.shell(NETWORK).orFail().stdout())
                .contains("198.18.0.")
                .doesNotContain("\n198.18.0.", "eth0\n");
        assertThat(Command.run("nft", "list", "ruleset").orFail().stdout()).isEmpty();
        assertThat(Command.run("ip", "-o", "link").orFail().stdout()).doesNotContain("veth");
        Command.run("ip", "link", "delete", "weft-dist").orFail();
        // The leases' directory stays on purpose, for other plugins, but not for other tests.
        debian.shell("rm -r /var/lib/cni").orFail();
    }

    private static Command.Result loopback(String plugin) {
        return debian.shell(LOOPBACK.replace("PLUGIN", plugin)).orFail();
    }
}
