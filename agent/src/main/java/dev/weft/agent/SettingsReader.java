package dev.weft.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Takes settings from a JSON object one by one, and collects what is wrong with them. A key that
/// nobody has taken in the end is unknown.
final class SettingsReader {
    private final JsonObject json;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(JsonObject json) {
        this.json = json;
    }

    /// A text that means something.
    ///
    /// @param wanted says what is accepted
    /// @param meaning nothing when the text is not accepted
    <T> T text(String key, T otherwise, String wanted, Function<String, Optional<T>> meaning) {
        return value(
                key,
                otherwise,
                wanted,
                primitive ->
                        primitive.isString()
                                ? meaning.apply(primitive.getAsString())
                                : Optional.empty());
    }

    /// A whole number.
    int number(String key, int otherwise, int least, int most) {
        return value(
                key,
                otherwise,
                "a number from " + least + " to " + most,
                primitive ->
                        primitive.isNumber() ? whole(primitive, least, most) : Optional.empty());
    }

    private static Optional<Integer> whole(JsonPrimitive primitive, int least, int most) {
        try {
            int number = new BigDecimal(primitive.getAsString()).intValueExact();
            return number >= least && number <= most ? Optional.of(number) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    private <T> T value(
            String key, T otherwise, String wanted, Function<JsonPrimitive, Optional<T>> meaning) {
        known.add(key);
        JsonElement element = json.get(key);
        if (element == null) {
            return otherwise;
        }
        Optional<T> value =
                element instanceof JsonPrimitive primitive
                        ? meaning.apply(primitive)
                        : Optional.empty();
        if (value.isEmpty()) {
            problems.add("\"" + key + "\" is " + element + ", not " + wanted);
        }
        return value.orElse(otherwise);
    }

    /// Everything that is wrong, once all settings are taken.
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        for (String key : json.keySet()) {
            if (!known.contains(key)) {
                all.add("\"" + key + "\" is no setting; did you mean \"" + nearest(key) + "\"?");
            }
        }
        return all;
    }

    private String nearest(String key) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
                .orElseThrow();
    }

    /// How many letters have to be put in, taken out or replaced (Levenshtein), whatever their
    /// case.
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int i = 0; i <= right.length(); i++) {
            row[i] = i;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same =
                        Character.toLowerCase(left.charAt(i - 1))
                                == Character.toLowerCase(right.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
