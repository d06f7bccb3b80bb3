package dev.weft.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The checkout as it would be committed: every text file that is not a product of a build.
final class Checkout {

    /// Names of what a build, an editor or Git made; in a linked worktree .git is a file.
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".cache", ".idea", ".vscode", "node_modules");

    /// A text file: its path below the root and its lines.
    record TextFile(Path path, List<String> lines, boolean endsInNewline) {

        TextFile {
            lines = List.copyOf(lines);
        }

        boolean isNamed(String ending) {
            return path.toString().endsWith(ending);
        }
    }

    private Checkout() {}

    /// The root of the checkout: tests run in the directory of their module, one below.
    static Path root() {
        Path root = Path.of("").toAbsolutePath().getParent();
        if (root == null || !Files.exists(root.resolve("weft"))) {
            throw new AssertionError("not run from a module of a checkout: " + root);
        }
        return root;
    }

    /// All text files, in the order of their paths.
    static List<TextFile> textFiles() {
        return paths(root()).flatMap(path -> read(path).stream()).toList();
    }

    /// Files that violate a rule, each as `path:line: what`; `check` returns nothing for a good
    /// line.
    static List<String> violations(Stream<TextFile> files, LineRule rule) {
        List<String> found = new ArrayList<>();
        files.forEach(file -> {
            for (int i = 0; i < file.lines().size(); i++) {
                String where = file.path() + ":" + (i + 1) + ": ";
                rule.violation(file.lines().get(i)).ifPresent(it -> found.add(where + it));
            }
        });
        return found;
    }

    /// A rule about a single line.
    interface LineRule {
        /// What is wrong with the line, if something is.
        Optional<String> violation(String line);
    }

    private static Stream<Path> paths(Path root) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes attributes) {
                            return isOurs(directory)
                                    ? FileVisitResult.CONTINUE
                                    : FileVisitResult.SKIP_SUBTREE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && isOurs(file)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted();
    }

    private static boolean isOurs(Path path) {
        return !NOT_OURS.contains(String.valueOf(path.getFileName()));
    }

    /// The file's lines, or nothing when its bytes are no text.
    private static Optional<TextFile> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(
                            new TextFile(
                                    root().relativize(file),
                                    text.lines().toList(),
                                    text.isEmpty() || text.endsWith("\n")));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
