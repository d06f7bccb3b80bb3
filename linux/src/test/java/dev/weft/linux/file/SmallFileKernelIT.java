package dev.weft.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmallFileKernelIT {
    @TempDir Path directory;

    @Test
    void contents_areReadWhole() throws IOException {
        byte[] content = "ten bytes.".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
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
}
