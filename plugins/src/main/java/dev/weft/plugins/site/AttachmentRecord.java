package dev.weft.plugins.site;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.Fields;
import dev.weft.linux.LinuxException;
import java.util.Optional;
import java.util.function.Function;

/// What a plugin is about to make, or has made, for an attachment: so that it can be removed by
/// someone who has neither the result, nor the namespace, nor the same version of Weft.
///
/// @param plugin its type
/// @param network the network's name
/// @param attachment which interface of which container
/// @param bootId of the boot in which it was written: what the kernel had then is gone afterwards
/// @param content the plugin's own
public record AttachmentRecord(
        String plugin, String network, AttachmentId attachment, String bootId, JsonObject content) {

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("weftAttachment", 1);
        json.addProperty("plugin", plugin);
        json.addProperty("network", network);
        json.addProperty("containerId", attachment.containerId());
        json.addProperty("ifName", attachment.interfaceName());
        json.addProperty("bootId", bootId);
        json.add("content", content);
        return json;
    }

    static AttachmentRecord of(JsonObject json) {
        Fields fields = Fields.of(json);
        return new AttachmentRecord(
                fields.text("plugin").orElse(""),
                fields.text("network").orElse(""),
                new AttachmentId(
                        fields.text("containerId").orElse(""), fields.text("ifName").orElse("")),
                fields.text("bootId").orElse(""),
                fields.object("content").map(Fields::json).orElseGet(JsonObject::new));
    }

    public Fields fields() {
        return Fields.of(content);
    }

    /// What the plugin kept; nothing when that cannot be understood, which is as good as no record.
    public <T> Optional<T> read(Function<Fields, T> decoder) {
        try {
            return Optional.of(decoder.apply(fields()));
        } catch (CniException | LinuxException unreadable) {
            return Optional.empty();
        }
    }

    /// The configuration that the attachment was made with, if the plugin kept it.
    Configuration configuration() {
        return Configuration.of(
                fields().object("configuration").map(Fields::json).orElseGet(JsonObject::new));
    }
}
