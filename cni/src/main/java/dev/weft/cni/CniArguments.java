package dev.weft.cni;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pairs of CNI_ARGS: `IgnoreUnknown=1;IP=10.1.2.3`. Keys are compared exactly.
///
/// @param values by key
public record CniArguments(Map<String, String> values) {
    private static final String IGNORE_UNKNOWN = "IgnoreUnknown";
    private static final CniArguments NONE = new CniArguments(Map.of());

    public CniArguments {
        values = Map.copyOf(values);
    }

    /// Reads the text, of which a plugin knows some keys.
    ///
    /// @throws CniException when a pair is malformed, or a key unknown that is not to be ignored
    public static CniArguments parse(String text, Set<String> known) {
        if (text.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
                throw invalid("ARGS: invalid pair \"" + pair + '"');
            }
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        boolean ignoring = isIgnoring(values);
        List<String> unknown =
                values.keySet().stream()
                        .filter(key -> !known.contains(key) && !key.equals(IGNORE_UNKNOWN))
                        .map(key -> '"' + key + '=' + values.get(key) + '"')
                        .toList();
        if (!ignoring && !unknown.isEmpty()) {
            throw invalid("ARGS: unknown args [" + String.join(" ", unknown) + "]");
        }
        return new CniArguments(values);
    }

    private static boolean isIgnoring(Map<String, String> values) {
        String text = values.getOrDefault(IGNORE_UNKNOWN, "0");
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default ->
                    throw invalid(
                            "ARGS: error parsing value of pair \""
                                    + IGNORE_UNKNOWN
                                    + '='
                                    + text
                                    + "\": expected true or false");
        };
    }

    /// The complaint about a value.
    public CniException wrong(String key, String why) {
        return invalid(
                "ARGS: error parsing value of pair \""
                        + key
                        + '='
                        + values.getOrDefault(key, "")
                        + "\": "
                        + why);
    }

    private static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_ENVIRONMENT, text);
    }

    /// A value.
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
