package dev.weft.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileIdentityKernelIT {
    @TempDir private Path directory;

    private static FileIdentity of(Path path) {
        try (PathDescriptor descriptor = PathDescriptor.open(path)) {
            return FileIdentity.ofDescriptor(descriptor.number());
        }
    }

    @Test
    void identity_ofPathAndDescriptor_isTheKernels() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        String[] shown =
                Command.run("stat", "-c", "%Hd %Ld %i", file.toString())
                        .orFail()
                        .stdout()
                        .strip()
                        .split(" ", -1);
        long device = Long.parseLong(shown[0]) << 32 | Long.parseLong(shown[1]);
        FileIdentity expected = new FileIdentity(device, Long.parseLong(shown[2]));
        assertThat(FileIdentity.ofPath(file)).isEqualTo(expected);
        assertThat(of(file)).isEqualTo(expected);
    }

    @Test
    void identity_ofOneDirectoryByManyWays_isOne() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        FileIdentity identity = FileIdentity.ofPath(directory);
        assertThat(FileIdentity.ofPath(mounted)).isNotEqualTo(identity);
        Command.run("mount", "--bind", directory.toString(), mounted.toString()).orFail();
        try {
            assertThat(FileIdentity.ofPath(link)).isEqualTo(identity);
            assertThat(FileIdentity.ofPath(mounted)).isEqualTo(identity);
            assertThat(of(mounted)).isEqualTo(identity);
        } finally {
            Command.run("umount", mounted.toString()).orFail();
        }
    }

    @Test
    void descriptor_afterRename_isStillTheFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        FileIdentity before = FileIdentity.ofPath(file);
        try (PathDescriptor descriptor = PathDescriptor.open(file)) {
            Files.move(file, directory.resolve("renamed"));
            assertThat(FileIdentity.ofDescriptor(descriptor.number())).isEqualTo(before);
        }
    }

    @Test
    void identity_ofNothing_saysWhy() {
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> FileIdentity.ofPath(none))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot identify " + none + ": ENOENT");
        assertThatThrownBy(() -> PathDescriptor.open(none))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> FileIdentity.ofDescriptor(99_999))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EBADF");
    }

    @Test
    void bootId_isTheKernels() {
        String shown = Command.run("sysctl", "-n", "kernel.random.boot_id").orFail().stdout();
        assertThat(BootId.current()).hasToString(shown.strip());
        assertThat(BootId.parse(shown.strip())).isEqualTo(BootId.current());
        assertThatThrownBy(() -> BootId.parse("yesterday"))
                .isInstanceOf(MalformedMessageException.class);
    }
}
