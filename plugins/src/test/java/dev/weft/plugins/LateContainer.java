package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A container on a node where one has been before, so that everything is there that stays.
final class LateContainer implements AutoCloseable {
    private final Node node;
    private final NetworkNamespace container;
    private final Path netns;
    private final String before;
    private final String inside;
    private final RowAttachment attachment;

    LateContainer(Path directory, PluginRow row) throws IOException {
        this.node = Node.open(directory);
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
