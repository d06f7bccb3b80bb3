package dev.weft.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// What the compiler's own parser says about every Java file of the tree.
///
/// @param files every file, with its length
/// @param methods every method and constructor with a body, with its length
/// @param types every named type
/// @param describedPackages every `package-info.java` that is annotated `@NullMarked`
record JavaSources(
        List<Item> files, List<Item> methods, List<Item> types, List<Item> describedPackages) {

    JavaSources {
        files = List.copyOf(files);
        methods = List.copyOf(methods);
        types = List.copyOf(types);
        describedPackages = List.copyOf(describedPackages);
    }

    /// Something that stands in a file.
    ///
    /// @param file the path below the root
    /// @param name a type's name, or `Type.method`; empty for a whole file
    /// @param line where it begins, counted from one
    /// @param lines how many lines it has, annotations included, comments above it not
    record Item(Path file, String name, long line, long lines) {

        @Override
        public String toString() {
            return file + ":" + line + (name.isEmpty() ? "" : " " + name) + ", " + lines + " lines";
        }
    }

    /// Parses every Java file of the tree. Nothing is resolved, so this takes about a second.
    static JavaSources parse() {
        List<Path> paths =
                Checkout.textFiles().stream()
                        .filter(file -> file.isNamed(".java"))
                        .map(file -> Checkout.root().resolve(file.path()))
                        .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(paths));
            JavaScanner scanner = new JavaScanner(Trees.instance(task).getSourcePositions());
            for (CompilationUnitTree unit : task.parse()) {
                scanner.scanUnit(unit);
            }
            return scanner.found();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
