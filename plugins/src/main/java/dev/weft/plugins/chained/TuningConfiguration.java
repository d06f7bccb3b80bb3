package dev.weft.plugins.chained;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.weft.cni.CniArguments;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.plugins.link.LinkTuning;
import dev.weft.plugins.site.CommonKeys;
import dev.weft.plugins.site.SysctlName;
import dev.weft.plugins.site.SysctlSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keys of the tuning plugin.
///
/// @param sysctls to be set, in the order in which they are written
/// @param link what the interface shall have
/// @param dataDirectory for backups as the reference plugin keeps them
public record TuningConfiguration(
        List<SysctlSetting> sysctls, LinkTuning link, Path dataDirectory) {
    private static final String DIRECTORY = "/run/cni/tuning";

    public TuningConfiguration {
        sysctls = List.copyOf(sysctls);
    }

    /// Reads what a request wants; `args.cni` counts more than the keys themselves.
    public static TuningConfiguration of(Request request, SysctlAllowList allowed) {
        Fields fields = request.configuration().fields();
        Optional<Fields> arguments = fields.object("args").flatMap(args -> args.object("cni"));
        Map<SysctlName, String> sysctls = sysctls(fields, request, allowed);
        arguments.ifPresent(more -> sysctls.putAll(sysctls(more, request, allowed)));
        List<SysctlSetting> settings = new ArrayList<>();
        sysctls.forEach((name, value) -> settings.add(new SysctlSetting(name, value)));
        TuningConfiguration configuration =
                new TuningConfiguration(
                        settings, link(request, fields, arguments), dataDirectory(fields));
        configuration.link.toRequest();
        return configuration;
    }

    private static LinkTuning link(Request request, Fields fields, Optional<Fields> arguments) {
        Optional<String> mac =
                fields.object("runtimeConfig")
                        .flatMap(config -> config.text("mac"))
                        .or(() ->
                                CniArguments.parse(request.arguments(), Set.of("MAC")).find("MAC"))
                        .filter(text -> !text.isEmpty());
        LinkTuning own = LinkTuning.of(fields).withMac(mac);
        return arguments
                .map(LinkTuning::of)
                .map(counting -> counting.or(own))
                .orElse(own)
                .onlyOnPromiscuous();
    }

    private static Map<SysctlName, String> sysctls(
            Fields fields, Request request, SysctlAllowList allowed) {
        Map<SysctlName, String> all = new LinkedHashMap<>();
        Optional<Fields> map = fields.object("sysctl");
        if (map.isPresent()) {
            for (Map.Entry<String, JsonElement> entry : map.get().json().entrySet()) {
                allowed.require(entry.getKey());
                SysctlName name = SysctlName.parse(entry.getKey(), request.interfaceName());
                if (all.put(name, value(map.get(), entry)) != null) {
                    throw new CniException(
                            ErrorCode.INVALID_CONFIGURATION,
                            "duplicated sysctl keys are not allowed",
                            name.toString());
                }
            }
        }
        return all;
    }

    private static String value(Fields map, Map.Entry<String, JsonElement> entry) {
        if (entry.getValue() instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw map.wrong(entry.getKey(), "a string");
    }

    /// Where backups are; DEL asks for nothing else.
    static Path dataDirectory(Fields fields) {
        String text = fields.text("dataDir").filter(it -> !it.isEmpty()).orElse(DIRECTORY);
        return CommonKeys.path(fields, "dataDir", text);
    }

    /// Whether nothing is to be set.
    boolean isEmpty() {
        return sysctls.isEmpty() && link.isEmpty();
    }
}
