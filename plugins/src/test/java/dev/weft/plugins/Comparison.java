package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.plugins.InterfaceLab.Answer;
import dev.weft.plugins.InterfaceLab.Maker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// One configuration given to the reference plugin and to Weft's, each on a host of its own; then
/// each one's attachment checked and deleted by the other.
final class Comparison {
    /// What is configured, and in what the two then differ beyond what they always do.
    ///
    /// @param keys of the configuration, as [InterfaceLab#configuration] takes them
    /// @param arguments CNI_ARGS
    /// @param preparation script that runs on the host before
    record Scenario(
            String name,
            String version,
            String keys,
            String arguments,
            String preparation,
            Set<KnownDifference> differences) {
        static Scenario of(String name, String keys, KnownDifference... differences) {
            return new Scenario(name, "1.0.0", keys, "", "true", Set.of(differences));
        }

        Scenario with(String newArguments) {
            return new Scenario(name, version, keys, newArguments, preparation, differences);
        }

        Scenario in(String newVersion) {
            return new Scenario(
                    name + " in " + newVersion,
                    newVersion,
                    keys,
                    arguments,
                    preparation,
                    differences);
        }

        Scenario after(String script) {
            return new Scenario(name, version, keys, arguments, script, differences);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Scenario scenario;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Scenario scenario) {
        this.scenario = scenario;
    }

    /// Compares, and fails for what [KnownDifference] does not have or the scenario does not
    /// expect.
    static void run(String type, Scenario scenario, Path directory) {
        Comparison comparison = new Comparison(scenario);
        try (InterfaceLab theirs = new InterfaceLab(type, directory.resolve("theirs"));
                InterfaceLab ours = new InterfaceLab(type, directory.resolve("ours"))) {
            comparison.compare(theirs, ours);
        }
        Set<KnownDifference> expected = KnownDifference.ofEvery(type);
        expected.addAll(scenario.differences());
        Set<KnownDifference> seen = EnumSet.noneOf(KnownDifference.class);
        List<String> unknown = new ArrayList<>();
        for (String difference : comparison.differences) {
            expected.stream()
                    .filter(each -> each.is(difference))
                    .findFirst()
                    .ifPresentOrElse(seen::add, () -> unknown.add(difference));
        }
        assertThat(unknown).as("differences, theirs -> ours").isEmpty();
        assertThat(seen).as("differences").isEqualTo(expected);
    }

    private void compare(InterfaceLab theirs, InterfaceLab ours) {
        Map<String, String> empty = KernelFields.of(ours.container(), UnaryOperator.identity());
        Made their = make(Maker.THEIRS, theirs, empty);
        Made our = make(Maker.OURS, ours, empty);
        note("result ", their.result, our.result);
        note("host ", their.host, our.host);
        note("container ", their.container, our.container);
        note("left ", their.remains, our.remains);
        note("left of theirs by ours ", their.remains, takeAway(Maker.THEIRS, theirs));
        note("left of ours by theirs ", our.remains, takeAway(Maker.OURS, ours));
        assertThat(NodeState.of(ours.leases()) + NodeState.of(theirs.leases()))
                .doesNotContain("c1");
        call(Maker.OURS, ours, "DEL", ours.configuration(scenario.version(), scenario.keys()));
        assertThat(KernelFields.of(ours.host(), our.names)).isEqualTo(our.remains);
        assertThat(NodeState.of(ours.state())).isEmpty();
    }

    /// What somebody made, and what it left after its own DEL.
    private record Made(
            Map<String, String> result,
            Map<String, String> host,
            Map<String, String> container,
            Map<String, String> remains,
            UnaryOperator<String> names) {}

    /// @param empty what a container has before and after
    private Made make(Maker maker, InterfaceLab lab, Map<String, String> empty) {
        NatLab.in(lab.host(), scenario.preparation());
        JsonObject configuration = lab.configuration(scenario.version(), scenario.keys());
        JsonObject result = call(maker, lab, "ADD", configuration);
        UnaryOperator<String> names = names(result, lab);
        Map<String, String> fields = new TreeMap<>();
        flatten("", result, names, fields);
        Map<String, String> host = KernelFields.of(lab.host(), names);
        Map<String, String> container = KernelFields.of(lab.container(), names);
        configuration.add("prevResult", result);
        call(maker, lab, "DEL", configuration);
        assertThat(KernelFields.of(lab.container(), UnaryOperator.identity())).isEqualTo(empty);
        return new Made(fields, host, container, KernelFields.of(lab.host(), names), names);
    }

    /// Makes it again, and has the other one check and delete it.
    private Map<String, String> takeAway(Maker maker, InterfaceLab lab) {
        JsonObject configuration = lab.configuration(scenario.version(), scenario.keys());
        JsonObject result = call(maker, lab, "ADD", configuration);
        configuration.add("prevResult", result);
        if (!scenario.version().equals("0.3.1")) {
            attempt(maker, "CHECK", lab, configuration);
        }
        if (!attempt(maker, "DEL", lab, configuration)) {
            call(maker.other(), lab, "DEL", configuration);
        }
        return KernelFields.of(lab.host(), names(result, lab));
    }

    private boolean attempt(
            Maker maker, String command, InterfaceLab lab, JsonObject configuration) {
        Answer answer = lab.call(maker.other(), command, configuration, scenario.arguments());
        boolean isFine = answer.exit() == 0;
        if (!isFine) {
            differences.add(
                    command.toLowerCase(Locale.ROOT)
                            + " of "
                            + maker.word()
                            + " by "
                            + maker.other().word()
                            + ": "
                            + answer.message());
        }
        return isFine;
    }

    private JsonObject call(
            Maker maker, InterfaceLab lab, String command, JsonObject configuration) {
        return lab.call(maker, command, configuration, scenario.arguments()).orFail().output();
    }

    private void note(String what, Map<String, String> theirs, Map<String, String> ours) {
        Set<String> paths = new TreeSet<>(theirs.keySet());
        paths.addAll(ours.keySet());
        for (String path : paths) {
            if (!Objects.equals(theirs.get(path), ours.get(path))) {
                differences.add(what + path + ": " + theirs.get(path) + " -> " + ours.get(path));
            }
        }
    }

    /// Names and addresses by chance are called by what has them. Identifiers of bridges have
    /// addresses without leading zeros.
    private static UnaryOperator<String> names(JsonObject result, InterfaceLab lab) {
        Map<String, String> names = new TreeMap<>();
        names.put(lab.container().path().toString(), "SANDBOX");
        int number = 0;
        for (JsonElement each : result.getAsJsonArray("interfaces")) {
            JsonObject link = each.getAsJsonObject();
            String mac = link.get("mac").getAsString();
            if (link.get("name").getAsString().startsWith("veth")) {
                names.put(link.get("name").getAsString(), "HOST");
            }
            names.put(mac, "MAC" + number);
            names.put("8000." + mac.replaceAll("\\b0", ""), "8000.MAC" + number);
            number++;
        }
        return text -> {
            String named = text;
            for (Map.Entry<String, String> each : names.entrySet()) {
                named = named.replace(each.getKey(), each.getValue());
            }
            return named;
        };
    }

    private static void flatten(
            String path,
            JsonElement element,
            UnaryOperator<String> names,
            Map<String, String> fields) {
        if (element.isJsonObject()) {
            element.getAsJsonObject()
                    .entrySet()
                    .forEach(entry ->
                            flatten(path + "." + entry.getKey(), entry.getValue(), names, fields));
        } else if (element.isJsonArray()) {
            int number = 0;
            for (JsonElement each : element.getAsJsonArray()) {
                flatten(path + "." + number++, each, names, fields);
            }
        } else {
            fields.put(path, names.apply(element.getAsString()));
        }
    }
}
