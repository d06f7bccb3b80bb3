package dev.weft.plugins.site;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names made of hashes: as the reference plugins make them, so that each finds what the other
/// made.
public final class Hashes {
    private Hashes() {}

    /// Copied for each use, which takes a tenth of looking the algorithm up.
    private static final class Sha512 {
        static final MessageDigest FRESH = fresh();

        private static MessageDigest fresh() {
            try {
                return MessageDigest.getInstance("SHA-512");
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /// The beginning of the SHA-512 of a text, in lower-case hexadecimal digits.
    public static String sha512(String text, int digits) {
        try {
            MessageDigest digest = (MessageDigest) Sha512.FRESH.clone();
            byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, (digits + 1) / 2).substring(0, digits);
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
