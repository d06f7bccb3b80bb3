package dev.weft.firewall.differential;

import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A ruleset in the JSON of libnftables, to be compared with another.
record NftJson(JsonElement tree) {
    /// A dump takes a moment, in which elements with a timeout come nearer to their end.
    private static final int SECONDS_BETWEEN_DUMPS = 5;

    private static final int MAX_DIFFERENCES = 12;

    /// Reads what `nft -j list ruleset` printed, or another that prints the same, but for the
    /// program's version.
    ///
    /// Flags of tables are left out as well: `nft` 1.0.6 writes the name of the table there.
    static NftJson parse(String text) {
        JsonArray objects = new JsonArray();
        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("nftables").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(object -> !object.has("metainfo"))
                .map(NftJson::withoutTableFlags)
                .forEach(objects::add);
        return new NftJson(objects);
    }

    private static JsonObject withoutTableFlags(JsonObject object) {
        if (object.has("table")) {
            object.getAsJsonObject("table").remove("flags");
        }
        return object;
    }

    /// The same ruleset as it would be in another namespace: without handles, and with elements in
    /// an order of their own, since the kernel seeds each set's hash.
    NftJson elsewhere() {
        return new NftJson(elsewhere(tree));
    }

    private static JsonElement elsewhere(JsonElement element) {
        return switch (element) {
            case JsonObject object -> {
                JsonObject copy = new JsonObject();
                object.asMap().forEach((name, value) -> copy.add(name, elsewhere(name, value)));
                copy.remove("handle");
                yield copy;
            }
            case JsonArray array -> list(array.asList().stream().map(NftJson::elsewhere).toList());
            default -> element;
        };
    }

    private static JsonElement elsewhere(String name, JsonElement value) {
        JsonElement copy = elsewhere(value);
        boolean elements = (name.equals("elem") || name.equals("set")) && copy.isJsonArray();
        return elements
                ? list(
                        copy.getAsJsonArray().asList().stream()
                                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                                .toList())
                : copy;
    }

    private static JsonArray list(List<JsonElement> elements) {
        JsonArray list = new JsonArray(elements.size());
        elements.forEach(list::add);
        return list;
    }

    /// Fails unless this says the same as what was expected, naming each place that differs.
    void assertSame(NftJson expected) {
        List<String> differences = new ArrayList<>();
        compare("", expected.tree, tree, differences);
        if (!differences.isEmpty()) {
            fail(
                    String.join(
                            "\n",
                            differences.subList(0, Math.min(MAX_DIFFERENCES, differences.size()))));
        }
    }

    private static void compare(
            String path, JsonElement expected, JsonElement actual, List<String> differences) {
        if (expected instanceof JsonObject one && actual instanceof JsonObject other) {
            Set<String> names = new TreeSet<>(one.keySet());
            names.addAll(other.keySet());
            names.forEach(
                    name -> member(path + "." + name, one.get(name), other.get(name), differences));
        } else if (expected instanceof JsonArray one
                && actual instanceof JsonArray other
                && one.size() == other.size()) {
            IntStream.range(0, one.size())
                    .forEach(i ->
                            compare(path + "[" + i + "]", one.get(i), other.get(i), differences));
        } else if (!expected.equals(actual) && !isSoonAfter(path, expected, actual)) {
            differences.add(path + "\n   expected " + expected + "\n   got      " + actual);
        }
    }

    private static void member(
            String path,
            @Nullable JsonElement expected,
            @Nullable JsonElement actual,
            List<String> differences) {
        if (expected == null || actual == null) {
            differences.add(
                    path
                            + "\n   "
                            + (expected == null ? "too much " + actual : "missing " + expected));
        } else {
            compare(path, expected, actual, differences);
        }
    }

    private static boolean isSoonAfter(String path, JsonElement expected, JsonElement actual) {
        return path.endsWith(".expires")
                && expected instanceof JsonPrimitive
                && actual instanceof JsonPrimitive
                && Math.abs(expected.getAsLong() - actual.getAsLong()) <= SECONDS_BETWEEN_DUMPS;
    }
}
