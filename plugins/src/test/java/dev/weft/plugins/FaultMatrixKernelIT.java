package dev.weft.plugins;

import dev.weft.plugins.FaultMatrix.Removal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation of every plugin dies, at every step.
final class FaultMatrixKernelIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    static Stream<PluginRow> rows() {
        return PluginRow.makers();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addThatDies_isUndoneByDelete(PluginRow row) throws IOException {
        new FaultMatrix(directory, row).killAdd(Removal.DEL);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addThatDies_isUndoneByCollection(PluginRow row) throws IOException {
        new FaultMatrix(directory, row).killAdd(Removal.GC);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deleteThatDies_isFinishedByDelete(PluginRow row) throws IOException {
        new FaultMatrix(directory, row).killRemoval(Removal.DEL, Removal.DEL);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deleteThatDies_isFinishedByCollection(PluginRow row) throws IOException {
        new FaultMatrix(directory, row).killRemoval(Removal.DEL, Removal.GC);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void collectionThatDies_isFinishedByDelete(PluginRow row) throws IOException {
        new FaultMatrix(directory, row).killRemoval(Removal.GC, Removal.DEL);
    }
}
