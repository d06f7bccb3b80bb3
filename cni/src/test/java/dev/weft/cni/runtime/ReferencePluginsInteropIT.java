package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The reference plugins, as Debian has them, under this runtime. They know versions up to 1.0.0.
final class ReferencePluginsInteropIT {
    private static final PluginDirectories PLUGINS =
            new PluginDirectories(List.of(Path.of("/usr/lib/cni")));

    private final NetworkNamespace host = NetworkNamespace.create();
    private final NetworkNamespace container = NetworkNamespace.create();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @AfterEach
    void close() {
        host.close();
        container.close();
    }

    private CniRuntime runtime() {
        return new CniRuntime(
                RuntimeSettings.of(PLUGINS).withCache(directory.resolve("cache")),
                InstalledPlugins.none(),
                host,
                _ -> {});
    }

    private Attachment attachment() {
        return Attachment.of(
                new AttachmentId("c1", "eth0"), Optional.of(container.path().toString()));
    }

    private NetworkList network(String version, String plugins) {
        return NetworkList.parse(
                "{\"cniVersion\":\""
                        + version
                        + "\",\"name\":\"net\",\"plugins\":["
                        + plugins
                        + "]}");
    }

    private String bridge() {
        return bridge("");
    }

    /// @param ranges further ones than the first
    private String bridge(String ranges) {
        return "{\"type\":\"bridge\",\"bridge\":\"cni0\",\"isGateway\":true," + ipam(ranges) + "}";
    }

    private String ipam(String ranges) {
        return "\"ipam\":{\"type\":\"host-local\",\"dataDir\":\""
                + directory.resolve("leases")
                + "\",\"ranges\":[[{\"subnet\":\"10.21.0.0/24\"}]"
                + ranges
                + "]}";
    }

    private static Set<String> links(NetworkNamespace namespace) {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace)) {
            return new Links(socket).list().stream().map(Link::name).collect(Collectors.toSet());
        }
    }

    private long leases() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("leases/net"))) {
            return files.filter(file -> file.getFileName().toString().matches("10\\..*|fd21.*"))
                    .count();
        }
    }

    @Test
    void chain_isAdded_checked_andDeleted() throws IOException {
        NetworkList network =
                network(
                        "1.0.0",
                        bridge(",[{\"subnet\":\"fd21::/64\"}]")
                                + ",{\"type\":\"tuning\",\"sysctl\":"
                                + "{\"net.ipv4.conf.eth0.arp_filter\":\"1\"}}");
        Result result = ResultFormat.decode(runtime().add(network, attachment()));
        assertThat(result.addresses())
                .extracting(address -> address.address().toString())
                .containsExactly("10.21.0.2/24", "fd21::2/64");
        assertThat(links(container)).contains("eth0");
        assertThat(links(host)).contains("cni0").hasSize(3);
        assertThat(container.sysctls().read("net", "ipv4", "conf", "eth0", "arp_filter"))
                .isEqualTo("1");
        runtime().check(network, attachment());
        runtime().collect(network, Optional.of(Set.of(attachment().id())));
        assertThat(leases()).isEqualTo(2);

        runtime().delete(network, attachment());
        assertThat(links(container)).doesNotContain("eth0");
        assertThat(leases()).isZero();
        runtime().delete(network, attachment());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V1_1_0")
    void resultsOfEveryVersion_areUnderstood(CniVersion version) {
        NetworkList network =
                network(
                        version.toString(),
                        "{\"type\":\"ptp\"," + ipam("") + "},{\"type\":\"sbr\"}");
        NetworkList alone = network(version.toString(), "{\"type\":\"ptp\"," + ipam("") + "}");
        NetworkList used = CniVersion.V0_3_0.isAtMost(version) ? network : alone;
        JsonObject json = runtime().add(used, attachment());
        assertThat(json.get("cniVersion").getAsString()).isEqualTo(version.toString());
        assertThat(ResultFormat.decode(json).addresses()).hasSize(1);
        runtime().delete(used, attachment());
        assertThat(links(container)).doesNotContain("eth0");
    }

    @Test
    void failureInTheMiddle_leavesNothing() throws IOException {
        NetworkList network =
                network(
                        "0.4.0",
                        bridge() + ",{\"type\":\"tuning\",\"sysctl\":{\"net.ipv4.absent\":\"1\"}}");
        assertThatThrownBy(() -> runtime().add(network, attachment()))
                .hasMessageContaining("plugin type=\"tuning\" name=\"net\" failed (add)");
        assertThat(links(container)).doesNotContain("eth0");
        assertThat(links(host)).containsExactlyInAnyOrder("lo", "cni0");
        assertThat(leases()).isZero();
        assertThat(runtime().cache().list()).isEmpty();
    }

    @Test
    void versionThatThePluginsDoNotKnow_isRefusedByThem() {
        NetworkList network = network("1.1.0", bridge());
        assertThatThrownBy(() -> runtime().validate(network))
                .hasMessageContaining("plugin bridge does not support config version \"1.1.0\"");
        assertThatThrownBy(() -> runtime().add(network, attachment()))
                .isInstanceOfSatisfying(
                        CniException.class, error -> assertThat(error.code()).isEqualTo(1))
                .hasMessageContaining("incompatible CNI versions");
    }

    @Test
    void attachmentWhoseNamespaceIsGone_isCollected() throws IOException {
        NetworkList network = network("1.0.0", bridge());
        Path path = directory.resolve("netns");
        try (NetworkNamespace other = NetworkNamespace.create()) {
            Files.createSymbolicLink(path, other.path());
            runtime()
                    .add(
                            network,
                            Attachment.of(
                                    new AttachmentId("gone", "eth0"),
                                    Optional.of(path.toString())));
        }
        Files.delete(path);
        runtime().add(network, attachment());
        assertThat(leases()).isEqualTo(2);
        runtime().collect(network, Optional.of(Set.of(attachment().id())));
        assertThat(leases()).isEqualTo(1);
        assertThat(runtime().cache().list())
                .extracting(cached -> cached.attachment().id())
                .containsExactly(attachment().id());
    }
}
