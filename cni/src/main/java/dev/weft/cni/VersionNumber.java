package dev.weft.cni;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The number of a version, which need not be one that is known here: two texts are compared by it.
///
/// @param major counts first
/// @param minor counts second
/// @param patch counts last
public record VersionNumber(int major, int minor, int patch) implements Comparable<VersionNumber> {
    private static final int MAX_DIGITS = 9;

    /// Reads up to three numbers between dots; missing ones are 0, and empty text is 0.1.0.
    ///
    /// @throws CniException when it is anything else
    public static VersionNumber parse(String text) {
        if (text.isEmpty()) {
            return new VersionNumber(0, 1, 0);
        }
        List<Integer> parts =
                Stream.of(text.split("\\.", -1)).map(part -> number(part, text)).toList();
        if (parts.size() > 3) {
            throw malformed(text);
        }
        return new VersionNumber(
                parts.getFirst(),
                parts.size() > 1 ? parts.get(1) : 0,
                parts.size() > 2 ? parts.get(2) : 0);
    }

    /// As [#parse], where other text is no error.
    public static Optional<VersionNumber> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (CniException malformed) {
            return Optional.empty();
        }
    }

    /// That of a known version.
    public static VersionNumber of(CniVersion version) {
        return parse(version.toString());
    }

    private static int number(String part, String text) {
        if (part.isEmpty()
                || part.length() > MAX_DIGITS
                || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(text);
        }
        return Integer.parseInt(part);
    }

    private static CniException malformed(String text) {
        return new CniException(
                ErrorCode.DECODING_FAILURE,
                "invalid version \"" + text + "\": expected up to three numbers between dots");
    }

    /// Whether it is the same or a later one.
    public boolean isAtLeast(CniVersion version) {
        return compareTo(of(version)) >= 0;
    }

    /// Whether it is the same or an earlier one.
    public boolean isAtMost(CniVersion version) {
        return compareTo(of(version)) <= 0;
    }

    @Override
    public int compareTo(VersionNumber other) {
        return Comparator.comparingInt(VersionNumber::major)
                .thenComparingInt(VersionNumber::minor)
                .thenComparingInt(VersionNumber::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
