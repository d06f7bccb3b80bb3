package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkDirectoryTest {
    private static final String DEMO = "{\"name\":\"demo\",\"plugins\":[{\"type\":\"list\"}]}";
    private static final String SINGLE = "{\"name\":\"demo\",\"type\":\"single\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private void file(String name, String text) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private NetworkList load(String name) {
        return new NetworkDirectory(directory).load(name);
    }

    private List<String> types(String name) {
        return load(name).plugins().stream().map(PluginObject::type).toList();
    }

    @Test
    void list_beatsSinglePlugin_whateverTheirNames() throws IOException {
        file("00.conf", SINGLE);
        file("01.json", SINGLE);
        file("99.conflist", DEMO);
        assertThat(types("demo")).containsExactly("list");
        assertThat(load("demo").file()).contains(directory.resolve("99.conflist"));
        Files.delete(directory.resolve("99.conflist"));
        assertThat(load("demo").file()).contains(directory.resolve("00.conf"));
        assertThat(types("demo")).containsExactly("single");
    }

    @Test
    void firstFileOfTheName_wins_andLaterOnesAreNotRead() throws IOException {
        file("10.conflist", "{\"name\":\"other\",\"plugins\":[{\"type\":\"x\"}]}");
        file("20.conflist", DEMO);
        file("30.conflist", "{");
        assertThat(load("demo").file()).contains(directory.resolve("20.conflist"));
        assertThatThrownBy(() -> load("absent"))
                .hasMessageContaining("30.conflist: error unmarshall configuration list");
    }

    @Test
    void malformedFileBefore_endsTheSearch() throws IOException {
        file("10.conflist", "");
        file("20.conflist", DEMO);
        assertThatThrownBy(() -> load("demo")).hasMessageContaining("10.conflist");
    }

    @Test
    void directoryWithoutConfigurations_isToldFromOneWithoutTheName() throws IOException {
        assertThatThrownBy(() -> load("demo"))
                .hasMessage("no net configurations found in " + directory);
        assertThatThrownBy(() -> new NetworkDirectory(directory.resolve("absent")).load("demo"))
                .hasMessageContaining("no net configurations found in ");
        file("10.conflist", DEMO);
        file("20.txt", "{");
        Files.createDirectories(directory.resolve("30.conflist"));
        assertThatThrownBy(() -> load("nets"))
                .hasMessage("no net configuration with name \"nets\" in " + directory);
    }

    @Test
    void dropIns_areAppendedInOrder_onlyConf() throws IOException {
        file("10.conflist", DEMO);
        file("demo/20-b.conf", "{\"type\":\"b\"}");
        file("demo/10-a.conf", "{\"type\":\"a\",\"name\":\"whatever\"}");
        file("demo/30-c.json", "{\"type\":\"c\"}");
        file("demo/40-d.conflist", "{");
        assertThat(types("demo")).containsExactly("list", "a", "b");
        assertThat(load("demo").plugins().getLast().file())
                .contains(directory.resolve("demo/20-b.conf"));
        assertThat(load("demo").text()).isEqualTo(DEMO);
    }

    @Test
    void dropIns_mayBeAll_orIgnored_orMalformed() throws IOException {
        file("10.conflist", "{\"name\":\"demo\"}");
        assertThatThrownBy(() -> load("demo")).hasMessageContaining("no plugin configs found");
        file("demo/a.conf", "{\"type\":\"a\"}");
        assertThat(types("demo")).containsExactly("a");
        file(
                "10.conflist",
                "{\"name\":\"demo\",\"loadOnlyInlinedPlugins\":\"true\",\"plugins\":[{\"type\":\"x\"}]}");
        assertThat(types("demo")).containsExactly("x");
        file("10.conflist", DEMO);
        file("demo/b.conf", "{}");
        assertThatThrownBy(() -> load("demo")).hasMessageContaining("demo/b.conf: missing 'type'");
    }

    @Test
    void symbolicLinks_areRead_andNamesLeadNowhereElse() throws IOException {
        file("elsewhere/x", DEMO);
        Files.createSymbolicLink(
                directory.resolve("10.conflist"), directory.resolve("elsewhere/x"));
        assertThat(types("demo")).containsExactly("list");
        file("20.conflist", "{\"name\":\"..\",\"plugins\":[{\"type\":\"up\"}]}");
        assertThat(types("..")).containsExactly("up");
    }

    @Test
    void scan_goesOnAfterMalformedFiles() throws IOException {
        file("10.conflist", "{");
        file("20.conflist", DEMO);
        file("00.conf", SINGLE);
        List<NetworkDirectory.Entry> entries = new NetworkDirectory(directory).scan();
        assertThat(entries).hasSize(3);
        assertThat(entries.getFirst().problem()).isPresent();
        assertThat(entries.get(1).network()).isPresent();
        assertThat(entries.getLast().file()).isEqualTo(directory.resolve("00.conf"));
    }
}
