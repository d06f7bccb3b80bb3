package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cni.JsonText;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginFile;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.cni.ResultFormat;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DhcpPlugin;
import dev.weft.ipam.dhcp.live.LeaseHolder;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `bridge` with addresses of a DHCP server behind the bridge: they are asked for on the veth.
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BridgeDhcpInteropIT {
    private static final String CONFIGURATION =
            """
            {"cniVersion": "1.1.0", "name": "n", "type": "bridge", "bridge": "br0",
             "ipMasq": true, "ipMasqBackend": "nftables", "macspoofchk": true,
             "ipam": {"type": "dhcp"}REST}
            """;

    private static final String PLAIN =
            """
            {"cniVersion": "1.0.0", "name": "n", "type": "bridge", "bridge": "br0",
             "ipam": {"type": "dhcp", "daemonSocketPath": "SOCKET"}REST}
            """;

    @TempDir private Path directory;
    private final NetworkNamespace container = NetworkNamespace.create();
    private Site site;
    private LeaseHolder leases;
    private Process server;

    @BeforeEach
    void serve() throws IOException {
        assumeTrue(Command.isInstalled("dnsmasq"), "dnsmasq is not installed");
        Files.writeString(directory.resolve("dhcp"), PluginFile.SHIM_MARK);
        site = Site.open(NetworkNamespace.current(), directory.resolve("state"), Steps.NONE);
        leases = new LeaseHolder(directory.resolve("state"), _ -> {});
        for (String command :
                List.of(
                        "ip link add br0 type bridge",
                        "ip address add 10.9.0.1/24 dev br0",
                        "ip link set br0 up")) {
            Command.run(command.split(" ", -1)).orFail();
        }
        server =
                new ProcessBuilder(
                                "dnsmasq",
                                "--keep-in-foreground",
                                "--conf-file=/dev/null",
                                "--pid-file=",
                                "--user=root",
                                "--port=0",
                                "--interface=br0",
                                "--bind-interfaces",
                                "--dhcp-authoritative",
                                "--no-ping",
                                "--log-facility=-",
                                "--log-dhcp",
                                "--dhcp-leasefile=" + directory.resolve("server"),
                                "--dhcp-range=10.9.0.100,10.9.0.120,255.255.255.0,2m")
                        .redirectErrorStream(true)
                        .start();
    }

    @AfterEach
    void end() {
        server.destroyForcibly().onExit().join();
        leases.close();
        site.close();
        container.close();
        Command.run("ip", "link", "delete", "br0");
    }

    private Reply call(String command, String rest) {
        return call(command, CONFIGURATION, rest);
    }

    private Reply call(String command, String configuration, String rest) {
        Plugin bridge =
                new PluginSet(site, new HostLocal(), new DhcpPlugin(leases))
                        .find("bridge")
                        .orElseThrow();
        return new PluginSkeleton(bridge, "1")
                .serve(
                        new PluginCall(
                                "bridge",
                                Map.of(
                                        "CNI_COMMAND",
                                        command,
                                        "CNI_CONTAINERID",
                                        "c",
                                        "CNI_IFNAME",
                                        "eth0",
                                        "CNI_NETNS",
                                        container.path().toString(),
                                        "CNI_PATH",
                                        directory.toString()),
                                configuration.replace("REST", rest),
                                site.host(),
                                Optional.empty()));
    }

    @Test
    void lease_isHadOnTheVeth_checked_andReleasedBeforeItGoes() throws IOException {
        Reply added = call("ADD", "");
        assertThat(added.exitCode()).as(added.output()).isZero();
        assertThat(added.output()).contains("10.9.0.1").contains("\"gateway\": \"10.9.0.1\"");
        assertThat(inside("ip -4 -o address show eth0")).contains("10.9.0.1");
        assertThat(inside("ip route show default")).contains("via 10.9.0.1");
        assertThat(Command.run("nft", "list", "ruleset").orFail().stdout()).contains("10.9.0.1");
        Reply checked = call("CHECK", ", \"prevResult\": " + added.output());
        assertThat(checked.exitCode()).as(checked.output()).isZero();

        Reply deleted = call("DEL", "");
        assertThat(deleted.exitCode()).as(deleted.output()).isZero();
        assertThat(said()).anyMatch(line -> line.contains("DHCPRELEASE(br0)"));
        assertThat(leases.count()).isZero();
        assertThat(Command.run("nft", "list", "ruleset").orFail().stdout()).isEmpty();
        assertThat(Command.run("ip", "-o", "link", "show", "type", "veth").orFail().stdout())
                .isEmpty();
    }

    /// As on a node whose list of plugins is served by the reference implementation, then by Weft,
    /// and then as before, while containers run: each removes what the other made. The server knows
    /// both by the same identifier, so that the container's address is the same.
    @Test
    void containers_surviveASwitchToWeftAndBack() throws IOException {
        assumeTrue(
                Files.isExecutable(InterfaceLab.REFERENCE.resolve("dhcp")),
                "the reference plugins are not installed");
        Path socket = directory.resolve("reference.sock");
        String configuration = PLAIN.replace("SOCKET", socket.toString());
        Process daemon =
                new ProcessBuilder(
                                InterfaceLab.REFERENCE.resolve("dhcp").toString(),
                                "daemon",
                                "-socketpath",
                                socket.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            while (daemon.isAlive() && !Files.exists(socket)) {
                Thread.onSpinWait();
            }
            String theirs = reference("ADD", configuration, "");
            String address = addressOf(theirs);
            assertSucceeded(call("DEL", configuration, previous(theirs)));
            requireNothingLeft();

            Reply ours = call("ADD", configuration, "");
            assertSucceeded(ours);
            assertThat(addressOf(ours.output())).isEqualTo(address);
            reference("DEL", configuration, previous(ours.output()));
            requireNothingLeft();

            assertThat(addressOf(reference("ADD", configuration, ""))).isEqualTo(address);
            reference("DEL", configuration, "");
            // What the switch left is done when the runtime repeats itself, or a minute later.
            assertSucceeded(call("DEL", configuration, ""));
            assertThat(leases.count()).isZero();
        } finally {
            daemon.destroyForcibly().onExit().join();
        }
    }

    private static void assertSucceeded(Reply reply) {
        assertThat(reply.exitCode()).as(reply.output()).isZero();
    }

    private static String previous(String result) {
        return ", \"prevResult\": " + result;
    }

    private static String addressOf(String result) {
        return ResultFormat.decode(JsonText.parseObject(result, "result"))
                .addresses()
                .getFirst()
                .address()
                .toString();
    }

    private void requireNothingLeft() {
        assertThat(Command.run("ip", "-o", "link", "show", "type", "veth").orFail().stdout())
                .isEmpty();
        assertThat(inside("ip -o link show")).doesNotContain("eth0");
    }

    private String reference(String command, String configuration, String rest) {
        return Command.of(
                        "env",
                        "CNI_COMMAND=" + command,
                        "CNI_CONTAINERID=c",
                        "CNI_IFNAME=eth0",
                        "CNI_NETNS=" + container.path(),
                        "CNI_PATH=" + InterfaceLab.REFERENCE,
                        InterfaceLab.REFERENCE.resolve("bridge").toString())
                .stdin(configuration.replace("REST", rest).getBytes(StandardCharsets.UTF_8))
                .run()
                .orFail()
                .stdout();
    }

    private String inside(String command) {
        return Command.run(("nsenter --net=" + container.path() + " " + command).split(" ", -1))
                .orFail()
                .stdout();
    }

    /// All that the server said, until it says that it released something.
    private List<String> said() throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains("DHCPRELEASE")) {
                break;
            }
        }
        return said;
    }
}
