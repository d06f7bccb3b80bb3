package dev.weft.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginFile;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DaemonPlugin;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.bridge.Bridge;
import dev.weft.plugins.flannel.Flannel;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `flannel` with the delegates of Debian 12, `bridge` and `host-local` 1.1.1. Debian has no
/// `flannel` of the reference; what that one does at DEL is to hand its delegate the file that it
/// saved.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class FlannelInteropIT {
    /// The list of flannel's own manifest, its first plugin.
    private static final String STOCK =
            """
            {'cniVersion':'0.3.1','name':'cbr0','type':'flannel',
             'delegate':{'hairpinMode':true,'isDefaultGateway':true},
             'subnetFile':'DIR/subnet.env','dataDir':'DIR/flannel','ipam':{'dataDir':'DIR/leases'}}
            """;

    private static final String SUBNET_FILE =
            """
            FLANNEL_NETWORK=10.244.0.0/16
            FLANNEL_SUBNET=10.244.3.1/24
            FLANNEL_MTU=1450
            FLANNEL_IPMASQ=true
            """;

    @TempDir private Path directory;
    private final NetworkNamespace host = NetworkNamespace.create();
    private final NetworkNamespace container = NetworkNamespace.create();
    private Site site;

    @BeforeEach
    void open() throws IOException {
        NatLab.assumeReference(Bridge.TYPE);
        site =
                Site.open(
                        NetworkNamespace.ofPath(host.path()),
                        directory.resolve("state"),
                        Steps.NONE);
        Path programs = Files.createDirectory(directory.resolve("bin"));
        for (String type : List.of(Bridge.TYPE, "host-local")) {
            Files.writeString(programs.resolve(type), PluginFile.SHIM_MARK)
                    .toFile()
                    .setExecutable(true);
        }
        Files.writeString(subnetFile(), SUBNET_FILE);
        NatLab.in(host, "ip link set lo up");
        NatLab.in(container, "ip link set lo up");
    }

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
        container.close();
        host.close();
    }

    private Path subnetFile() {
        return directory.resolve("subnet.env");
    }

    private Path saved() {
        return directory.resolve("flannel/c1");
    }

    private Path programs(InterfaceLab.Maker maker) {
        return switch (maker) {
            case OURS -> directory.resolve("bin");
            case THEIRS -> InterfaceLab.REFERENCE;
        };
    }

    private Map<String, String> environment(String command, InterfaceLab.Maker delegates) {
        return new TreeMap<>(
                Map.of(
                        "CNI_COMMAND",
                        command,
                        "CNI_CONTAINERID",
                        "c1",
                        "CNI_IFNAME",
                        "eth0",
                        "CNI_NETNS",
                        container.path().toString(),
                        "CNI_PATH",
                        programs(delegates).toString()));
    }

    private JsonObject configuration() {
        return NatLab.json(STOCK.replace("DIR", directory.toString()));
    }

    /// Calls Weft's flannel.
    ///
    /// @param delegates whose plugins are installed beside it
    private JsonObject flannel(
            String command, InterfaceLab.Maker delegates, JsonObject configuration) {
        Reply reply =
                new PluginSkeleton(
                                new PluginSet(
                                                site,
                                                new HostLocal(),
                                                new DaemonPlugin(
                                                        directory.resolve("dhcp.sock"), directory))
                                        .find(Flannel.TYPE)
                                        .orElseThrow(),
                                "test")
                        .serve(
                                new PluginCall(
                                        Flannel.TYPE,
                                        environment(command, delegates),
                                        JsonText.compact(configuration),
                                        host,
                                        Optional.empty()))
                        .requireSuccess();
        return reply.output().isBlank()
                ? new JsonObject()
                : JsonText.parseObject(reply.output(), "result");
    }

    private void assertAttached(JsonObject result) throws IOException {
        assertThat(result.get("ips").toString())
                .contains("\"10.244.3.2/24\"", "\"gateway\":\"10.244.3.1\"");
        assertThat(NatLab.in(container, "ip route"))
                .contains("default via 10.244.3.1", "10.244.0.0/16 via 10.244.3.1");
        assertThat(NatLab.in(container, "ip -o link show eth0")).contains("mtu 1450");
        assertThat(NatLab.in(host, "ip -d -o link")).contains("hairpin on", "cni0");
        assertThat(directory.resolve("leases/cbr0/10.244.3.2")).exists();
        assertThat(JsonText.parseObject(Files.readString(saved()), "saved"))
                .isEqualTo(
                        NatLab.json(
                                """
                                {'name':'cbr0','cniVersion':'0.3.1','type':'bridge','mtu':1450,
                                 'hairpinMode':true,'isDefaultGateway':true,'isGateway':true,
                                 'ipMasq':false,'ipam':{'type':'host-local','dataDir':'DIR',
                                 'ranges':[[{'subnet':'10.244.3.0/24'}]],
                                 'routes':[{'dst':'10.244.0.0/16'}]}}
                                """
                                        .replace("DIR", directory.resolve("leases").toString())));
    }

    private void assertDetached() throws IOException {
        assertThat(saved()).doesNotExist();
        assertThat(directory.resolve("leases/cbr0/10.244.3.2")).doesNotExist();
        assertThat(directory.resolve("state/attachments/cbr0/c1:eth0:flannel")).doesNotExist();
        assertThat(NatLab.in(host, "ip -o link")).doesNotContain("veth");
        assertThat(NatLab.in(container, "ip -o link")).doesNotContain("eth0");
    }

    /// What Weft's `bridge` made and the reference's deleted has a record until a GC.
    private void collect() throws IOException {
        Files.writeString(subnetFile(), SUBNET_FILE);
        JsonObject configuration = configuration();
        configuration.addProperty("cniVersion", "1.1.0");
        configuration.add("cni.dev/valid-attachments", new JsonArray());
        flannel("GC", InterfaceLab.Maker.OURS, configuration);
        assertThat(NodeState.of(directory.resolve("state"))).doesNotContain("c1");
    }

    /// Also where the plugins beside it are others by the time of DEL, as in an upgrade; and the
    /// node's subnet another one.
    @ParameterizedTest
    @CsvSource({"THEIRS, THEIRS", "THEIRS, OURS", "OURS, THEIRS", "OURS, OURS"})
    void stockList_isAttachedAndDetached_byWhicheverDelegates(
            InterfaceLab.Maker adding, InterfaceLab.Maker deleting) throws IOException {
        JsonObject configuration = configuration();
        JsonObject result = flannel("ADD", adding, configuration);
        assertAttached(result);
        Files.delete(subnetFile());
        configuration.add("prevResult", result);
        flannel("DEL", deleting, configuration);
        assertDetached();
        flannel("DEL", deleting, configuration);
        collect();
    }

    /// What the reference plugin does, should it be installed again.
    @ParameterizedTest
    @CsvSource({"THEIRS", "OURS"})
    void savedFile_isAllThatTheReferencesDeleteNeeds(InterfaceLab.Maker adding) throws IOException {
        flannel("ADD", adding, configuration());
        List<String> argv = new ArrayList<>(List.of("nsenter", "--net=" + host.path(), "env"));
        environment("DEL", InterfaceLab.Maker.THEIRS)
                .forEach((name, value) -> argv.add(name + "=" + value));
        argv.add(InterfaceLab.REFERENCE.resolve(Bridge.TYPE).toString());
        dev.weft.testkit.Command.of(argv.toArray(String[]::new))
                .stdin(Files.readString(saved()).getBytes(UTF_8))
                .run()
                .orFail();
        assertThat(NatLab.in(host, "ip -o link")).doesNotContain("veth");
        assertThat(directory.resolve("leases/cbr0/10.244.3.2")).doesNotExist();
        flannel("DEL", adding, configuration());
        assertDetached();
    }

    /// The reference made it: its delegate was told what is in the file, and there is no record.
    @Test
    void attachmentOfTheReference_isRemoved() throws IOException {
        JsonObject configuration = configuration();
        flannel("ADD", InterfaceLab.Maker.THEIRS, configuration);
        Files.delete(directory.resolve("state/attachments/cbr0/c1:eth0:flannel"));
        flannel("DEL", InterfaceLab.Maker.OURS, configuration);
        assertDetached();
    }
}
