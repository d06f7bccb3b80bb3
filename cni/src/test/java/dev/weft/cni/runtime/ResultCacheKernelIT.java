package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultCacheKernelIT {
    private static final AttachmentId ID = new AttachmentId("c1", "eth0");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private static CachedAttachment attachment(String network, AttachmentId id) {
        return new CachedAttachment(
                network,
                Attachment.of(id, Optional.of("/run/netns/x")),
                "{}",
                Optional.of(
                        JsonParser.parseString("{\"cniVersion\":\"1.0.0\"}").getAsJsonObject()));
    }

    private ResultCache cache() {
        return ResultCache.in(directory);
    }

    private Path file(String name) {
        return directory.resolve("results").resolve(name);
    }

    @Test
    void attachment_isFoundAgain_andItsFileIsPrivate() throws IOException {
        cache().write(attachment("net", ID));
        assertThat(cache().find("net", ID)).contains(attachment("net", ID));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(file("net-c1-eth0"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(""))))
                .isEqualTo("rwx------");
        cache().remove("net", ID);
        cache().remove("net", ID);
        assertThat(cache().find("net", ID)).isEmpty();
        try (var left = Files.list(file(""))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void list_passesOverWhatIsNoAttachment() throws IOException {
        cache().write(attachment("net", ID));
        cache().write(attachment("a", new AttachmentId("b-c", "d")));
        Files.writeString(file("empty"), "");
        Files.writeString(file("text"), "x");
        Files.writeString(file("old-c-eth0"), "{\"cniVersion\":\"0.3.1\"}");
        Files.writeString(file(".weft-new-0"), attachment("net", ID).text());
        Files.writeString(file("nameless"), "{\"kind\":\"cniCacheV1\",\"containerId\":\"c\"}");
        Files.createDirectory(file("directory"));
        assertThat(cache().list())
                .extracting(CachedAttachment::network)
                .containsExactly("a", "net");
        assertThat(ResultCache.in(directory.resolve("absent")).list()).isEmpty();
    }

    @Test
    void bareResult_isRead_asResultOnly() throws IOException {
        Files.createDirectories(file(""));
        Files.writeString(file("net-c1-eth0"), "{\"cniVersion\":\"0.4.0\",\"ips\":[]}");
        ResultCache.Content content = cache().read("net", ID).orElseThrow();
        assertThat(content.attachment()).isEmpty();
        assertThat(content.result().orElseThrow().get("cniVersion").getAsString())
                .isEqualTo("0.4.0");
        assertThat(cache().find("net", ID)).isEmpty();
    }

    @Test
    void names_cannotLeadOutOfTheDirectory() {
        AttachmentId outside = new AttachmentId("../../c", "eth0");
        assertThatThrownBy(() -> cache().remove("net", outside)).isInstanceOf(CniException.class);
        assertThatThrownBy(() -> cache().write(attachment("../net", ID)))
                .isInstanceOf(CniException.class);
    }
}
