package dev.weft.wire;

import java.util.Locale;

/// What is wrong with a packet, and where.
///
/// @param protocol the protocol whose header is wrong, in its RFC's name
/// @param field the field that cannot be as it is
/// @param offset where the field starts, in bytes from the start of that header
/// @param expected what would have been right
/// @param actual what is there
public record Malformation(
        String protocol, String field, int offset, String expected, String actual) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s at byte %d: expected %s, found %s",
                protocol,
                field,
                offset,
                expected,
                actual);
    }
}
