package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.FaultMatrix.Removal;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `vrf` in what every plugin goes through: removals that come late, operations that die, many at
/// once.
@SuppressWarnings("NullAway.Init") // JUnit sets the field
final class VrfMatrixKernelIT {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2;

    @TempDir private Path directory;

    @BeforeEach
    void requireKind() {
        KernelFeature.assumeLinkKind("vrf");
    }

    @ParameterizedTest
    @EnumSource
    void deleteThatComesLate_leavesNothing(LateDelete late) throws IOException {
        try (LateContainer each = new LateContainer(directory, PluginRow.VRF)) {
            each.attach();
            each.detach(late);
        }
    }

    @ParameterizedTest
    @EnumSource
    void addThatDies_isUndone(Removal removal) throws IOException {
        new FaultMatrix(directory, PluginRow.VRF).killAdd(removal);
    }

    @ParameterizedTest
    @EnumSource
    void removalThatDies_isFinished(Removal removal) throws IOException {
        new FaultMatrix(directory, PluginRow.VRF).killRemoval(removal, Removal.DEL);
    }

    @Test
    void attachmentsAtOnce_leaveNothing() throws Exception {
        try (Node node = Node.open(directory)) {
            new Crowd(node, PluginRow.VRF).comesAndGoes(THREADS, ROUNDS);
        }
    }

    @Test
    void collection_removesWhatIsNotValid() throws IOException {
        try (Node node = Node.open(directory)) {
            NetworkNamespace container = node.container();
            RowAttachment attachment = new RowAttachment(node, PluginRow.VRF, container, "78");
            String before = NodeState.of(container);
            attachment.add();
            assertThat(node.link(container, "blue")).isPresent();
            String json = PluginRow.VRF.json(node, "78");
            node.collect(attachment.plugin(), json, "c78");
            assertThat(node.link(container, "blue")).isPresent();
            node.collect(attachment.plugin(), json, "c77");
            assertThat(NodeState.of(container)).isEqualTo(before);
        }
    }
}
