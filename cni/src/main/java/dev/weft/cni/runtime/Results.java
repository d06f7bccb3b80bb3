package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Fields;
import dev.weft.cni.Reply;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import java.util.Optional;

/// Results on their way from one plugin to the next: always in the configuration's version. One
/// that has it already stays as it came, with keys that nobody here knows.
final class Results {
    private Results() {}

    /// What a plugin printed.
    static JsonObject of(NetworkList network, Reply reply) {
        CniVersion version = network.knownVersion();
        return in(version, reply.resultJson(version));
    }

    /// What the cache keeps.
    ///
    /// @throws dev.weft.cni.CniException when it is malformed, or not to be expressed in the
    ///   configuration's version
    static Optional<JsonObject> cached(ResultCache cache, NetworkList network, AttachmentId id) {
        return cache.read(network.name(), id)
                .flatMap(ResultCache.Content::result)
                .map(result -> in(network.knownVersion(), result));
    }

    private static JsonObject in(CniVersion version, JsonObject json) {
        String written = Fields.of(json).text("cniVersion").orElse("");
        Result result =
                written.isEmpty() ? ResultFormat.decode(json, version) : ResultFormat.decode(json);
        return written.equals(version.toString()) ? json : ResultFormat.encode(result, version);
    }
}
