package dev.weft.ipam;

import dev.weft.linux.file.BootId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Which machine this is, and which start of it. A directory may lie on a file system that several
/// machines share: an earlier boot is one of the same machine.
///
/// @param machine machine-id(5), or "-"
/// @param id of the start
record Boot(String machine, BootId id) {
    private static final Path MACHINE = Path.of("/etc/machine-id");
    private static final int MACHINE_DIGITS = 32;

    static Boot current() {
        return new Boot(readMachine(), BootId.current());
    }

    private static String readMachine() {
        try {
            String text = Files.readString(MACHINE).strip().toLowerCase(Locale.ROOT);
            return text.matches("[0-9a-f]{" + MACHINE_DIGITS + "}") ? text : "-";
        } catch (IOException none) {
            return "-";
        }
    }
}
