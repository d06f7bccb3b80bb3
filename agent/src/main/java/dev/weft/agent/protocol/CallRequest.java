package dev.weft.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// The call of a plugin's process, as the shim was started. Bytes that are no UTF-8 are replaced.
///
/// @param plugin the name that it was started by
/// @param environment all variables; of two with a name the first counts, as for `getenv`
/// @param input what was on standard input
public record CallRequest(String plugin, Map<String, String> environment, String input) {
    public CallRequest {
        environment = Map.copyOf(environment);
    }

    /// Reads what follows a header.
    ///
    /// @throws MalformedCallException when it is not what the header announced
    public static CallRequest decode(RequestHeader header, byte[] body) {
        if (body.length != header.bodyBytes()) {
            throw new MalformedCallException("a request that is not as long as it said");
        }
        Strings strings = new Strings(body, header.stringsBytes());
        String plugin = strings.next();
        Map<String, String> environment = new LinkedHashMap<>();
        while (strings.hasNext()) {
            String variable = strings.next();
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.putIfAbsent(
                        variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return new CallRequest(
                plugin,
                environment,
                new String(body, header.stringsBytes(), header.inputBytes(), UTF_8));
    }

    /// The whole message, header included.
    ///
    /// @throws IllegalArgumentException when it is larger than an agent takes
    public byte[] encode() {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        write(strings, plugin);
        environment.forEach((name, value) -> write(strings, name + "=" + value));
        byte[] text = input.getBytes(UTF_8);
        if (strings.size() > RequestHeader.MAX_STRINGS_BYTES
                || text.length > RequestHeader.MAX_INPUT_BYTES) {
            throw new IllegalArgumentException("a request beyond its limits");
        }
        return Header.begin(0, 0, strings.size(), text.length)
                .put(strings.toByteArray())
                .put(text)
                .array();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
        out.write(0);
    }

    /// Texts that each end with a zero byte.
    private static final class Strings {
        private final byte[] bytes;
        private final int end;
        private int at;

        Strings(byte[] bytes, int end) {
            this.bytes = bytes;
            this.end = end;
        }

        boolean hasNext() {
            return at < end;
        }

        String next() {
            int from = at;
            while (at < end && bytes[at] != 0) {
                at++;
            }
            if (at == end) {
                throw new MalformedCallException("a text of a request that does not end");
            }
            return new String(bytes, from, at++ - from, UTF_8);
        }
    }
}
