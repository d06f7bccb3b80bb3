package dev.weft.firewall.language;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.value.Surroundings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;

/// Rulesets as `nft -j list ruleset` of nftables 1.0.6 writes them (libnftables-json(5)): whatever
/// reads its output can read this.
///
/// Equal to what `nft` writes, with two exceptions: `metainfo` names the program that wrote it, and
/// flags of tables are given where `nft` writes rubbish.
public final class RulesetJson {
    /// Of libnftables-json(5).
    private static final int SCHEMA_VERSION = 1;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final String version;
    private final String releaseName;

    private RulesetJson(String version, String releaseName) {
        this.version = version;
        this.releaseName = releaseName;
    }

    /// A printer that says who printed.
    ///
    /// @param version of the program, for `metainfo`
    /// @param releaseName of that version, for `metainfo`
    public static RulesetJson by(String version, String releaseName) {
        return new RulesetJson(version, releaseName);
    }

    /// Tables with everything in them, as one line of text.
    ///
    /// @throws dev.weft.linux.MalformedMessageException when an object or rule is not as the kernel
    ///   makes it
    public String of(List<TableContent> tables, Surroundings around) {
        StringWriter text = new StringWriter();
        try {
            write(tables, around, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /// Writes tables with everything in them, one object at a time.
    ///
    /// @param to is flushed, not closed
    /// @throws IOException of the writer
    /// @throws dev.weft.linux.MalformedMessageException when an object or rule is not as the kernel
    ///   makes it
    public void write(List<TableContent> tables, Surroundings around, Writer to)
            throws IOException {
        JsonWriter writer = new JsonWriter(to);
        writer.beginObject().name("nftables").beginArray();
        GSON.toJson(metaInformation(), writer);
        for (TableContent table : tables) {
            Iterator<JsonObject> objects = new TableJson(table, around).objects().iterator();
            while (objects.hasNext()) {
                GSON.toJson(objects.next(), writer);
            }
        }
        writer.endArray().endObject().flush();
    }

    private JsonObject metaInformation() {
        return Json.of(
                "metainfo",
                new Json()
                        .put("version", version)
                        .put("release_name", releaseName)
                        .put("json_schema_version", SCHEMA_VERSION)
                        .object());
    }
}
