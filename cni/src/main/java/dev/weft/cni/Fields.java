package dev.weft.cni;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads keys of a JSON object as the reference implementation does: a key is found whatever its
/// letters' case, of several the last one counts, `null` is as good as absent, and a value of
/// another type is an error that names the key.
public final class Fields {
    private final JsonObject json;
    private final String path;

    private Fields(JsonObject json, String path) {
        this.json = json;
        this.path = path;
    }

    /// The keys of an object.
    public static Fields of(JsonObject json) {
        return new Fields(json, "");
    }

    /// The object itself.
    public JsonObject json() {
        return json;
    }

    /// Whether the key is there and not `null`.
    public boolean has(String key) {
        return find(key) != null;
    }

    /// Whatever it is.
    public Optional<JsonElement> element(String key) {
        return Optional.ofNullable(find(key));
    }

    /// A string.
    public Optional<String> text(String key) {
        return primitive(key, JsonPrimitive::isString, "a string").map(JsonPrimitive::getAsString);
    }

    /// A boolean.
    public Optional<Boolean> flag(String key) {
        return primitive(key, JsonPrimitive::isBoolean, "true or false")
                .map(JsonPrimitive::getAsBoolean);
    }

    /// A whole number.
    public Optional<Long> number(String key) {
        return primitive(key, JsonPrimitive::isNumber, "a whole number")
                .map(value -> wholeNumber(key, value));
    }

    /// A whole number of the range of `int`.
    public Optional<Integer> integer(String key) {
        return number(key)
                .map(value -> {
                    if (value != value.intValue()) {
                        throw wrong(key, "a number between -2^31 and 2^31-1, not " + value);
                    }
                    return value.intValue();
                });
    }

    /// An object.
    public Optional<Fields> object(String key) {
        return Optional.ofNullable(find(key)).map(value -> object(key, value));
    }

    /// A list of strings; empty when absent.
    public List<String> strings(String key) {
        return list(
                key,
                element -> {
                    if (element instanceof JsonPrimitive value && value.isString()) {
                        return value.getAsString();
                    }
                    throw wrong(key, "a list of strings");
                });
    }

    /// A list of objects; empty when absent.
    public List<Fields> objects(String key) {
        return list(key, element -> object(key, element));
    }

    /// A list, each element read by a function; empty when absent.
    public <T> List<T> list(String key, Function<JsonElement, T> read) {
        JsonElement value = find(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw wrong(key, "a list");
        }
        List<T> all = new ArrayList<>(array.size());
        array.forEach(element -> all.add(read.apply(element)));
        return List.copyOf(all);
    }

    /// The complaint about a key's value.
    ///
    /// @param expected "a string", "a number between 0 and 31"
    public CniException wrong(String key, String expected) {
        return new CniException(
                ErrorCode.DECODING_FAILURE,
                "invalid value for '" + path + key + "': expected " + expected);
    }

    private Fields object(String key, JsonElement value) {
        if (value instanceof JsonObject object) {
            return new Fields(object, path + key + ".");
        }
        throw wrong(key, "an object");
    }

    private Optional<JsonPrimitive> primitive(
            String key, Function<JsonPrimitive, Boolean> isType, String expected) {
        return Optional.ofNullable(find(key))
                .map(value -> {
                    if (value instanceof JsonPrimitive primitive && isType.apply(primitive)) {
                        return primitive;
                    }
                    throw wrong(key, expected);
                });
    }

    private Long wholeNumber(String key, JsonPrimitive value) {
        String text = value.getAsString();
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notLong) {
            throw wrong(key, "a whole number, not " + text);
        }
    }

    private @Nullable JsonElement find(String key) {
        JsonElement found = null;
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(key) && !entry.getValue().isJsonNull()) {
                found = entry.getValue();
            }
        }
        return found;
    }
}
