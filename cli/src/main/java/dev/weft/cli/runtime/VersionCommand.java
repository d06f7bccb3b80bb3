package dev.weft.cli.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cli.text.TextTable;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.JsonText;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.cni.runtime.PluginObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `weft cni version`: verifies a network's plugins.
@Command(
        name = "version",
        description = {
            "Show which versions the plugins of a network take, and verify that all take its own."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every plugin is there and takes the network's version",
            "1:one is missing or too old, and the message says which",
            "2:the command line is wrong"
        })
final class VersionCommand implements Callable<Integer> {
    @Mixin private RuntimeOptions options = new RuntimeOptions();

    @Parameters(index = "0", paramLabel = "NETWORK", description = "the network's name")
    @SuppressWarnings("NullAway.Init") // picocli insists on it
    private String network;

    @Override
    public Integer call() {
        NetworkList list = options.networks().load(network);
        return options.run(
                options.settings(), runtime -> options.on(list, () -> show(runtime, list)));
    }

    private void show(CniRuntime runtime, NetworkList list) {
        JsonArray json = new JsonArray();
        TextTable table = new TextTable("PLUGIN", "VERSIONS");
        for (PluginObject plugin : list.plugins()) {
            List<String> versions = versions(runtime, plugin);
            table.row(plugin.type(), String.join(" ", versions));
            JsonObject entry = new JsonObject();
            entry.addProperty("plugin", plugin.type());
            JsonArray all = new JsonArray();
            versions.forEach(all::add);
            entry.add("versions", all);
            json.add(entry);
        }
        if (options.json()) {
            options.out().println(JsonText.indented(json));
        } else {
            table.lines().forEach(options.out()::println);
        }
        runtime.validate(list);
    }

    /// What is wrong with a plugin is told by the validation.
    private static List<String> versions(CniRuntime runtime, PluginObject plugin) {
        try {
            return runtime.versions(plugin.type()).stream()
                    .map(CniVersion::toString)
                    .collect(Collectors.toList());
        } catch (CniException wrong) {
            return List.of();
        }
    }
}
