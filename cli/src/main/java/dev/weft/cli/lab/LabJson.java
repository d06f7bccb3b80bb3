package dev.weft.cli.lab;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cli.lab.LabRun.Outcome;
import dev.weft.cli.lab.LabRun.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A lab's report for programs: one object, described in the README.
final class LabJson {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Texts texts;

    LabJson(Texts texts) {
        this.texts = texts;
    }

    String report(Report report) {
        JsonObject object = new JsonObject();
        object.addProperty("lab", report.lab().name());
        object.addProperty("ok", report.isOk());
        JsonArray situations = new JsonArray();
        report.outcomes()
                .forEach(outcome -> situations.add(situation(report.lab().name(), outcome)));
        object.add("situations", situations);
        return PRETTY.toJson(object);
    }

    /// The labs there are, with what each shows.
    String list(List<Lab> labs) {
        JsonArray all = new JsonArray();
        for (Lab lab : labs) {
            JsonObject object = new JsonObject();
            object.addProperty("lab", lab.name());
            object.addProperty("title", texts.of("lab." + lab.name() + ".title"));
            object.addProperty("about", texts.of("lab." + lab.name() + ".about"));
            all.add(object);
        }
        return PRETTY.toJson(all);
    }

    private JsonObject situation(String lab, Outcome outcome) {
        String key = "lab." + lab + "." + outcome.situation().key();
        JsonObject object = new JsonObject();
        object.addProperty("name", texts.of(key + ".name"));
        object.addProperty("ok", outcome.observation().asExpected());
        object.addProperty("expected", texts.of(key + ".expected"));
        object.addProperty("observed", texts.observed(outcome.observation().observed()));
        JsonArray hops = new JsonArray();
        outcome.observation().trails().stream()
                .filter(trail -> trail.flow().isLandmark())
                .flatMap(trail -> trail.hops().stream())
                .map(this::hop)
                .forEach(hops::add);
        object.add("hops", hops);
        return object;
    }

    private JsonObject hop(Trail.Hop hop) {
        JsonObject object = new JsonObject();
        object.addProperty("namespace", hop.node());
        object.addProperty("device", hop.device());
        object.addProperty("direction", hop.direction().name().toLowerCase(Locale.ROOT));
        object.addProperty("protocol", hop.protocol());
        object.addProperty("source", hop.source());
        object.addProperty("destination", hop.destination());
        object.addProperty(
                "change",
                hop.changes().stream().map(texts::change).collect(Collectors.joining(", ")));
        return object;
    }
}
