package dev.weft.firewall.value;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What data look like depends on where they are read, not on the ruleset alone: which interface
/// has an index, what the administrator calls a mark, which time zone it is.
///
/// @param interfaceName of an index, in the namespace of the ruleset
/// @param names that the administrator gave to marks, realms, groups of devices and labels
/// @param zone that hours and dates are written in
/// @param now tells how far the zone is from UTC, for hours of no date
public record Surroundings(
        IntFunction<Optional<String>> interfaceName,
        Map<DataType, Map<Long, String>> names,
        ZoneId zone,
        Instant now) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// More would be no file that a person wrote.
    private static final int MAX_LINES = 10_000;

    /// The files that `nft` reads: iproute2's, and that of libnetfilter_conntrack.
    private static final Map<DataType, Path> FILES =
            Map.of(
                    DataType.MARK, Path.of("/etc/iproute2/rt_marks"),
                    DataType.REALM, Path.of("/etc/iproute2/rt_realms"),
                    DataType.DEVGROUP, Path.of("/etc/iproute2/group"),
                    DataType.CT_LABEL, Path.of("/etc/connlabel.conf"));

    public Surroundings {
        names = Map.copyOf(names);
    }

    /// Numbers without names, times in UTC: the same everywhere.
    public static Surroundings none() {
        return new Surroundings(_ -> Optional.empty(), Map.of(), ZoneOffset.UTC, Instant.EPOCH);
    }

    /// Those of this machine.
    ///
    /// @param interfaceName of an index, in the namespace of the ruleset
    public static Surroundings ofMachine(IntFunction<Optional<String>> interfaceName) {
        Map<DataType, Map<Long, String>> names = new HashMap<>();
        FILES.forEach((type, file) -> names.put(type, read(file)));
        return new Surroundings(interfaceName, names, ZoneId.systemDefault(), Instant.now());
    }

    /// A file that is absent or no text has no names.
    private static Map<Long, String> read(Path file) {
        Map<Long, String> names = new HashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.limit(MAX_LINES)
                    .map(line -> BLANKS.splitAsStream(line.strip()).toList())
                    .filter(words -> words.size() >= 2)
                    .forEach(words ->
                            number(words.getFirst()).ifPresent(n -> names.put(n, words.get(1))));
        } catch (IOException | UncheckedIOException _) {
            return Map.of();
        }
        return names;
    }

    /// What `Long.decode` takes for one more way of writing hexadecimal begins a comment here.
    private static Optional<Long> number(String word) {
        if (word.startsWith("#")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.decode(word));
        } catch (NumberFormatException _) {
            // Nothing that means anything.
            return Optional.empty();
        }
    }

    Optional<String> name(DataType type, long number) {
        return Optional.ofNullable(names.getOrDefault(type, Map.of()).get(number));
    }
}
