package dev.weft.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmallFileKernelIT {
    @TempDir Path directory;

    @Test
    void contents_areReadWhole() throws IOException {
        byte[] content = "ten bytes.".repeat(100).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("file"), content);
        assertThat(SmallFile.find(file, 1000))
                .hasValueSatisfying(it -> assertThat(it).isEqualTo(content));
        assertThat(SmallFile.find(Files.createFile(directory.resolve("empty")), 10))
                .hasValueSatisfying(it -> assertThat(it).isEmpty());
    }

    @Test
    void moreThanOneReading_isPutTogether() throws IOException {
        byte[] content = new byte[100_000];
        new Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("file"), content);
        assertThat(SmallFile.find(file, content.length))
                .hasValueSatisfying(it -> assertThat(it).isEqualTo(content));
        assertThatThrownBy(() -> SmallFile.find(file, content.length - 1))
                .isInstanceOf(KernelException.class);
    }

    @Test
    void absentFile_isNone_andLargerOneRefused() throws IOException {
        assertThat(SmallFile.find(directory.resolve("none"), 10)).isEmpty();
        Path file = Files.writeString(directory.resolve("large"), "eleven byte");
        assertThatThrownBy(() -> SmallFile.find(file, 10))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        failed -> assertThat(failed.is(Errno.EFBIG)).isTrue());
    }

    @Test
    void whatStandsInItsPlace_keepsNobodyWaiting_andLeadsNowhere() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "secret");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        assertThatThrownBy(() -> SmallFile.find(link, 10))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        failed -> assertThat(failed.is(Errno.ELOOP)).isTrue());
        Path pipe = directory.resolve("pipe");
        Command.run("mkfifo", pipe.toString());
        assertThat(SmallFile.find(pipe, 10)).hasValueSatisfying(it -> assertThat(it).isEmpty());
        assertThatThrownBy(() -> SmallFile.find(directory, 10))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        failed -> assertThat(failed.is(Errno.EISDIR)).isTrue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void madeFile_hasItsModeAndTime_andIsNotMadeTwice() throws IOException {
        Path file = directory.resolve("made");
        Instant time = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
        assertThat(SmallFile.create(file, bytes("one"), 0600, time)).isTrue();
        assertThat(SmallFile.create(file, bytes("two"), 0600, time)).isFalse();
        assertThat(file).hasContent("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(time);
        assertThat(SmallFile.status(file)).hasValue(new SmallFile.Status(true, 3, time));
        assertThatThrownBy(() -> SmallFile.create(file.resolve("below"), bytes(""), 0600, time))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOTDIR");
    }

    @Test
    void overwrittenFile_isNeitherLongerNorShorterThanWhatIsWritten() {
        Path file = directory.resolve("over");
        for (String text : List.of("first and long", "second", "third, longest of all")) {
            SmallFile.overwrite(file, bytes(text), 0600);
            assertThat(file).hasContent(text);
        }
        SmallFile.append(file, bytes(", and more"));
        assertThat(file).hasContent("third, longest of all, and more");
        assertThatThrownBy(() -> SmallFile.append(directory.resolve("none"), bytes("x")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
    }

    @Test
    void secondName_isTakenOrNot_andRemovedOrNotThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        Path name = directory.resolve("name");
        assertThat(SmallFile.link(file, name)).isTrue();
        assertThat(SmallFile.link(file, name)).isFalse();
        SmallFile.remove(file);
        SmallFile.remove(file);
        assertThat(name).hasContent("text");
        assertThat(SmallFile.status(file)).isEmpty();
        assertThatThrownBy(() -> SmallFile.link(file, directory.resolve("other")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> SmallFile.remove(directory)).isInstanceOf(KernelException.class);
    }

    @Test
    void directory_hasTheTimeThatItIsGiven_andALinkIsNoRegularFile() throws IOException {
        Instant time = Instant.ofEpochSecond(1_700_000_000, 1);
        SmallFile.setModified(directory, time);
        assertThat(Files.getLastModifiedTime(directory).toInstant()).isEqualTo(time);
        assertThat(SmallFile.status(directory).orElseThrow().modified()).isEqualTo(time);
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        assertThat(SmallFile.status(link).orElseThrow().isRegular()).isFalse();
        assertThatThrownBy(() -> SmallFile.setModified(directory.resolve("none"), time))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
    }
}
