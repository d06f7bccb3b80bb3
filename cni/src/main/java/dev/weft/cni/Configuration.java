package dev.weft.cni;

import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// A network configuration as a plugin reads it from standard input: JSON, with names for the keys
/// that every plugin has.
///
/// @param json the object; keys that nobody here knows stay in it
/// @param version of the specification
/// @param name the network's name
public record Configuration(JsonObject json, CniVersion version, String name) {

    /// Accepts what a runtime sent.
    ///
    /// @throws CniException when the name is missing or invalid, or the version is not supported
    public static Configuration of(JsonObject json) {
        Fields fields = Fields.of(json);
        String name = fields.text("name").orElse("");
        if (name.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIGURATION, "missing network name");
        }
        Identifiers.requireNetworkName(name);
        String version = fields.text("cniVersion").orElse("");
        return new Configuration(
                json,
                CniVersion.find(version)
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INCOMPATIBLE_VERSION,
                                        "incompatible CNI versions",
                                        "config is \"" + version + '"')),
                name);
    }

    /// Its keys.
    public Fields fields() {
        return Fields.of(json);
    }

    /// The type of the plugin that gives addresses, or empty.
    public String ipamType() {
        return fields().object("ipam").flatMap(ipam -> ipam.text("type")).orElse("");
    }

    /// A value that the runtime gave for a capability.
    public Optional<Fields> runtimeConfig() {
        return fields().object("runtimeConfig");
    }

    /// The result of the plugin before, or of the last one when deleting and checking.
    ///
    /// @throws CniException when it cannot be decoded
    public Optional<Result> previousResult() {
        return fields().object("prevResult")
                .map(previous -> ResultFormat.decode(previous.json(), version));
    }

    Optional<Set<AttachmentId>> validAttachments() {
        Fields fields = fields();
        String key =
                fields.has("cni.dev/valid-attachments")
                        ? "cni.dev/valid-attachments"
                        : "cni.dev/attachments";
        if (!fields.has(key)) {
            return Optional.empty();
        }
        Set<AttachmentId> valid = new LinkedHashSet<>();
        for (Fields attachment : fields.objects(key)) {
            valid.add(
                    new AttachmentId(
                            attachment.text("containerID").orElse(""),
                            attachment.text("ifname").orElse("")));
        }
        return Optional.of(Set.copyOf(valid));
    }
}
