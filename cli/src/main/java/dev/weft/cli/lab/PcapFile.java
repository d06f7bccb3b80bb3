package dev.weft.cli.lab;

import dev.weft.wire.Direction;
import dev.weft.wire.LinkType;
import dev.weft.wire.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what was seen as one pcapng file, with every device of every namespace as an interface.
final class PcapFile {
    /// As any new file: for all to read, as far as the umask lets them.
    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private PcapFile() {}

    /// Makes the directory if it is missing, so that what is wrong with it is told before a lab
    /// runs.
    static void prepare(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new IOException("cannot make directory " + directory + reason(failed), failed);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot write into " + directory + ": permission denied");
        }
    }

    /// Writes `NAME.pcapng` into a directory. The file appears whole or not at all.
    static Path write(Path directory, String name, List<Sighting> sightings) throws IOException {
        Path target = directory.resolve(name + ".pcapng");
        try {
            Path draft = Files.createTempFile(directory, name, ".part", READABLE);
            draft.toFile().deleteOnExit(); // whatever ends the program meanwhile
            try {
                writeAll(draft, sightings);
                return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failed) {
            throw new IOException("cannot write " + target + reason(failed), failed);
        }
    }

    private static void writeAll(Path file, List<Sighting> sightings) throws IOException {
        try (PcapngWriter writer =
                new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
            writeAll(writer, sightings);
        }
    }

    /// What the system said, without the name of the file, which the message has already.
    private static String reason(IOException failed) {
        return ": "
                + switch (failed) {
                    case FileAlreadyExistsException _ -> "it is no directory";
                    case AccessDeniedException _ -> "permission denied";
                    case FileSystemException other when other.getReason() != null ->
                            other.getReason();
                    default -> failed.getMessage();
                };
    }

    private static void writeAll(PcapngWriter writer, List<Sighting> sightings) throws IOException {
        Map<String, Integer> interfaces = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            String name = sighting.node() + "/" + sighting.device();
            if (!interfaces.containsKey(name)) {
                String description = sighting.device() + " in namespace " + sighting.node();
                interfaces.put(name, writer.addInterface(name, description, LinkType.ETHERNET));
            }
            writer.write(
                    interfaces.get(name),
                    sighting.timestampNanoseconds(),
                    direction(sighting.direction()),
                    sighting.frame().length(),
                    sighting.frame().toByteArray(),
                    "");
        }
    }

    private static Direction direction(Sighting.Direction direction) {
        return switch (direction) {
            case IN -> Direction.INBOUND;
            case OUT -> Direction.OUTBOUND;
        };
    }
}
