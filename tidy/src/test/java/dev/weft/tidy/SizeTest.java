package dev.weft.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.tidy.JavaSources.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A file is read in one sitting and a method does one thing. Sizes show where that may not hold:
/// the worst are written to `target/sizes.txt`, and these limits fail the build.
final class SizeTest {

    /// One screen, which nearly every method fits.
    private static final int SCREEN_LINES = 33;

    /// Two screens: what does not fit is a table, a sealed family or several methods.
    private static final int METHOD_LINES = 2 * SCREEN_LINES;

    /// Fifteen screens: beyond that nobody keeps the beginning in mind.
    private static final int FILE_LINES = 500;

    /// Decoders and state machines have the long methods; they are a small part.
    private static final double SHARE_BEYOND_A_SCREEN = 0.03;

    private static final JavaSources SOURCES = JavaSources.parse();

    @Test
    void sizes_areReportedWorstFirst() throws IOException {
        Path report = Path.of("target", "sizes.txt");
        Files.write(
                report,
                Stream.concat(worst(SOURCES.files()), worst(SOURCES.methods()))
                        .map(Item::toString)
                        .toList());
        assertThat(report).isNotEmptyFile();
    }

    @Test
    void file_isReadInOneSitting() {
        assertThat(beyond(SOURCES.files(), FILE_LINES)).isEmpty();
    }

    @Test
    void method_doesOneThing() {
        assertThat(beyond(SOURCES.methods(), METHOD_LINES)).isEmpty();
    }

    @Test
    void nearlyEveryMethod_fitsAScreen() {
        List<Item> beyond = beyond(SOURCES.methods(), SCREEN_LINES);
        assertThat(beyond.size())
                .as("of %d methods these are longer: %s", SOURCES.methods().size(), beyond)
                .isLessThanOrEqualTo((int) (SOURCES.methods().size() * SHARE_BEYOND_A_SCREEN));
    }

    private static Stream<Item> worst(List<Item> items) {
        return items.stream().sorted(Comparator.comparingLong(Item::lines).reversed()).limit(10);
    }

    private static List<Item> beyond(List<Item> items, int limit) {
        return items.stream().filter(item -> item.lines() > limit).toList();
    }
}
