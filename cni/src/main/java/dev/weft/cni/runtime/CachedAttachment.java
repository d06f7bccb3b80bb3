package dev.weft.cni.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What an ADD leaves for the operations after it, in the form of libcni's files.
///
/// @param network the network's name
/// @param attachment what the ADD was given
/// @param configuration the list that it worked with
/// @param result of the last plugin, in the list's version
public record CachedAttachment(
        String network, Attachment attachment, String configuration, Optional<JsonObject> result) {
    private static final String KIND = "cniCacheV1";

    /// Reads a file.
    ///
    /// @return nothing when it is a bare result, as libcni wrote them before 0.8
    /// @throws CniException when it is something else
    static Optional<CachedAttachment> parse(String text) {
        Fields fields = Fields.of(JsonText.parseObject(text, "cached attachment"));
        String kind = fields.text("kind").orElse("");
        if (kind.isEmpty() && !fields.has("containerId")) {
            return Optional.empty();
        }
        if (!kind.equals(KIND)) {
            throw new CniException(
                    ErrorCode.DECODING_FAILURE, "unknown kind of cached attachment: " + kind);
        }
        return Optional.of(
                new CachedAttachment(
                        fields.text("networkName").orElse(""),
                        attachment(fields),
                        configuration(fields),
                        fields.object("result").map(Fields::json)));
    }

    private static Attachment attachment(Fields fields) {
        return new Attachment(
                new AttachmentId(
                        fields.text("containerId").orElse(""), fields.text("ifName").orElse("")),
                fields.text("netns").filter(path -> !path.isEmpty()),
                fields.list("cniArgs", pair -> argument(fields, pair)),
                fields.object("capabilityArgs").map(Fields::json).orElseGet(JsonObject::new));
    }

    private static Attachment.Argument argument(Fields fields, JsonElement pair) {
        if (pair instanceof JsonArray both
                && both.size() == 2
                && both.asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
            return new Attachment.Argument(both.get(0).getAsString(), both.get(1).getAsString());
        }
        throw fields.wrong("cniArgs", "a list of pairs");
    }

    private static String configuration(Fields fields) {
        try {
            return new String(
                    Base64.getDecoder().decode(fields.text("config").orElse("")),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw fields.wrong("config", "base64");
        }
    }

    /// The file's text.
    String text() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", KIND);
        json.addProperty("containerId", attachment.id().containerId());
        json.addProperty(
                "config",
                Base64.getEncoder().encodeToString(configuration.getBytes(StandardCharsets.UTF_8)));
        json.addProperty("ifName", attachment.id().interfaceName());
        json.addProperty("networkName", network);
        attachment.netns().ifPresent(path -> json.addProperty("netns", path));
        if (!attachment.arguments().isEmpty()) {
            json.add("cniArgs", pairs(attachment.arguments()));
        }
        if (!attachment.capabilities().isEmpty()) {
            json.add("capabilityArgs", attachment.capabilities());
        }
        result.ifPresent(value -> json.add("result", value));
        return JsonText.compact(json);
    }

    private static JsonArray pairs(List<Attachment.Argument> arguments) {
        JsonArray pairs = new JsonArray();
        for (Attachment.Argument argument : arguments) {
            JsonArray pair = new JsonArray();
            pair.add(argument.key());
            pair.add(argument.value());
            pairs.add(pair);
        }
        return pairs;
    }
}
