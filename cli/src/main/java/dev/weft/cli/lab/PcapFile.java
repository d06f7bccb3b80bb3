package dev.weft.cli.lab;

import dev.weft.wire.Direction;
import dev.weft.wire.LinkType;
import dev.weft.wire.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what was seen as one pcapng file, with every device of every namespace as an interface.
final class PcapFile {
    private PcapFile() {}

    /// Writes `NAME.pcapng` into a directory, made when missing. The file appears whole or not at
    /// all.
    static Path write(Path directory, String name, List<Sighting> sightings) throws IOException {
        Files.createDirectories(directory);
        Path target = directory.resolve(name + ".pcapng");
        Path draft = Files.createTempFile(directory, name, ".part");
        try {
            try (PcapngWriter writer =
                    new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                writeAll(writer, sightings);
            }
            return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
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
