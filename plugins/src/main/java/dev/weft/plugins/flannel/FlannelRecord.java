package dev.weft.plugins.flannel;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.Fields;
import java.nio.file.Path;

/// What flannel told a delegate about an attachment.
///
/// @param delegate the delegate's configuration
/// @param dataDirectory where the reference plugin's file of the container is
public record FlannelRecord(Configuration delegate, Path dataDirectory) {
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.add("configuration", delegate.json());
        json.addProperty("dataDir", dataDirectory.toString());
        return json;
    }

    /// The delegate that a record tells of.
    ///
    /// @throws CniException when it is none
    public static FlannelRecord of(Fields fields) {
        return new FlannelRecord(
                Configuration.of(
                        fields.object("configuration")
                                .map(Fields::json)
                                .orElseGet(JsonObject::new)),
                FlannelConfiguration.path(fields, "dataDir", ""));
    }

    FlannelFile file(String containerId) {
        return new FlannelFile(dataDirectory.resolve(containerId));
    }
}
