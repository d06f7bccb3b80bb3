package dev.weft.firewall.iptables;

import dev.weft.linux.MalformedMessageException;

/// How much a rule or a chain's policy has met.
///
/// @param packets unsigned
/// @param bytes unsigned
public record Counters(long packets, long bytes) {
    /// Nothing yet.
    public static final Counters ZERO = new Counters(0, 0);

    /// Reads two unsigned numbers of 64 bits.
    static Counters parse(String packets, String bytes) {
        return new Counters(number(packets), number(bytes));
    }

    /// Reads `[12:3400]`.
    static Counters parseBracketed(String text) {
        int colon = text.indexOf(':');
        if (!text.startsWith("[") || !text.endsWith("]") || colon < 0) {
            throw new MalformedMessageException("'" + text + "' are no counters like [12:3400]");
        }
        return parse(text.substring(1, colon), text.substring(colon + 1, text.length() - 1));
    }

    private static long number(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException none) {
            throw new MalformedMessageException("'" + text + "' is no counter");
        }
    }

    /// As `iptables-save -c` prints them.
    @Override
    public String toString() {
        return "[" + Long.toUnsignedString(packets) + ":" + Long.toUnsignedString(bytes) + "]";
    }
}
