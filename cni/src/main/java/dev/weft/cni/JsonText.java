package dev.weft.cni;

import com.google.gson.FormattingStyle;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// JSON as text.
public final class JsonText {
    /// Deeper than any configuration, and far from what a stack can take.
    private static final int MAX_DEPTH = 64;

    private static final FormattingStyle INDENTED = FormattingStyle.PRETTY.withIndent("    ");

    private JsonText() {}

    /// Reads one object, strictly; nothing may follow it.
    ///
    /// @param what names the text in the error: "network config"
    /// @throws CniException when it is anything else
    public static JsonObject parseObject(String text, String what) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw notJson(what, "something follows the object");
            }
            if (element instanceof JsonObject object) {
                return object;
            }
            throw notJson(what, "it is not an object");
        } catch (IOException | JsonParseException | NumberFormatException malformed) {
            throw notJson(what, reason(malformed));
        }
    }

    /// Without the names of exceptions that Gson's own message has.
    private static String reason(Exception malformed) {
        Throwable cause = malformed.getCause();
        return String.valueOf((cause == null ? malformed : cause).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static CniException notJson(String what, String why) {
        return new CniException(
                ErrorCode.DECODING_FAILURE, "error unmarshall " + what + ": " + why);
    }

    /// On one line.
    public static String compact(JsonElement element) {
        return write(element, FormattingStyle.COMPACT);
    }

    /// With four spaces an indentation, as plugins print results and errors.
    public static String indented(JsonElement element) {
        return write(element, INDENTED);
    }

    private static String write(JsonElement element, FormattingStyle style) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setFormattingStyle(style);
            writer.setStrictness(Strictness.LENIENT);
            write(element, writer);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonElement element, JsonWriter writer) throws IOException {
        switch (element) {
            case JsonObject object -> {
                writer.beginObject();
                for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                    write(entry.getValue(), writer.name(entry.getKey()));
                }
                writer.endObject();
            }
            case JsonArray array -> {
                writer.beginArray();
                for (JsonElement each : array) {
                    write(each, writer);
                }
                writer.endArray();
            }
            case JsonPrimitive value -> writePrimitive(value, writer);
            case JsonNull _ -> writer.nullValue();
            default -> throw new AssertionError(element.getClass());
        }
    }

    private static void writePrimitive(JsonPrimitive value, JsonWriter writer) throws IOException {
        if (value.isNumber()) {
            writer.value(value.getAsNumber());
        } else if (value.isBoolean()) {
            writer.value(value.getAsBoolean());
        } else {
            writer.value(value.getAsString());
        }
    }
}
