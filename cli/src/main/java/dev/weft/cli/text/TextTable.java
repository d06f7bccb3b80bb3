package dev.weft.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows under a heading, every column as wide as its widest cell.
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /// A table with these headings.
    public TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    /// Adds a row, one cell for each heading.
    public TextTable row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.getFirst().size() + " headings");
        }
        rows.add(List.of(cells));
        return this;
    }

    /// Whether it has a heading alone.
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /// The lines, heading first, without spaces at their ends.
    public List<String> lines() {
        int[] widths = IntStream.range(0, rows.getFirst().size()).map(this::width).toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> Terminal.width(row.get(column))).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> Terminal.padded(row.get(column), widths[column]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
