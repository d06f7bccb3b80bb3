package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.JsonText;
import dev.weft.linux.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both implementations on one directory.
final class HostLocalInteropIT {
    private static final Path REFERENCE = Path.of("/usr/lib/cni/host-local");

    @TempDir Path data;

    @BeforeAll
    static void needReference() {
        Assumptions.assumeTrue(
                Files.isExecutable(REFERENCE), "there is no " + REFERENCE + " on this machine");
    }

    /// The reference implementation's output, which is an error object when it fails.
    private static JsonObject reference(Network network, Command command, String container) {
        String output =
                Program.of(REFERENCE, List.of())
                        .withEnvironment(
                                Map.of(
                                        "CNI_COMMAND", command.name(),
                                        "CNI_CONTAINERID", container,
                                        "CNI_NETNS", "/unused",
                                        "CNI_IFNAME", "eth0",
                                        "CNI_PATH", "/usr/lib/cni"))
                        .withInput(network.json())
                        .run()
                        .output();
        return output.isEmpty() ? new JsonObject() : JsonText.parseObject(output, "output");
    }

    /// As [Network#add], by the reference implementation.
    private static String add(Network network, String container) {
        JsonObject result = reference(network, Command.ADD, container);
        List<String> addresses = new ArrayList<>();
        if (!result.has("ips")) {
            throw new AssertionError(result.toString());
        }
        result.getAsJsonArray("ips")
                .forEach(
                        each -> addresses.add(each.getAsJsonObject().get("address").getAsString()));
        return String.join(",", addresses);
    }

    private Network network(String ipam) {
        return Network.ofIpam(data, ipam).withVersion("1.0.0");
    }

    @Test
    void leases_areSharedInBothDirections() {
        Network network =
                network(
                        "\"ranges\": [[{\"subnet\": \"10.1.0.0/29\"}], [{\"subnet\":\"fd00::/64\"}]]");
        HostLocal ours = Network.plugin();
        assertThat(add(network, "a")).isEqualTo("10.1.0.2/29,fd00::2/64");
        assertThat(network.add(ours, "b")).isEqualTo("10.1.0.3/29,fd00::3/64");
        assertThat(add(network, "c")).isEqualTo("10.1.0.4/29,fd00::4/64");
        assertThat(reference(network, Command.CHECK, "b").size()).isZero();
        network.check(ours, "c");
        assertThat(reference(network, Command.ADD, "b").toString())
                .contains("10.1.0.3 has been allocated to b");
        assertThatThrownBy(() -> network.add(ours, "a"))
                .hasMessageContaining("10.1.0.2 has been allocated to a");
        reference(network, Command.DEL, "b");
        network.delete(ours, "a");
        assertThat(network.leased()).isEqualTo(Set.of("10.1.0.4", "fd00::4"));
        assertThat(network.add(ours, "d")).isEqualTo("10.1.0.5/29,fd00::5/64");
        assertThat(add(network, "e")).isEqualTo("10.1.0.6/29,fd00::6/64");
        assertThat(add(network, "f")).isEqualTo("10.1.0.2/29,fd00::7/64");
        assertThat(network.add(ours, "g")).isEqualTo("10.1.0.3/29,fd00::8/64");
        assertThat(reference(network, Command.ADD, "h").toString())
                .contains("no IP addresses available in range set: 10.1.0.1-10.1.0.6");
        assertThatThrownBy(() -> network.add(ours, "h"))
                .hasMessageContaining("no IP addresses available in range set: 10.1.0.1-10.1.0.6");
    }

    @Test
    void files_areEqualByteForByte() {
        String ipam =
                "\"ranges\": [[{\"subnet\": \"10.1.0.0/24\"}],"
                        + " [{\"subnet\": \"fd00:1::/64\", \"rangeStart\": \"fd00:1::a:0:b\"}]]";
        Network theirs = Network.ofIpam(data.resolve("theirs"), ipam).withVersion("1.0.0");
        Network ours = Network.ofIpam(data.resolve("ours"), ipam).withVersion("1.0.0");
        HostLocal plugin = Network.plugin();
        for (String container : List.of("a", "b", "c")) {
            assertThat(ours.add(plugin, container)).isEqualTo(add(theirs, container));
        }
        ours.delete(plugin, "b");
        reference(theirs, Command.DEL, "b");
        assertThat(ours.files()).isEqualTo(theirs.files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ranges\": []",
                "\"ranges\": [[]]",
                "\"subnet\": \"10.0.0.0/31\"",
                "\"subnet\": \"10.0.0.1/24\"",
                "\"subnet\": \"10.0.0.0/24\", \"rangeStart\": \"10.0.1.1\"",
                "\"subnet\": \"10.0.0.0/24\", \"rangeEnd\": \"10.0.1.1\"",
                "\"subnet\": \"10.0.0.0/24\", \"rangeStart\": \"10.0.0.9\", \"rangeEnd\": \"10.0.0.3\"",
                "\"ranges\": [[{\"subnet\":\"10.0.0.0/24\"},{\"subnet\":\"fd00::/64\"}]]",
                "\"ranges\": [[{\"subnet\":\"10.0.0.0/24\"},{\"subnet\":\"10.0.0.0/25\"}]]",
                "\"ranges\": [[{\"subnet\":\"10.0.0.0/24\"}],[{\"subnet\":\"10.0.0.0/25\"}]]"
            })
    void invalidConfigurations_haveTheSameText(String ipam) {
        Network network = network(ipam);
        String text = reference(network, Command.ADD, "a").get("msg").getAsString();
        assertThatThrownBy(() -> network.add(Network.plugin(), "a"))
                .isInstanceOf(CniException.class)
                .hasMessage(text);
    }

    /// 16 threads and as many programs, each program and every second thread a process of its own
    /// as far as the directory knows.
    @Test
    void everybodyAtOnce_neverGetsTheSameAddress() throws Exception {
        Network network = network("\"ranges\": [[{\"subnet\": \"10.1.0.0/23\"}]]");
        HostLocal shared = Network.plugin();
        List<String> given = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                int number = i;
                all.add(threads.submit(() -> work(network, shared, number, given)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(new HashSet<>(given)).hasSameSizeAs(given);
        assertThat(network.leased()).hasSize(given.size());
        network.collect(shared);
        assertThat(network.leased()).isEmpty();
    }

    private static void work(Network network, HostLocal shared, int number, List<String> given) {
        HostLocal ours = number % 2 == 0 ? shared : Network.plugin();
        for (int i = 0; i < 6; i++) {
            String container = "c" + number + "-" + i;
            boolean byReference = (number + i) % 4 == 0;
            String first = byReference ? add(network, container) : network.add(ours, container);
            if (i % 2 == 0) {
                given.add(first);
            } else if (i % 3 == 0) {
                reference(network, Command.DEL, container);
            } else {
                network.delete(ours, container);
            }
        }
    }
}
