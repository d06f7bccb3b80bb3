package dev.weft.firewall.language;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An object of JSON in the making. What is null is left out.
final class Json {
    private final JsonObject object = new JsonObject();

    /// `{"name": value}`
    static JsonObject of(String name, JsonElement value) {
        return new Json().put(name, value).object();
    }

    /// `{"name": null}`, as `nft` has words that say all by themselves.
    static JsonObject word(String name) {
        return of(name, JsonNull.INSTANCE);
    }

    static JsonPrimitive string(String value) {
        return new JsonPrimitive(value);
    }

    static JsonPrimitive number(long value) {
        return new JsonPrimitive(value);
    }

    static JsonArray array(Stream<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    static JsonArray array(JsonElement... elements) {
        return array(Stream.of(elements));
    }

    static JsonArray strings(List<String> values) {
        return array(values.stream().map(Json::string));
    }

    /// One string by itself, several as an array, none as nothing.
    static @Nullable JsonElement oneOrMore(List<String> values) {
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> string(values.getFirst());
            default -> strings(values);
        };
    }

    Json put(String name, @Nullable JsonElement value) {
        if (value != null) {
            object.add(name, value);
        }
        return this;
    }

    Json put(String name, @Nullable String value) {
        return put(name, value == null ? null : string(value));
    }

    Json put(String name, @Nullable Number value) {
        return put(name, value == null ? null : new JsonPrimitive(value));
    }

    /// Leaves out an empty text.
    Json word(String name, String value) {
        return put(name, value.isEmpty() ? null : value);
    }

    /// Leaves out a zero.
    Json nonZero(String name, long value) {
        return put(name, value == 0 ? null : value);
    }

    /// Leaves out what is not so.
    Json whenTrue(String name, boolean value) {
        return put(name, value ? new JsonPrimitive(true) : null);
    }

    JsonObject object() {
        return object;
    }
}
