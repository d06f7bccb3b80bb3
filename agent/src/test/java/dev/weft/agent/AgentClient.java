package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.agent.protocol.Answer;
import dev.weft.agent.protocol.CallRequest;
import dev.weft.linux.file.PathDescriptor;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.UnixConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Says to an agent what a shim says, without a process for each call. For one thread.
final class AgentClient implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path socket;
    private final Path plugins;
    private final NetworkNamespace own = NetworkNamespace.current();
    private final PathDescriptor root = PathDescriptor.open(Path.of("/"));

    /// @param plugins where a runtime has them
    AgentClient(Path socket, Path plugins) {
        this.socket = socket;
        this.plugins = plugins;
    }

    /// What a shim sends along.
    List<Integer> descriptors(NetworkNamespace container) {
        return List.of(own.descriptor(), root.number(), container.descriptor());
    }

    UnixConnection connect() {
        return UnixConnection.connect(socket, LIMIT);
    }

    CallRequest request(String plugin, String command, String container, String input) {
        return new CallRequest(
                plugin,
                Map.of(
                        "CNI_COMMAND",
                        command,
                        "CNI_CONTAINERID",
                        container,
                        "CNI_IFNAME",
                        plugin.equals("loopback") ? "lo" : "eth0",
                        "CNI_NETNS",
                        "/run/netns/of-" + container,
                        "CNI_PATH",
                        plugins.toString()),
                input);
    }

    Answer call(CallRequest request, NetworkNamespace container) {
        return send(request.encode(), descriptors(container));
    }

    /// Sends any bytes.
    Answer send(byte[] message, List<Integer> numbers) {
        try (UnixConnection connection = connect()) {
            connection.send(message, numbers, LIMIT);
            return answer(connection);
        }
    }

    static Answer answer(UnixConnection connection) {
        byte[] header = connection.receive(Answer.HEADER_BYTES, LIMIT);
        return Answer.decode(header, connection.receive(Answer.bodyBytes(header), LIMIT));
    }

    /// Reads a page of health and metrics.
    static String page(Path socket, String path) {
        try (UnixConnection connection = UnixConnection.connect(socket, LIMIT)) {
            connection.send(("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(UTF_8), LIMIT);
            StringBuilder all = new StringBuilder();
            for (byte[] next = connection.receiveSome(4096, LIMIT);
                    next.length > 0;
                    next = connection.receiveSome(4096, LIMIT)) {
                all.append(new String(next, UTF_8));
            }
            return all.substring(all.indexOf("\r\n\r\n") + 4);
        }
    }

    @Override
    public void close() {
        own.close();
        root.close();
    }
}
