package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// How keys are read that several plugins have.
public final class CommonKeys {
    private CommonKeys() {}

    /// What counts instead of the names that the addresses' plugin tells. One field, even an empty
    /// list, makes it count.
    public static Optional<Dns> dns(Fields fields) {
        return fields.object("dns")
                .filter(dns ->
                        Stream.of("nameservers", "domain", "search", "options").anyMatch(dns::has))
                .map(Dns::of);
    }

    /// A path that a key has.
    ///
    /// @throws CniException when no file can have it, or it is relative
    public static Path path(Fields fields, String key, String text) {
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw fields.wrong(key, "an absolute path");
        }
        return Path.of(text);
    }

    /// A configuration that cannot be meant.
    public static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }
}
