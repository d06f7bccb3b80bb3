package dev.weft.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/// Comparisons for people, and for programs.
final class Report {
    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

    private Report() {}

    /// A Markdown table.
    static String table(List<Comparison> comparisons) {
        StringBuilder text = new StringBuilder();
        text.append(
                row(
                        "work",
                        "beside",
                        "ours",
                        "theirs",
                        "ratio",
                        "rounds",
                        "ours p90",
                        "their p90",
                        "target",
                        "met"));
        text.append("|---|---|--:|--:|--:|--:|--:|--:|---|---|\n");
        comparisons.forEach(comparison -> text.append(row(comparison)));
        return text.toString();
    }

    private static String row(Comparison comparison) {
        Unit unit = comparison.unit();
        return row(
                comparison.work(),
                comparison.peer(),
                unit.text(comparison.ours().median()),
                unit.text(comparison.theirs().median()),
                ratio(comparison.ratio()),
                ratio(comparison.roundRatio()),
                unit.text(comparison.ours().percentile(90)),
                unit.text(comparison.theirs().percentile(90)),
                comparison.target().text(),
                switch (comparison.outcome()) {
                    case MET -> "yes";
                    case MISSED -> "no";
                    case NO_TARGET -> "";
                });
    }

    private static String row(Object... cells) {
        return String.format(
                Locale.ROOT,
                "| %-44s | %-23s | %9s | %9s | %7s | %7s | %9s | %9s | %-9s | %-6s |\n",
                cells);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : "%.2f", value);
    }

    /// One object: `{"comparisons": [{"work", "beside", "ours": {...}, "theirs": {...}, ...}]}`.
    static String json(List<Comparison> comparisons) {
        JsonArray rows = new JsonArray();
        comparisons.stream().map(Report::object).forEach(rows::add);
        JsonObject all = new JsonObject();
        all.add("comparisons", rows);
        return JSON.toJson(all) + "\n";
    }

    private static JsonObject object(Comparison comparison) {
        JsonObject object = new JsonObject();
        object.addProperty("work", comparison.work());
        object.addProperty("beside", comparison.peer());
        object.add("ours", object(comparison.ours(), comparison.unit()));
        object.add("theirs", object(comparison.theirs(), comparison.unit()));
        object.addProperty("ratio", comparison.ratio());
        object.addProperty("roundRatio", comparison.roundRatio());
        object.addProperty("target", comparison.target().text());
        object.addProperty("outcome", comparison.outcome().name().toLowerCase(Locale.ROOT));
        return object;
    }

    private static JsonObject object(Samples samples, Unit unit) {
        JsonObject object = new JsonObject();
        object.addProperty("count", samples.count());
        object.addProperty("median" + unit.suffix(), samples.median());
        object.addProperty("p90" + unit.suffix(), samples.percentile(90));
        object.addProperty("p99" + unit.suffix(), samples.percentile(99));
        return object;
    }
}
