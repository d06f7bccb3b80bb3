package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginFile;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DaemonPlugin;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginSetKernelIT {
    @TempDir private Path directory;
    private Site site;

    @BeforeEach
    void open() {
        site = Site.open(NetworkNamespace.create(), directory.resolve("state"), Steps.NONE);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @FieldSource("dev.weft.plugins.PluginSet#TYPES")
    void installedName_hasItsPlugin(String type) {
        assertThat(plugins().find(type).map(Plugin::type)).hasValue(type);
    }

    /// The file could not be executed.
    @ParameterizedTest
    @ValueSource(strings = {"host-local", "static"})
    void addressesOfShim_areGivenInThisProcess(String ipam) throws IOException {
        Files.writeString(directory.resolve(ipam), PluginFile.SHIM_MARK);
        try (NetworkNamespace container = NetworkNamespace.create()) {
            Reply reply = bridge(container, "ADD", configuration(ipam));
            assertThat(reply.output()).contains("10.9.0.7/24");
            assertThat(reply.exitCode()).isZero();
            assertThat(bridge(container, "DEL", configuration(ipam)).exitCode()).isZero();
        }
    }

    @Test
    void unknownAddressPlugin_isRefusedBeforeAnythingIsMade() {
        try (NetworkNamespace container = NetworkNamespace.create()) {
            Reply reply = bridge(container, "ADD", configuration("nowhere"));
            assertThat(reply.output()).contains("failed to find plugin");
            assertThat(directory.resolve("state/attachments/n")).doesNotExist();
        }
    }

    private PluginSet plugins() {
        return new PluginSet(
                site, new HostLocal(), new DaemonPlugin(directory.resolve("dhcp.sock"), directory));
    }

    private String configuration(String ipam) {
        return """
        {"cniVersion": "1.0.0", "name": "n", "type": "bridge", "bridge": "br0", "ipam": {
          "type": "%s", "dataDir": "%s", "addresses": [{"address": "10.9.0.7/24"}],
          "ranges": [[{"subnet": "10.9.0.0/24", "rangeStart": "10.9.0.7"}]]}}
        """
                .replaceFirst("%s", ipam)
                .replaceFirst("%s", directory.resolve("leases").toString());
    }

    private Reply bridge(NetworkNamespace container, String command, String configuration) {
        Plugin plugin = plugins().find("bridge").orElseThrow();
        return new PluginSkeleton(plugin, "1")
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
                                configuration,
                                site.host(),
                                Optional.empty()));
    }
}
