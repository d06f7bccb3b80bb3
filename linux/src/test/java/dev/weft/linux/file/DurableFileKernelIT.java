package dev.weft.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.file.DurableFile.Durability;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DurableFileKernelIT {
    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("state.json");
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void replace_givesContentAndPermissions(Durability durability) throws IOException {
        for (int length : new int[] {3, 1 << 20, 0}) {
            DurableFile.replace(path, filled(length, 7), 0666, durability);
            assertThat(Files.readAllBytes(path)).isEqualTo(filled(length, 7));
            assertThat(Files.getAttribute(path, "unix:mode")).isEqualTo(0100666);
            assertThat(files()).containsExactly("state.json");
        }
    }

    @Test
    void replace_whileOthersRead_showsOldOrNew() throws Exception {
        DurableFile.replace(path, filled(9000, 0), 0600, Durability.KILL);
        FutureTask<Void> writing =
                new FutureTask<>(
                        () -> {
                            for (int i = 1; i <= 200; i++) {
                                byte[] next = filled(9000, i);
                                DurableFile.replace(path, next, 0600, Durability.KILL);
                            }
                        },
                        null);
        Thread.ofPlatform().start(writing);
        while (!writing.isDone()) {
            byte[] seen = Files.readAllBytes(path);
            assertThat(seen).isEqualTo(filled(9000, seen[0]));
        }
        writing.get();
    }

    @Test
    void replace_ofSymbolicLink_leavesWhatItLedTo() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "precious");
        Files.createSymbolicLink(path, other);
        DurableFile.replace(path, filled(1, 7), 0600, Durability.KILL);
        assertThat(Files.isSymbolicLink(path)).isFalse();
        assertThat(other).hasContent("precious");
    }

    @Test
    void replace_thatFails_leavesTheOldFileAndNothingElse() throws IOException {
        Files.createDirectory(path);
        assertThatThrownBy(() -> DurableFile.replace(path, filled(9, 7), 0600, Durability.KILL))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("cannot replace " + path + ": EISDIR");
        assertThat(files()).containsExactly("state.json");
        Path none = directory.resolve("none/state.json");
        assertThatThrownBy(() -> DurableFile.replace(none, filled(9, 7), 0600, Durability.KILL))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
    }

    @Test
    void replace_onFullDevice_leavesTheOldFileAndNothingElse() throws IOException {
        String mount = directory.toString();
        Command.run("mount", "-t", "tmpfs", "-o", "size=64k", "small", mount).orFail();
        try {
            DurableFile.replace(path, filled(9000, 7), 0600, Durability.KILL);
            byte[] large = filled(1 << 20, 8);
            assertThatThrownBy(() -> DurableFile.replace(path, large, 0600, Durability.KILL))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("ENOSPC");
            assertThat(files()).containsExactly("state.json");
            assertThat(Files.readAllBytes(path)).isEqualTo(filled(9000, 7));
        } finally {
            Command.run("umount", mount).orFail();
        }
    }

    @Test
    void sweep_removesOldLeftoversOnly() throws IOException {
        Instant limit = Instant.parse("2025-01-02T03:04:05.000000006Z");
        for (String name :
                List.of(
                        ".weft-new-0123456789abcdef",
                        ".weft-new-0123456789abcdeg",
                        ".weft-new-0123456789abcdef0",
                        "weft-new-0123456789abcdef",
                        "state.json")) {
            Path file = Files.createFile(directory.resolve(name));
            Files.setLastModifiedTime(file, FileTime.from(limit.minusNanos(1)));
        }
        Path young = Files.createFile(directory.resolve(".weft-new-ffffffffffffffff"));
        Files.setLastModifiedTime(young, FileTime.from(limit));

        assertThat(DurableFile.sweep(directory, limit)).isEqualTo(1);
        assertThat(files()).hasSize(5).doesNotContain(".weft-new-0123456789abcdef");
        assertThat(DurableFile.sweep(directory, limit.plusNanos(1))).isEqualTo(1);
        assertThat(files()).hasSize(4);
    }

    @Test
    void sweep_findsWhatReplaceMakes() throws Exception {
        FutureTask<Integer> sweeping =
                new FutureTask<>(() -> {
                    int found = 0;
                    while (found == 0) {
                        found = DurableFile.sweep(directory, Instant.now().plusSeconds(60));
                    }
                    return found;
                });
        Thread.ofPlatform().start(sweeping);
        byte[] large = filled(4 << 20, 7);
        while (!sweeping.isDone()) {
            try {
                DurableFile.replace(path, large, 0600, Durability.KILL);
            } catch (KernelException swept) {
                assertThat(swept).hasMessageContaining("ENOENT");
            }
        }
        assertThat(sweeping.get()).isEqualTo(1);
        assertThat(files()).isSubsetOf("state.json");
    }

    @Test
    void sweep_ofNoDirectory_isRefused() {
        assertThatThrownBy(() -> DurableFile.sweep(directory.resolve("none"), Instant.now()))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("none");
    }
}
