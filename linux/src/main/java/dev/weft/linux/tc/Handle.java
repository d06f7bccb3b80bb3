package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;
import java.util.Optional;

/// The name of a queueing discipline (`1:`) or of a class in it (`1:10`): a major and a minor
/// number of 16 bits each, written in hexadecimal. Some values are places rather than names.
///
/// @param value the two numbers as the kernel's word, major number in the upper half
public record Handle(int value) {
    /// None: let the kernel choose, or the beginning of everything.
    public static final Handle NONE = new Handle(0);

    /// As a parent: the top of a link's way out.
    public static final Handle ROOT = new Handle(-1);

    /// As a parent: where the `ingress` and `clsact` disciplines hang.
    public static final Handle INGRESS = new Handle(0xffff_fff1);

    /// As a filter's parent: the way in, under `ingress` or `clsact`.
    public static final Handle WAY_IN = new Handle(0xffff_fff2);

    /// As a filter's parent: the way out, under `clsact`.
    public static final Handle WAY_OUT = new Handle(0xffff_fff3);

    private static final int HALF = 0xffff;

    /// A class of a discipline, or the discipline itself with minor number 0.
    ///
    /// @param major 0 to 65,535
    /// @param minor 0 to 65,535
    public static Handle of(int major, int minor) {
        if (major < 0 || major > HALF || minor < 0 || minor > HALF) {
            throw new InvalidRequestException(
                    "a handle has two numbers of 0 to 65535, not " + major + " and " + minor);
        }
        return new Handle(major << 16 | minor);
    }

    /// Reads a handle as `tc` writes it: `1:10`, `1:`, `:10`, `root`, `none`.
    ///
    /// @throws InvalidRequestException when the text is none
    public static Handle parse(String text) {
        return tryParse(text)
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "'"
                                        + text
                                        + "' is no handle: write 'major:minor' in hexadecimal, or root"));
    }

    /// As [#parse], with nothing for a text that is no handle.
    public static Optional<Handle> tryParse(String text) {
        return switch (text) {
            case "root" -> Optional.of(ROOT);
            case "none" -> Optional.of(NONE);
            default -> numbers(text);
        };
    }

    private static Optional<Handle> numbers(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() == 1) {
            return Optional.empty();
        }
        return half(text.substring(0, colon))
                .flatMap(major -> half(text.substring(colon + 1)).map(minor -> of(major, minor)));
    }

    private static Optional<Integer> half(String digits) {
        boolean hexadecimal =
                digits.length() <= 4 && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (!hexadecimal) {
            return Optional.empty();
        }
        return Optional.of(digits.isEmpty() ? 0 : Integer.parseInt(digits, 16));
    }

    public int major() {
        return value >>> 16;
    }

    public int minor() {
        return value & HALF;
    }

    /// The handle as `tc` prints it.
    @Override
    public String toString() {
        if (equals(ROOT)) {
            return "root";
        }
        if (equals(NONE)) {
            return "none";
        }
        String major = major() == 0 ? "" : Integer.toHexString(major());
        String minor = minor() == 0 ? "" : Integer.toHexString(minor());
        return major + ":" + minor;
    }
}
