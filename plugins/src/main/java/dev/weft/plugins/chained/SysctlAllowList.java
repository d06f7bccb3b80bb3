package dev.weft.plugins.chained;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which sysctls the administrator lets configurations set: a file with a regular expression on
/// each line. Each is sought anywhere in a name as the configuration writes it, before `IFNAME` is
/// replaced, so those that mean a whole name begin with `^` and end with `$`.
///
/// @param lines the expressions; nothing when there is no file, which allows everything
public record SysctlAllowList(Optional<List<Pattern>> lines) {
    /// Where the reference plugin has it.
    public static final Path FILE = Path.of("/etc/cni/tuning/allowlist.conf");

    /// No list.
    public static SysctlAllowList everything() {
        return new SysctlAllowList(Optional.empty());
    }

    /// Reads a file.
    ///
    /// @throws CniException when it cannot be read, or a line is no regular expression
    static SysctlAllowList read(Path file) {
        List<String> texts;
        try {
            texts = Files.readAllLines(file);
        } catch (NoSuchFileException everythingAllowed) {
            return everything();
        } catch (IOException failed) {
            throw new CniException(ErrorCode.IO_FAILURE, "cannot read " + file + ": " + failed);
        }
        List<Pattern> lines = new ArrayList<>();
        for (String text : texts) {
            if (!text.isBlank()) {
                lines.add(expression(file, text.strip()));
            }
        }
        return new SysctlAllowList(Optional.of(List.copyOf(lines)));
    }

    private static Pattern expression(Path file, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "in " + file + ": '" + text + "' is no regular expression",
                    malformed.getDescription());
        }
    }

    /// Accepts a name.
    ///
    /// @throws CniException when the list has no expression for it
    void require(String name) {
        if (lines.isPresent()
                && lines.get().stream().noneMatch(line -> line.matcher(name).find())) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "Sysctl "
                            + name
                            + " is not allowed. Only the following sysctls are allowed: ["
                            + String.join(" ", lines.get().stream().map(Pattern::pattern).toList())
                            + "]");
        }
    }
}
