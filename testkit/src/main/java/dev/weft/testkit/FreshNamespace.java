package dev.weft.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Gives each class of kernel tests a namespace without links and rules, whatever the class before
/// it has left: peers leave tables, and the kernel deletes some links after everybody has gone. Its
/// service file registers it for every test run.
///
/// Only where the script that starts the test JVM made a namespace, and not in the one that it was
/// called from.
public final class FreshNamespace implements BeforeAllCallback {
    private static final String OUTSIDE = "WEFT_TEST_OUTSIDE";
    private static final Path OWN = Path.of("/proc/self/ns/net");
    private static final Path LINKS = Path.of("/proc/self/net/dev");

    /// Lines before those of the links.
    private static final int HEAD = 2;

    /// For the service loader.
    public FreshNamespace() {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Class<?> type = context.getRequiredTestClass();
        if (DescriptorLeakCheck.TEST_CLASS.matcher(type.getSimpleName()).matches()
                && !type.isAnnotationPresent(Nested.class)
                && isOurs()) {
            empty();
        }
    }

    private static boolean isOurs() throws IOException {
        String outside = System.getenv(OUTSIDE);
        return outside != null && !Files.readSymbolicLink(OWN).toString().equals(outside);
    }

    private static void empty() throws IOException {
        // Devices that the kernel makes in every namespace stay; a pair goes with its first end.
        links().forEach(link -> Command.run("ip", "link", "delete", link));
        if (Command.isInstalled("nft")) {
            Command.run("nft", "flush", "ruleset");
        }
    }

    private static List<String> links() throws IOException {
        try (Stream<String> lines = Files.lines(LINKS)) {
            return lines.skip(HEAD)
                    .map(line -> line.substring(0, line.lastIndexOf(':')).strip())
                    .filter(link -> !link.equals("lo"))
                    .toList();
        }
    }
}
