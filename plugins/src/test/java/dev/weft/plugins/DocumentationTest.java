package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "cni.md");

    @ParameterizedTest
    @FieldSource("dev.weft.plugins.PluginSet#TYPES")
    void plugin_isInTheTableAndHasItsKeys(String type) throws IOException {
        assertThat(Files.readAllLines(PAGE))
                .contains("### " + type)
                .anyMatch(line -> line.startsWith("| [" + type + "](#" + type + ") |"));
    }
}
