package dev.weft.ipam;

import dev.weft.cni.Dns;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file like `/etc/resolv.conf`, resolv.conf(5).
final class ResolverFile {
    private static final int MAX_BYTES = 1 << 20;

    private ResolverFile() {}

    /// Reads a file.
    ///
    /// @throws dev.weft.cni.CniException when it cannot be read
    static Dns read(Path path, Disk disk) {
        return disk.access(
                "read " + path,
                () -> {
                    try (InputStream file = Files.newInputStream(path)) {
                        return parse(
                                new String(file.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
                    }
                });
    }

    /// Lists accumulate over lines, where the C library takes the last; unknown words are left out.
    static Dns parse(String text) {
        List<String> nameservers = new ArrayList<>();
        Optional<String> domain = Optional.empty();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+", -1));
            if (words.size() < 2) {
                continue;
            }
            List<String> values = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> nameservers.add(values.getFirst());
                case "domain" -> domain = Optional.of(values.getFirst());
                case "search" -> search.addAll(values);
                case "options" -> options.addAll(values);
                default -> {
                    // A comment, or a keyword that results have no room for.
                }
            }
        }
        return new Dns(nameservers, domain, search, options);
    }
}
