package dev.weft.cli.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The namespaces of a running lab, by name. They have no names in the system and end with this
/// object, or with the process.
final class Network implements AutoCloseable {
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    void add(String name) {
        nodes.put(name, Node.create(name));
    }

    Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("no operation has added namespace " + name);
        }
        return node;
    }

    /// In the order they were added.
    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /// Waits until every link that is set up has its carrier, which the kernel may tell a moment
    /// after both ends are up.
    void awaitCarrier() {
        nodes().forEach(Node::awaitCarrier);
    }

    @Override
    public void close() {
        nodes.values().forEach(Node::close);
        nodes.clear();
    }
}
