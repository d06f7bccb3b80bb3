package dev.weft.firewall;

import dev.weft.linux.InvalidRequestException;
import java.nio.charset.StandardCharsets;

/// Names of tables, chains and sets.
final class Names {
    /// `NFT_NAME_MAXLEN` counts the final NUL.
    private static final int MAX_BYTES = 255;

    private Names() {}

    static String checked(String what, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES || name.indexOf(0) >= 0) {
            throw new InvalidRequestException(
                    "the name of a " + what + " has 1 to " + MAX_BYTES + " bytes: '" + name + "'");
        }
        return name;
    }
}
