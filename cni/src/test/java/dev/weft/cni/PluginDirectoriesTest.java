package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginDirectoriesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private PluginDirectories two() throws IOException {
        Files.createDirectories(directory.resolve("a"));
        Files.createDirectories(directory.resolve("b"));
        return PluginDirectories.parse(directory.resolve("a") + "::" + directory.resolve("b"));
    }

    @Test
    void firstRegularFile_wins_whateverItsPermissions() throws IOException {
        PluginDirectories both = two();
        Files.createDirectories(directory.resolve("a/bridge"));
        Path second = Files.writeString(directory.resolve("b/bridge"), "");
        assertThat(both.find("bridge")).isEqualTo(new PluginFile("bridge", second));

        Files.delete(directory.resolve("a/bridge"));
        Path link = Files.createSymbolicLink(directory.resolve("a/bridge"), second);
        assertThat(both.find("bridge").path()).isEqualTo(link);
    }

    @Test
    void whatCannotBeFound_isToldAsLibcniDoes() throws IOException {
        PluginDirectories both = two();
        assertThatThrownBy(() -> both.find("x"))
                .hasMessage(
                        "failed to find plugin \"x\" in path ["
                                + directory.resolve("a")
                                + " "
                                + directory.resolve("b")
                                + "]");
        assertThatThrownBy(() -> both.find("")).hasMessage("no plugin name provided");
        assertThatThrownBy(() -> both.find("../x")).hasMessage("invalid plugin name: ../x");
        assertThatThrownBy(() -> PluginDirectories.parse("").find("x"))
                .hasMessage("no paths provided");
    }

    @Test
    void toString_isTheVariableAgain() throws IOException {
        assertThat(PluginDirectories.parse(two().toString())).isEqualTo(two());
    }
}
