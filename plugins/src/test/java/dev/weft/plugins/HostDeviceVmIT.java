package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.device.HostDevice;
import dev.weft.plugins.device.Sysfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same with hardware: the network card of the virtual machine, which the kernel brings back to
/// its first namespace when the container's ends.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class HostDeviceVmIT {
    private static final String KEYS =
            """
            {"cniVersion": "1.1.0", "name": "net", "type": "host-device", DEVICE,
             "ipam": {"type": "fixed", "addresses": [{"address": "10.1.0.2/24"}]}}
            """;
    private static final String GIVEN =
            "ip link set CARD down; ip link set CARD name ens3 alias uplink mtu 1400;"
                    + " ip link set ens3 up; ip address add 10.5.0.1/24 dev ens3;"
                    + " ip address add fd05::1/64 dev ens3 nodad;"
                    + " ip route add 10.6.0.0/16 via 10.5.0.9;"
                    + " ip route add fd06::/64 via fd05::9";
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir private Path directory;
    private NetworkNamespace first;
    private NetworkNamespace container;
    private Path netns;
    private Node node;
    private Path device;
    private String before;

    @BeforeEach
    void open() throws IOException {
        first = NetworkNamespace.ofPid(1);
        node = Node.of(first, directory);
        Link card = card();
        device = Sysfs.MOUNTED.device(card).orElseThrow();
        if (!card.name().equals("ens3")) {
            NatLab.in(first, GIVEN.replace("CARD", card.name()));
        }
        container = NetworkNamespace.create();
        netns = Files.createSymbolicLink(directory.resolve("netns"), container.path());
        before = NodeState.of(node);
    }

    @AfterEach
    void close() {
        if (node != null) {
            container.close();
            node.close();
            first.close();
        }
    }

    private Link card() {
        return node.links(first, Links::list).stream()
                .filter(link -> link.attributes().has(LinkAttributes.PARENT_DEVICE))
                .findFirst()
                .orElseThrow();
    }

    private HostDevice plugin(Duration limit) {
        return new HostDevice(node.site(), node.ipam(), Sysfs.MOUNTED, limit);
    }

    private Request request(String keys) {
        String card = device.toString().replaceFirst("/virtio\\d+$", "");
        return node.request(
                Command.ADD,
                KEYS.replace("DEVICE", keys)
                        .replace("PATH", card)
                        .replace("BUSID", card.substring(card.lastIndexOf('/') + 1)),
                "c1",
                Optional.of(netns.toString()),
                "");
    }

    private void requireAsBefore() {
        assertThat(NodeState.of(node)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"device\": \"ens3\"",
                "\"kernelpath\": \"PATH\"",
                "\"pciBusID\": \"BUSID\"",
                "\"runtimeConfig\": {\"deviceID\": \"BUSID\"}"
            })
    void card_isChosen_movedAndBack(String keys) {
        Request request = request(keys);
        HostDevice plugin = plugin(LONG);
        plugin.status(request.withCommand(Command.STATUS));
        Request check = node.with(request, Command.CHECK, plugin.add(request));
        assertThat(node.link(container, "eth0").orElseThrow().alias()).hasValue("ens3");
        plugin.check(check);
        plugin.delete(request.withCommand(Command.DEL));
        requireAsBefore();
    }

    /// The card comes back under a name of the kernel's, because the host has an `eth0`.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namespaceThatEnds_cardIsAwaited_andGetsWhatItHad(boolean taken) throws IOException {
        if (taken) {
            NatLab.in(first, "ip link add eth0 type dummy");
        }
        Request request = request("\"device\": \"ens3\"");
        plugin(LONG).add(request);
        Files.delete(netns);
        container.close();
        plugin(LONG).delete(request.withCommand(Command.DEL));
        if (taken) {
            NatLab.in(first, "ip link delete eth0");
        }
        requireAsBefore();
    }

    @Test
    void namespaceThatSomebodyKeeps_isLeftToCollection() throws IOException {
        Request request = request("\"device\": \"ens3\"");
        plugin(LONG).add(request);
        Files.delete(netns);
        Path record = node.state().resolve("attachments/net/c1:eth0:host-device");
        try (NetworkNamespace kept = NetworkNamespace.ofPath(container.path())) {
            container.close();
            plugin(Duration.ZERO).delete(request.withCommand(Command.DEL));
            assertThat(request.diagnostics().text()).contains("ens3 is not back");
            assertThat(record).exists();
            assertThat(node.leasesLeft()).isEmpty();
            assertThat(node.link(kept, "eth0")).isPresent();
        }
        node.collect(plugin(LONG), KEYS.replace("DEVICE", "\"device\": \"ens3\""));
        requireAsBefore();
    }
}
