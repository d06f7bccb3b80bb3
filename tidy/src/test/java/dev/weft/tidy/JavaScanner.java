package dev.weft.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import dev.weft.tidy.JavaSources.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks parsed files and notes what is declared in them. The scanner's parameter is where it is.
final class JavaScanner extends TreeScanner<@Nullable Void, JavaScanner.Place> {

    private final SourcePositions positions;
    private final List<Item> files = new ArrayList<>();
    private final List<Item> methods = new ArrayList<>();
    private final List<Item> types = new ArrayList<>();
    private final List<Item> describedPackages = new ArrayList<>();

    JavaScanner(SourcePositions positions) {
        this.positions = positions;
    }

    /// A file, and the type in it that is being walked; empty outside of types.
    record Place(CompilationUnitTree unit, String type) {}

    JavaSources found() {
        return new JavaSources(files, methods, types, describedPackages);
    }

    void scanUnit(CompilationUnitTree unit) {
        Item file = whole(unit);
        files.add(file);
        if (unit.getPackageAnnotations().stream()
                .anyMatch(it -> it.getAnnotationType().toString().equals("NullMarked"))) {
            describedPackages.add(file);
        }
        scan(unit, new Place(unit, ""));
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Place place) {
        String name = type.getSimpleName().toString();
        if (name.isEmpty()) {
            return super.visitClass(type, place);
        }
        types.add(item(place, name, type));
        return super.visitClass(type, new Place(place.unit(), name));
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Place place) {
        if (method.getBody() != null) {
            methods.add(item(place, place.type() + "." + method.getName(), method));
        }
        return super.visitMethod(method, place);
    }

    private Item whole(CompilationUnitTree unit) {
        long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit));
        return new Item(path(unit), "", 1, end);
    }

    private Item item(Place place, String name, Tree declaration) {
        CompilationUnitTree unit = place.unit();
        LineMap lines = unit.getLineMap();
        long begin = lines.getLineNumber(positions.getStartPosition(unit, declaration));
        long end = lines.getLineNumber(positions.getEndPosition(unit, declaration));
        return new Item(path(unit), name, begin, end - begin + 1);
    }

    private static Path path(CompilationUnitTree unit) {
        return Checkout.root().relativize(Path.of(unit.getSourceFile().toUri()));
    }
}
