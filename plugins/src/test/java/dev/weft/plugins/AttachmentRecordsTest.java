package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.plugins.site.AttachmentRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class AttachmentRecordsTest {
    private static final String PLUGIN = "portmap";
    private static final Request REQUEST = request("c1");
    private static final int LIMIT_BYTES = 1 << 20;

    @TempDir private Path directory;
    private AttachmentRecords records;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        records = new AttachmentRecords(directory.resolve("records"));
        file = Files.createDirectories(directory.resolve("records/net")).resolve("c1:eth0:portmap");
    }

    static Request request(String id) {
        return new Request(
                Command.ADD,
                new AttachmentId(id, "eth0"),
                Optional.empty(),
                Optional.empty(),
                "",
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(
                        JsonText.parseObject(
                                "{\"cniVersion\": \"1.1.0\", \"name\": \"net\"}", "test")),
                new Diagnostics());
    }

    private static JsonObject content(String value) {
        JsonObject content = new JsonObject();
        content.addProperty("key", value);
        return content;
    }

    private Optional<String> found() {
        return records.find(REQUEST, PLUGIN).flatMap(record -> record.fields().text("key"));
    }

    private void requireAsGoodAsNone() throws IOException {
        assertThat(records.find(REQUEST, PLUGIN)).isEmpty();
        assertThat(records.list("net", PLUGIN)).isEmpty();
        records.write(REQUEST, PLUGIN, content("new"));
        assertThat(found()).contains("new");
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
        records.remove("net", REQUEST.attachment(), PLUGIN);
        assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void record_isCreatedOnce_replaced_listed_andRemoved() {
        assertThat(records.create(REQUEST, PLUGIN, content("first"))).isTrue();
        assertThat(records.create(REQUEST, PLUGIN, content("second"))).isFalse();
        assertThat(found()).contains("first");
        records.write(REQUEST, PLUGIN, content("second"));
        assertThat(found()).contains("second");
        assertThat(records.list("net", PLUGIN)).hasSize(1);
        assertThat(records.list("net", "bridge")).isEmpty();
        assertThat(records.list("other", PLUGIN)).isEmpty();
        records.remove("net", REQUEST.attachment(), PLUGIN);
        records.remove("net", REQUEST.attachment(), PLUGIN);
        assertThat(found()).isEmpty();
    }

    /// Nothing, half of one, no object, too deep, bad UTF-8, another's, ids that no path can have.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "{\"plugin\":\"portmap\",\"netw",
                "[]",
                "{\"plugin\":7}",
                "{\"content\":[]}",
                "{} {}",
                "{\"plugin\":\"portmap\",\"network\":\"net\",\"containerId\":\"c2\",\"ifName\":\"eth0\"}",
                "{\"plugin\":\"portmap\",\"network\":\"net\",\"containerId\":\"../c1\",\"ifName\":\"eth0\"}",
                "{\"plugin\":\"portmap\",\"network\":\"net\",\"containerId\":\"\\u0000\",\"ifName\":\"eth0\"}",
                "{\"plugin\":\"portmap\",\"network\":\"other\",\"containerId\":\"c1\",\"ifName\":\"eth0\"}",
                "{\"plugin\":\"bridge\",\"network\":\"net\",\"containerId\":\"c1\",\"ifName\":\"eth0\"}"
            })
    void fileOfAnyContent_isAsGoodAsNone(String content) throws IOException {
        Files.writeString(file, content);
        requireAsGoodAsNone();
    }

    @Test
    void fileThatIsNoText_orTooDeep_isAsGoodAsNone() throws IOException {
        Files.write(file, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        requireAsGoodAsNone();
        Files.writeString(file, "{\"a\":".repeat(100_000));
        requireAsGoodAsNone();
    }

    @Test
    void fileOfTheGreatestSize_isRead_andOneByteMoreIsNot() throws IOException {
        records.create(REQUEST, PLUGIN, content("great"));
        String text = Files.readString(file);
        Files.writeString(file, text + " ".repeat(LIMIT_BYTES - text.length()));
        assertThat(found()).contains("great");
        Files.writeString(file, text + " ".repeat(LIMIT_BYTES - text.length() + 1));
        requireAsGoodAsNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null", "/proc/self/fd", "record", "nothing", "."})
    void link_isNotFollowed(String target) throws IOException {
        records.create(REQUEST, PLUGIN, content("elsewhere"));
        Path elsewhere = Files.move(file, directory.resolve("record"));
        Files.createSymbolicLink(file, directory.resolve(target));
        assertThat(records.create(REQUEST, PLUGIN, content("mine"))).isFalse();
        requireAsGoodAsNone();
        assertThat(elsewhere).content().contains("elsewhere");
    }

    @Test
    void directoryInItsPlace_isNoRecord_andTold() throws IOException {
        Files.createDirectories(file.resolve("below"));
        assertThat(found()).isEmpty();
        assertThat(records.list("net", PLUGIN)).isEmpty();
        assertThat(records.create(REQUEST, PLUGIN, content("mine"))).isFalse();
        assertThatThrownBy(() -> records.remove("net", REQUEST.attachment(), PLUGIN))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("cannot remove attachment record");
    }

    @Test
    void fileOfATooLongName_isFoundByItsHash() {
        Request longest = request("c".repeat(400));
        assertThat(records.create(longest, PLUGIN, content("long"))).isTrue();
        assertThat(records.find(longest, PLUGIN)).isPresent();
        assertThat(records.list("net", PLUGIN)).hasSize(1);
    }
}
