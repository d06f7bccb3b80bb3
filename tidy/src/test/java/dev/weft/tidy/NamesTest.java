package dev.weft.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class NamesTest {

    /// Endings that say how a type came about instead of what it is.
    private static final Pattern SAYS_NOTHING =
            Pattern.compile(".*(Impl|Manager|Helpers?|Utils?|Utilit(y|ies))");

    @Test
    void type_isNamedAfterWhatItIs() {
        assertThat(JavaSources.parse().types())
                .isNotEmpty()
                .noneMatch(type -> SAYS_NOTHING.matcher(type.name()).matches());
    }
}
