package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.weft.cni.JsonText;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A container on a node where one has been before, so that everything is there that stays.
final class LateContainer implements AutoCloseable {
    /// Of every plugin's keys some that cannot be.
    private static final String SPOILT =
            """
            {"hostDevice": "../..", "sender": 7, "ports": ["x"], "addresses": ["x"],
             "backend": "x", "tables": [{"address": "x"}], "block": "a/b",
             "sysctls": [{"name": "kernel.x"}], "backups": ["\\u0000"], "netns": "\\u0000"}
            """;

    private final Node node;
    private final PluginRow row;
    private final NetworkNamespace container;
    private final Path netns;
    private final String before;
    private final String inside;
    private final RowAttachment attachment;

    LateContainer(Path directory, PluginRow row) throws IOException {
        this.node = Node.open(directory);
        this.row = row;
        RowAttachment first = new RowAttachment(node, row, node.container(), "77");
        first.add();
        first.delete();
        first.end(delete -> delete);
        this.container = node.container();
        this.netns = Files.createSymbolicLink(directory.resolve("netns"), container.path());
        this.before = NodeState.of(node);
        this.inside = NodeState.of(container);
        this.attachment = new RowAttachment(node, row, netns.toString(), "78");
    }

    Node node() {
        return node;
    }

    /// What the node had.
    String before() {
        return before;
    }

    /// What the node has then.
    String attach() {
        attachment.add();
        return NodeState.of(node);
    }

    /// Writes something else into every record.
    void spoilRecords(String content) throws IOException {
        try (Stream<Path> files = Files.walk(node.state().resolve("attachments"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JsonObject record =
                        JsonText.parseObject(Files.readString(file), "attachment record");
                record.add("content", JsonText.parseObject(SPOILT, "content"));
                String text = content.isEmpty() ? JsonText.compact(record) : content;
                Files.writeString(file, text.strip());
            }
        }
    }

    /// A GC that knows of no container.
    ///
    /// @return the records that are left
    String collect() {
        node.collect(attachment.plugin(), row.json(node, "78"));
        return NodeState.of(node.state());
    }

    void detach(LateDelete late) throws IOException {
        late.happen(node, container, netns);
        boolean isThere = Files.exists(netns, LinkOption.NOFOLLOW_LINKS);
        for (int i = 0; i < late.times(); i++) {
            attachment.delete(late::change);
            attachment.end(late::change);
        }
        assertThat(NodeState.of(node)).isEqualTo(before);
        assertThat(Files.exists(netns, LinkOption.NOFOLLOW_LINKS)).isEqualTo(isThere);
        if (late.reachesContainer()) {
            assertThat(NodeState.of(container)).isEqualTo(inside);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
