package dev.weft.cli.fw;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cli.text.Terminal;
import dev.weft.firewall.Batch;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.desired.Difference;
import dev.weft.firewall.value.Surroundings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/// What tables lack to be as a file says.
///
/// @param all of each table of the file
/// @param around what the lines are read beside
record Differences(List<Difference> all, Surroundings around) {
    Differences {
        all = List.copyOf(all);
    }

    /// Compares tables of a namespace with those of a file.
    static Differences of(Nftables nftables, List<TableContent> wanted, Surroundings around) {
        return nftables.consistent(() -> {
            List<Table> there = nftables.tables();
            return new Differences(
                    wanted.stream()
                            .map(content ->
                                    Difference.between(actual(nftables, there, content), content))
                            .toList(),
                    around);
        });
    }

    private static Optional<TableContent> actual(
            Nftables nftables, List<Table> there, TableContent wanted) {
        return there.stream()
                .filter(table ->
                        table.family() == wanted.table().family()
                                && table.name().equals(wanted.table().name()))
                .findFirst()
                .map(nftables::read);
    }

    boolean isEmpty() {
        return all.stream().allMatch(Difference::isEmpty);
    }

    /// All of it as one transaction.
    Batch toBatch() {
        Batch batch = new Batch();
        all.forEach(difference -> difference.addTo(batch));
        return batch;
    }

    /// A line for each change, in colours where the terminal has them.
    void print(PrintWriter out) {
        all.forEach(difference -> print(difference, around, out));
    }

    static void print(Difference difference, Surroundings around, PrintWriter out) {
        difference.changes().stream()
                .map(change -> change.text(around))
                .map(line -> Terminal.styled(Ansi.AUTO, style(line), line))
                .forEach(out::println);
    }

    private static Style style(String line) {
        return switch (line.charAt(0)) {
            case '+' -> Style.fg_green;
            case '-' -> Style.fg_red;
            default -> Style.fg_yellow;
        };
    }

    /// One object with the tables that differ.
    String json() {
        JsonArray tables = new JsonArray();
        all.stream()
                .filter(difference -> !difference.isEmpty())
                .map(this::json)
                .forEach(tables::add);
        JsonObject report = new JsonObject();
        report.addProperty("same", isEmpty());
        report.add("tables", tables);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(report);
    }

    private JsonObject json(Difference difference) {
        JsonArray changes = new JsonArray();
        difference.changes().stream().map(change -> change.text(around)).forEach(changes::add);
        JsonObject table = new JsonObject();
        table.addProperty("family", difference.table().family().toString());
        table.addProperty("name", difference.table().name());
        table.add("changes", changes);
        return table;
    }
}
