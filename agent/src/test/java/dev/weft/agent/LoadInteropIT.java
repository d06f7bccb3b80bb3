package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many containers come and go at once, while agents are stopped and killed.
final class LoadInteropIT {
    private static final int CONTAINERS = 500;
    private static final int CALLERS = 16;

    /// How many containers a caller has at a time: together nearly all that there are addresses
    /// for.
    private static final int HELD = 3;

    /// More than an agent that is idle has, fewer than one that leaks one for each container.
    private static final int MOST_DESCRIPTORS = 128;

    private static final int MOST_TRIES = 5;
    private static final int TRY_AGAIN_LATER = 11;

    /// One of so many containers has a published port as well.
    private static final int PUBLISHING = 10;

    /// Without an agent, plugins find the state directory by its link.
    private static final Map<String, String> LINKED = Map.of("WEFT_STATE_DIR", "");

    private static final long PATIENCE_SECONDS = 120;

    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore done = new Semaphore(0);
    private final Map<String, String> held = new ConcurrentHashMap<>();

    @TempDir private Path directory;
    private Node node;
    private String network = "";

    @BeforeEach
    void prepare() throws IOException {
        Command.run("ip", "link", "set", "lo", "up").orFail();
        node = Node.in(directory);
        JsonObject json =
                JsonParser.parseString(node.network("weft-load", "host-local")).getAsJsonObject();
        json.addProperty("ipMasq", true);
        json.getAsJsonObject("ipam")
                .add("ranges", JsonParser.parseString("[[{\"subnet\": \"198.18.0.0/26\"}]]"));
        network = json.toString();
    }

    /// A container with its interface.
    private record Attached(String id, NetworkNamespace sandbox, String address, String result) {}

    @Test
    void containersWhileAgentsAreStoppedAndKilled_getWhatIsTheirs_andLeaveNothing()
            throws Exception {
        String before = host();
        AgentProcess agent = AgentProcess.start(directory, "{}");
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(this::call));
            }
            try {
                awaitDone(CONTAINERS / 4);
                AgentProcess stopped = agent.terminate();
                agent = AgentProcess.start(directory, "{}");
                assertThat(stopped.exitCode()).isZero();
                awaitDone(CONTAINERS / 4);
                agent.close();
                agent = AgentProcess.start(directory, "{}");
            } finally {
                for (Future<?> caller : callers) {
                    caller.get();
                }
            }
            assertNothingIsLeft(agent, before);
            assertThat(agent.terminate().exitCode()).isZero();
        } finally {
            agent.close();
        }
    }

    private void awaitDone(int containers) throws InterruptedException {
        assertThat(done.tryAcquire(containers, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /// What a caller does.
    private void call() {
        Deque<Attached> own = new ArrayDeque<>();
        for (int i = begun.incrementAndGet(); i <= CONTAINERS; i = begun.incrementAndGet()) {
            own.add(attach("container" + i));
            if (own.size() >= HELD) {
                detach(own.remove());
            }
        }
        own.forEach(this::detach);
    }

    private Attached attach(String id) {
        NetworkNamespace sandbox = NetworkNamespace.create();
        String result = add(id, sandbox);
        JsonArray addresses =
                JsonParser.parseString(result).getAsJsonObject().getAsJsonArray("ips");
        String address = addresses.get(0).getAsJsonObject().get("address").getAsString();
        String other = held.putIfAbsent(address, id);
        assertThat(other).as("who has %s beside %s", address, id).isNull();
        Attached attached = new Attached(id, sandbox, address, result);
        if (publishes(id)) {
            portmap("ADD", attached);
        }
        return attached;
    }

    /// As runtimes do: what an ADD that failed has left is deleted before the next.
    private String add(String id, NetworkNamespace sandbox) {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            Command.Result added = node.bridge("ADD", id, sandbox, network, LINKED);
            if (added.exit() == 0) {
                return added.stdout();
            }
            requireRepeatable(added);
            delete("bridge", id, sandbox, network);
        }
        throw new AssertionError("no ADD of " + id + " succeeds");
    }

    private void detach(Attached attached) {
        if (publishes(attached.id())) {
            portmap("DEL", attached);
        }
        held.remove(attached.address());
        delete("bridge", attached.id(), attached.sandbox(), network);
        attached.sandbox().close();
        done.release();
    }

    private void delete(String plugin, String id, NetworkNamespace sandbox, String json) {
        repeat(plugin, "DEL", id, sandbox, json);
    }

    private void repeat(
            String plugin, String command, String id, NetworkNamespace sandbox, String json) {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            Command.Result result = node.call(plugin, command, id, sandbox, json, LINKED);
            if (result.exit() == 0) {
                return;
            }
            requireRepeatable(result);
        }
        throw new AssertionError("no " + command + " of " + plugin + " and " + id + " succeeds");
    }

    private static void requireRepeatable(Command.Result failed) {
        assertThat(failed.stdout()).as("%s", failed).isNotBlank();
        assertThat(Node.code(failed)).as("%s", failed).isEqualTo(TRY_AGAIN_LATER);
    }

    private static boolean publishes(String id) {
        return Math.floorMod(id.hashCode(), PUBLISHING) == 0;
    }

    private void portmap(String command, Attached attached) {
        JsonObject mapping = new JsonObject();
        mapping.addProperty("hostPort", 20_000 + Math.floorMod(attached.id().hashCode(), 20_000));
        mapping.addProperty("containerPort", 80);
        mapping.addProperty("protocol", "tcp");
        JsonArray mappings = new JsonArray();
        mappings.add(mapping);
        JsonObject wanted = new JsonObject();
        wanted.add("portMappings", mappings);
        JsonObject json = new JsonObject();
        json.addProperty("cniVersion", "1.1.0");
        json.addProperty("name", "net-weft-load");
        json.addProperty("type", "portmap");
        json.add("runtimeConfig", wanted);
        json.add("prevResult", JsonParser.parseString(attached.result()));
        repeat("portmap", command, attached.id(), attached.sandbox(), json.toString());
    }

    private static String host() {
        return Command.run("ip", "-brief", "link").orFail().stdout()
                + Command.run("nft", "list", "ruleset").orFail().stdout();
    }

    private void assertNothingIsLeft(AgentProcess agent, String before) throws IOException {
        assertThat(held).isEmpty();
        Command.run("ip", "link", "delete", "weft-load").orFail();
        assertThat(host()).isEqualTo(before);
        assertThat(files("leases")).containsOnly("lock", "last_reserved_ip.0", "leases");
        assertThat(files("state")).containsOnly("network.lock");
        assertThat(files("run"))
                .containsOnly(
                        "cni.sock", ".cni.sock.lock", "http.sock", ".http.sock.lock", "state");
        assertThat(agent.descriptors()).isLessThan(MOST_DESCRIPTORS);
    }

    /// What a killed process had half written goes when an agent starts a minute later.
    private List<String> files(String part) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve(part))) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".weft-new-"))
                    .toList();
        }
    }
}
