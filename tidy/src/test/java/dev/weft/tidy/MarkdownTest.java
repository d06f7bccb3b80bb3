package dev.weft.tidy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MarkdownTest {

    private static final Pattern HEADING = Pattern.compile("#+ +(.*)");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("(https?|mailto):.*");

    /// Every page by its path below the root.
    private final Map<Path, Page> pages =
            Checkout.textFiles().stream()
                    .filter(file -> file.isNamed(".md"))
                    .map(Page::of)
                    .collect(Collectors.toMap(Page::path, Function.identity()));

    /// A page without its code blocks.
    private record Page(Path path, List<String> prose) {

        static Page of(Checkout.TextFile file) {
            List<String> prose = new ArrayList<>();
            boolean inCode = false;
            for (String line : file.lines()) {
                boolean fence = line.strip().startsWith("```");
                if (!fence && !inCode) {
                    prose.add(line);
                }
                inCode ^= fence;
            }
            return new Page(file.path(), prose);
        }

        Stream<String> links() {
            return prose.stream()
                    .flatMap(line -> LINK.matcher(line).results())
                    .map(match -> match.group(1))
                    .filter(target -> !ELSEWHERE.matcher(target).matches());
        }

        /// Headings as a link names them: lower case, punctuation dropped, blanks as hyphens.
        Set<String> anchors() {
            return prose.stream()
                    .map(HEADING::matcher)
                    .filter(heading -> heading.matches())
                    .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                    .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                    .collect(toSet());
        }
    }

    @Test
    void page_hasOneTitleAndBeginsWithIt() {
        assertThat(pages.values())
                .isNotEmpty()
                .allSatisfy(page -> {
                    assertThat(page.prose())
                            .as("%s", page.path())
                            .first()
                            .asString()
                            .startsWith("# ");
                    assertThat(page.prose().stream().filter(line -> line.startsWith("# ")))
                            .as("titles of %s", page.path())
                            .hasSize(1);
                });
    }

    @Test
    void link_leadsToAFileAndAHeading() {
        assertThat(
                        pages.values().stream()
                                .flatMap(page ->
                                        page.links()
                                                .filter(link -> !leadsSomewhere(page, link))
                                                .map(link -> page.path() + ": " + link)))
                .isEmpty();
    }

    private boolean leadsSomewhere(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path target =
                parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
        if (parts.length == 1) {
            return Files.exists(Checkout.root().resolve(target));
        }
        Page aim = pages.get(target);
        return aim != null && aim.anchors().contains(parts[1]);
    }
}
