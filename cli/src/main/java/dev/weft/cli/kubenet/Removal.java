package dev.weft.cli.kubenet;

import dev.weft.cli.kubenet.Setup.Performer;
import dev.weft.linux.link.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes a node's part away again: first the list, so that nobody comes any more, last the bridge.
///
/// @param node where
/// @param bridge its name
/// @param file the list's
record Removal(Node node, String bridge, ListFile file) {
    /// @return what has been done, in words
    /// @throws IOException when pods are still there; nothing has changed then
    List<String> run(Performer performer) throws IOException {
        List<Change> plan = plan();
        for (Change change : plan) {
            performer.perform(change);
        }
        return plan.stream().map(Change::what).toList();
    }

    private List<Change> plan() throws IOException {
        List<Change> changes = new ArrayList<>();
        Optional<Link> there =
                node.bridge(bridge)
                        .filter(link -> link.alias().equals(Optional.of(BridgePlan.ALIAS)));
        if (there.isPresent()) {
            requireEmpty(there.get());
        }
        if (file.text().isPresent()) {
            changes.add(new Change("remove " + file.path(), file::remove));
        }
        if (!NodeTables.removal(node.nftables()).isEmpty()) {
            changes.add(
                    new Change(
                            "remove the tables weft_kubenet of nftables",
                            () ->
                                    node.nftables()
                                            .apply(() -> NodeTables.removal(node.nftables()))));
        }
        there.ifPresent(link ->
                changes.add(
                        new Change(
                                "remove bridge " + bridge,
                                () -> node.links().delete(link.index()))));
        return changes;
    }

    private void requireEmpty(Link link) throws IOException {
        List<Link> ports = node.ports(link);
        if (!ports.isEmpty()) {
            throw new IOException(
                    "pods are still attached to "
                            + bridge
                            + " by "
                            + ports.stream().map(Link::name).collect(Collectors.joining(", "))
                            + ": remove them first; nothing was changed");
        }
    }
}
