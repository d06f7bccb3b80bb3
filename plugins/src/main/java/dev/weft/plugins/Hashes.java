package dev.weft.plugins;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names made of hashes: as the reference plugins make them, so that each finds what the other
/// made.
final class Hashes {
    private Hashes() {}

    /// The beginning of the SHA-512 of a text, in lower-case hexadecimal digits.
    static String sha512(String text, int digits) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-512")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, (digits + 1) / 2).substring(0, digits);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
