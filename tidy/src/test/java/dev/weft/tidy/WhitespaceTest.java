package dev.weft.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WhitespaceTest {

    @Test
    void line_endsInNoBlank() {
        assertThat(
                        Checkout.violations(
                                written().stream(),
                                line ->
                                        line.equals(line.stripTrailing())
                                                ? Optional.empty()
                                                : Optional.of("ends in a blank")))
                .isEmpty();
    }

    @Test
    void file_endsInANewline() {
        assertThat(
                        written().stream()
                                .filter(file -> !file.endsInNewline())
                                .map(Checkout.TextFile::path))
                .isEmpty();
    }

    /// What people write: recorded outputs of other programs are kept as they came.
    private static List<Checkout.TextFile> written() {
        return Checkout.textFiles().stream()
                .filter(file -> !file.path().toString().contains("/src/test/resources/"))
                .toList();
    }
}
