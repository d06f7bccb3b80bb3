package dev.weft.plugins.chained;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.plugins.link.LinkTuning;
import dev.weft.plugins.site.CommonKeys;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.SysctlName;
import dev.weft.plugins.site.SysctlSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What tuning changed of an attachment: the values from before the first change, also when several
/// plugins of a chain, or a second ADD, change the same one.
///
/// @param link of the interface
/// @param sysctls of its namespace
/// @param backups the same for the reference plugin
public record TuningRecord(
        LinkTuning link, List<SysctlSetting> sysctls, List<TuningBackup> backups) {
    public TuningRecord {
        sysctls = List.copyOf(sysctls);
        backups = List.copyOf(backups);
    }

    /// The old values that a record tells of.
    ///
    /// @param interfaceName of the attachment
    /// @throws CniException when it is none
    public static TuningRecord of(Fields content, String interfaceName) {
        return new TuningRecord(
                content.object("link")
                        .map(LinkTuning::of)
                        .orElseGet(() -> LinkTuning.of(Fields.of(new JsonObject()))),
                SysctlSetting.listOf(content, "sysctls", interfaceName),
                content.strings("backups").stream()
                        .map(text -> CommonKeys.path(content, "backups", text))
                        .map(TuningBackup::new)
                        .toList());
    }

    /// What the reference plugin left.
    public static Optional<TuningRecord> of(TuningBackup backup) {
        return backup.read().map(link -> new TuningRecord(link, List.of(), List.of(backup)));
    }

    /// This, and what only a later change changed.
    TuningRecord and(TuningRecord later) {
        Map<SysctlName, SysctlSetting> all = new LinkedHashMap<>();
        sysctls.forEach(setting -> all.put(setting.name(), setting));
        later.sysctls.forEach(setting -> all.putIfAbsent(setting.name(), setting));
        return new TuningRecord(
                link.or(later.link),
                new ArrayList<>(all.values()),
                Stream.concat(backups.stream(), later.backups.stream()).distinct().toList());
    }

    public JsonObject toJson(NamespaceMark mark) {
        JsonObject json = new JsonObject();
        mark.writeTo(json);
        json.add("link", link.toJson());
        json.add("sysctls", SysctlSetting.toJson(sysctls));
        JsonArray files = new JsonArray();
        backups.forEach(backup -> files.add(backup.file().toString()));
        json.add("backups", files);
        return json;
    }
}
