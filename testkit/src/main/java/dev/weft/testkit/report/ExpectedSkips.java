package dev.weft.testkit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The skips that a continuous integration machine may have, each declared with its reason.
///
/// A line reads `tier Class#method reason`, with `*` for any characters in the first two words.
final class ExpectedSkips {

    private final List<Pattern> declared;

    private ExpectedSkips(List<Pattern> declared) {
        this.declared = declared;
    }

    /// @throws IOException when the file cannot be read
    static ExpectedSkips read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static ExpectedSkips parse(List<String> lines) {
        return new ExpectedSkips(
                lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split(" {2,}", 2)[0])
                        .map(glob -> Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q")))
                        .toList());
    }

    boolean declare(Finding finding) {
        String name = finding.tier() + " " + finding.name();
        return declared.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
