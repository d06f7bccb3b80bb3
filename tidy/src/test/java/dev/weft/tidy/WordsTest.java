package dev.weft.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Words that do not belong in a repository stand in `banned-words.txt`, each with the reason.
final class WordsTest {

    private static final String LIST = "tidy/src/test/resources/dev/weft/tidy/banned-words.txt";

    private final List<Ban> bans = bans();

    @Test
    void bannedWords_standNowhere() {
        assertThat(
                        Checkout.violations(
                                Checkout.textFiles().stream().filter(file -> !file.isNamed(LIST)),
                                this::violation))
                .isEmpty();
    }

    @Test
    void bannedWord_isFoundWithItsReason() {
        assertThat(violation("// TO" + "DO later")).get().asString().contains("finish it");
        assertThat(violation("the agent attaches the container")).isEmpty();
    }

    private Optional<String> violation(String line) {
        return bans.stream()
                .filter(ban -> ban.words().matcher(line).find())
                .findFirst()
                .map(ban -> "\"" + line.strip() + "\": " + ban.reason());
    }

    private record Ban(Pattern words, String reason) {}

    private static List<Ban> bans() {
        try {
            return Files.readAllLines(Checkout.root().resolve(LIST)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s{2,}", 2))
                    .map(fields -> new Ban(Pattern.compile(fields[0]), fields[1]))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
