package dev.weft.cli.cni;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that are complete whenever they are seen, also after a loss of power.
final class DurableFiles {
    private DurableFiles() {}

    /// Writes a file that is not there yet, onto the disk.
    ///
    /// @param permissions as `ls` shows them; a umask does not narrow them
    static void create(Path file, byte[] content, String permissions) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(Set.of()))) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            channel.force(true);
        }
    }

    /// Gives a file another name, in place of what had it.
    static void rename(Path file, Path to) throws IOException {
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Puts the names of a directory onto the disk.
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
