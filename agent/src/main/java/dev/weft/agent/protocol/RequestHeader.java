package dev.weft.agent.protocol;

/// How a request begins: whether it is understood, and how much follows.
///
/// @param version of the protocol; of another one than [#isSupported] nothing else is known
/// @param stringsBytes the size of name and environment
/// @param inputBytes the size of what was on standard input
public record RequestHeader(int version, int stringsBytes, int inputBytes) {
    /// Its size.
    public static final int BYTES = Header.BYTES;

    /// The most that name and environment may have together.
    public static final int MAX_STRINGS_BYTES = 1 << 20;

    /// The most that the input may have.
    public static final int MAX_INPUT_BYTES = 4 << 20;

    /// Reads it.
    ///
    /// @throws MalformedCallException when it is none, or announces too much
    public static RequestHeader decode(byte[] bytes) {
        int version = Header.version(bytes);
        if (version != Header.VERSION) {
            return new RequestHeader(version, 0, 0);
        }
        return new RequestHeader(
                version,
                Header.firstSize(bytes, MAX_STRINGS_BYTES, "the environment"),
                Header.secondSize(bytes, MAX_INPUT_BYTES, "the input"));
    }

    /// Whether the rest can be read.
    public boolean isSupported() {
        return version == Header.VERSION;
    }

    /// How many bytes follow.
    public int bodyBytes() {
        return stringsBytes + inputBytes;
    }
}
