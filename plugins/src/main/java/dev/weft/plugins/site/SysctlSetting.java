package dev.weft.plugins.site;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.Sysctls;
import java.util.List;
import java.util.Optional;

/// A sysctl with a value: one that it shall have, or one that it had.
///
/// @param value several values in it are separated by spaces or tabs
public record SysctlSetting(SysctlName name, String value) {

    /// What a sysctl has at present; nothing when it is not there, or can only be written.
    public static Optional<SysctlSetting> read(Sysctls sysctls, SysctlName name) {
        try {
            return sysctls.find(name.key()).map(value -> new SysctlSetting(name, value));
        } catch (KernelException failed) {
            if (failed.is(Errno.EACCES) || failed.is(Errno.EPERM) || failed.is(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    public void write(Sysctls sysctls) {
        sysctls.write(value, name.key());
    }

    /// Whether both values mean the same to the kernel, which separates by tabs what people
    /// separate by spaces.
    public boolean hasValueOf(SysctlSetting other) {
        return words(value).equals(words(other.value));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    public static JsonArray toJson(List<SysctlSetting> settings) {
        JsonArray array = new JsonArray();
        for (SysctlSetting setting : settings) {
            JsonObject json = new JsonObject();
            json.addProperty("name", setting.name.toString());
            json.addProperty("value", setting.value);
            array.add(json);
        }
        return array;
    }

    /// Those of a record.
    public static List<SysctlSetting> listOf(Fields record, String key, String interfaceName) {
        return record.objects(key).stream()
                .map(fields ->
                        new SysctlSetting(
                                SysctlName.parse(fields.text("name").orElse(""), interfaceName),
                                fields.text("value").orElse("")))
                .toList();
    }
}
