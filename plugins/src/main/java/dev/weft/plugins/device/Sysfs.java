package dev.weft.plugins.device;

import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The devices of the machine, as sysfs has them. What is asked here is the same in every network
/// namespace; which link a device has is asked of the kernel by netlink instead, because sysfs
/// shows the links of the namespace that it was mounted in.
///
/// @param root where it is mounted
public record Sysfs(Path root) {
    public static final Sysfs MOUNTED = new Sysfs(Path.of("/sys"));

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z:._-]{0,127}");

    /// A device of a bus, without links on its path.
    public Optional<Path> device(String bus, String name) {
        return NAME.matcher(bus).matches() && NAME.matcher(name).matches()
                ? real(root.resolve("bus").resolve(bus).resolve("devices").resolve(name))
                : Optional.empty();
    }

    /// The device that a link belongs to; virtual ones have none.
    public Optional<Path> device(Link link) {
        Optional<String> bus = link.attributes().find(LinkAttributes.PARENT_BUS);
        Optional<String> name = link.attributes().find(LinkAttributes.PARENT_DEVICE);
        return bus.isPresent() && name.isPresent()
                ? device(bus.get(), name.get())
                : Optional.empty();
    }

    /// The driver that has a device.
    Optional<String> driver(Path device) {
        return real(device.resolve("driver")).map(Path::getFileName).map(Path::toString);
    }

    /// Whether a device is still there.
    static boolean isPlugged(Path device) {
        return Files.isDirectory(device);
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException none) {
            return Optional.empty();
        }
    }
}
