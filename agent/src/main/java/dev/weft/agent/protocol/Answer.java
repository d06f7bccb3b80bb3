package dev.weft.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What the agent says to a call.
public sealed interface Answer {
    /// The size of its header.
    int HEADER_BYTES = Header.BYTES;

    /// The most that both outputs may have together.
    int MAX_OUTPUT_BYTES = 16 << 20;

    /// The call was served.
    ///
    /// @param exitCode 0 to 255
    /// @param output for standard output
    /// @param errors for standard error
    record Answered(int exitCode, String output, String errors) implements Answer {}

    /// Nothing was done: the shim is to do it itself.
    record Declined() implements Answer {}

    /// The message.
    ///
    /// @throws IllegalArgumentException when the outputs are too large for the shim
    default byte[] encode() {
        return switch (this) {
            case Declined() -> Header.begin(1, 0, 0, 0).array();
            case Answered(int exitCode, String output, String errors) -> {
                byte[] out = output.getBytes(UTF_8);
                byte[] err = errors.getBytes(UTF_8);
                if (out.length > MAX_OUTPUT_BYTES - err.length) {
                    throw new IllegalArgumentException("an answer beyond its limit");
                }
                yield Header.begin(0, exitCode, out.length, err.length).put(out).put(err).array();
            }
        };
    }

    /// How many bytes follow a header.
    ///
    /// @throws MalformedCallException when it is none
    static int bodyBytes(byte[] header) {
        if (Header.version(header) != Header.VERSION || Header.first(header) > 1) {
            throw new MalformedCallException("an answer of another version");
        }
        int output = Header.firstSize(header, MAX_OUTPUT_BYTES, "the output");
        return output + Header.secondSize(header, MAX_OUTPUT_BYTES - output, "standard error");
    }

    /// Reads an answer, as a caller does.
    ///
    /// @throws MalformedCallException when it is none
    static Answer decode(byte[] header, byte[] body) {
        if (bodyBytes(header) != body.length) {
            throw new MalformedCallException("an answer that is not as long as it said");
        }
        if (Header.first(header) == 1) {
            return new Declined();
        }
        int output = Header.firstSize(header, MAX_OUTPUT_BYTES, "the output");
        return new Answered(
                Header.second(header),
                new String(body, 0, output, UTF_8),
                new String(body, output, body.length - output, UTF_8));
    }
}
