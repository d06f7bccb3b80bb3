package dev.weft.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The network namespaces that a process holds open. What `lsns` lists would not do: it has those
/// of the whole machine, where others come and go.
final class NamespaceDescriptors {
    private static final String PREFIX = "net:[";

    private NamespaceDescriptors() {}

    /// Their inode numbers.
    static Set<String> of(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors
                    .map(NamespaceDescriptors::target)
                    .filter(target -> target.startsWith(PREFIX))
                    .map(target -> target.substring(PREFIX.length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    /// A descriptor may be closed while they are listed.
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
