package dev.weft.firewall.iptables;

import dev.weft.linux.MalformedMessageException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of `iptables`, and what programs of it can do.
///
/// @param mode legacy where the text names none, as before 1.8
public record Version(int major, int minor, int patch, Mode mode) implements Comparable<Version> {
    /// The oldest that Weft works with (2013): older ones cannot wait for the lock of the tables,
    /// and nobody who has one has a kernel for the rest of Weft.
    public static final Version OLDEST = new Version(1, 4, 20, Mode.LEGACY);

    private static final Pattern TEXT =
            Pattern.compile(
                    "v(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:[^\\s(]*)\\s*(?:\\((\\w+)\\))?");

    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major)
                    .thenComparingInt(Version::minor)
                    .thenComparingInt(Version::patch)
                    .thenComparing(Version::mode);

    /// Reads what `iptables --version` prints: `iptables v1.8.9 (nf_tables)`.
    ///
    /// @throws MalformedMessageException when it names no version
    public static Version parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.find()) {
            throw new MalformedMessageException(
                    "'" + text.strip() + "' names no version of iptables");
        }
        String patch = found.group(3);
        return new Version(
                Integer.parseInt(found.group(1)),
                Integer.parseInt(found.group(2)),
                patch == null ? 0 : Integer.parseInt(patch),
                Mode.NF_TABLES.toString().equals(found.group(4)) ? Mode.NF_TABLES : Mode.LEGACY);
    }

    /// Whether it has `-C`, since 1.4.11.
    public boolean hasCheck() {
        return isAtLeast(1, 4, 11);
    }

    /// Whether it has `--wait`, since 1.4.20.
    public boolean hasWait() {
        return isAtLeast(1, 4, 20);
    }

    /// Whether `--wait` takes seconds, since 1.6.0.
    public boolean hasWaitSeconds() {
        return isAtLeast(1, 6, 0);
    }

    /// Whether `iptables-restore` has `--wait` and takes the lock, since 1.6.2.
    public boolean hasRestoreWait() {
        return isAtLeast(1, 6, 2);
    }

    /// Whether MASQUERADE and SNAT have `--random-fully`, since 1.6.2.
    public boolean hasRandomFully() {
        return isAtLeast(1, 6, 2);
    }

    private boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new Version(otherMajor, otherMinor, otherPatch, Mode.LEGACY)) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    /// As the program prints it, without its name.
    @Override
    public String toString() {
        return "v" + major + "." + minor + "." + patch + " (" + mode + ")";
    }
}
