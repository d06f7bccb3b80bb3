package dev.weft.tidy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.tidy.JavaSources.Item;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PackagesTest {

    @Test
    void everyPackage_isDescribedAndNullMarked() {
        JavaSources sources = JavaSources.parse();
        Set<String> described = packages(sources.describedPackages());
        assertThat(packages(sources.files())).isSubsetOf(described);
    }

    /// Module and package of each file: tests may stand in the package they test, described once.
    private static Set<String> packages(List<Item> files) {
        return files.stream()
                .map(Item::file)
                .filter(file -> !file.endsWith("module-info.java"))
                .map(PackagesTest::packageOf)
                .collect(toSet());
    }

    private static String packageOf(Path file) {
        return file.toString().replaceFirst("/src/(main|test)/java/(.*)/[^/]*", " $2");
    }
}
