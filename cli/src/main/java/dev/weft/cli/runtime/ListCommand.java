package dev.weft.cli.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cli.text.TextTable;
import dev.weft.cni.CniException;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginFile;
import dev.weft.cni.runtime.CachedAttachment;
import dev.weft.cni.runtime.NetworkDirectory;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.cni.runtime.PluginObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `weft cni list`: shows networks and attachments.
@Command(
        name = "list",
        description = {
            "Show the networks that are configured, where their plugins are and what is wrong with"
                    + " them, and the attachments in the cache."
        })
final class ListCommand implements Callable<Integer> {
    @Mixin private RuntimeOptions options = new RuntimeOptions();

    @Override
    public Integer call() {
        List<NetworkDirectory.Entry> networks = options.networks().scan();
        List<CachedAttachment> attachments = options.cache().list();
        if (options.json()) {
            JsonObject json = new JsonObject();
            json.add("networks", networksJson(networks));
            json.add("attachments", attachmentsJson(attachments));
            options.out().println(JsonText.indented(json));
        } else {
            printNetworks(networks);
            printAttachments(attachments);
        }
        return CommandLine.ExitCode.OK;
    }

    private void printNetworks(List<NetworkDirectory.Entry> entries) {
        if (entries.isEmpty()) {
            options.out().println("no networks in " + options.networks().path());
        }
        TextTable table = new TextTable("NETWORK", "VERSION", "PLUGINS", "FILE");
        Set<String> seen = new HashSet<>();
        for (NetworkDirectory.Entry entry : entries) {
            table.row(
                    entry.network().map(NetworkList::name).orElse("?"),
                    entry.network().map(NetworkList::version).orElse("?"),
                    entry.network().map(ListCommand::types).orElse("?"),
                    entry.file().toString());
        }
        if (!table.isEmpty()) {
            table.lines().forEach(options.out()::println);
        }
        for (NetworkDirectory.Entry entry : entries) {
            problems(entry, seen).forEach(problem -> options.out().println("! " + problem));
        }
    }

    private static String types(NetworkList network) {
        return network.plugins().stream().map(PluginObject::type).collect(Collectors.joining(","));
    }

    /// @param seen names of networks whose files come before
    private List<String> problems(NetworkDirectory.Entry entry, Set<String> seen) {
        if (entry.network().isEmpty()) {
            return List.of(
                    entry.problem().map(CniException::message).orElse("")
                            + "; no network in a file after it is found");
        }
        NetworkList network = entry.network().get();
        if (!seen.add(network.name())) {
            return List.of(
                    entry.file()
                            + ": not used, a file before it has network "
                            + network.name()
                            + " too");
        }
        return network.plugins().stream()
                .flatMap(plugin -> problem(entry, plugin).stream())
                .toList();
    }

    private Optional<String> problem(NetworkDirectory.Entry entry, PluginObject plugin) {
        return file(plugin).isPresent()
                ? Optional.empty()
                : Optional.of(
                        entry.file()
                                + ": there is no plugin "
                                + plugin.type()
                                + " in "
                                + options.plugins());
    }

    private Optional<Path> file(PluginObject plugin) {
        return plugin.type().indexOf('/') >= 0
                ? Optional.empty()
                : options.plugins().tryFind(plugin.type()).map(PluginFile::path);
    }

    private void printAttachments(List<CachedAttachment> attachments) {
        TextTable table = new TextTable("NETWORK", "INTERFACE", "CONTAINER", "NETNS");
        for (CachedAttachment each : attachments) {
            table.row(
                    each.network(),
                    each.attachment().id().interfaceName(),
                    each.attachment().id().containerId(),
                    each.attachment().netns().orElse("-"));
        }
        if (table.isEmpty()) {
            options.out().println("no attachments");
        } else {
            options.out().println();
            table.lines().forEach(options.out()::println);
        }
    }

    private JsonArray networksJson(List<NetworkDirectory.Entry> entries) {
        JsonArray all = new JsonArray();
        Set<String> seen = new HashSet<>();
        for (NetworkDirectory.Entry entry : entries) {
            JsonObject json = new JsonObject();
            json.addProperty("file", entry.file().toString());
            entry.network().ifPresent(network -> addNetwork(json, network));
            JsonArray problems = new JsonArray();
            problems(entry, seen).forEach(problems::add);
            json.add("problems", problems);
            all.add(json);
        }
        return all;
    }

    private void addNetwork(JsonObject json, NetworkList network) {
        json.addProperty("name", network.name());
        json.addProperty("version", network.version());
        JsonArray plugins = new JsonArray();
        for (PluginObject plugin : network.plugins()) {
            JsonObject each = new JsonObject();
            each.addProperty("type", plugin.type());
            file(plugin).ifPresent(path -> each.addProperty("file", path.toString()));
            plugin.file().ifPresent(path -> each.addProperty("from", path.toString()));
            plugins.add(each);
        }
        json.add("plugins", plugins);
    }

    private static JsonArray attachmentsJson(List<CachedAttachment> attachments) {
        JsonArray all = new JsonArray();
        for (CachedAttachment each : attachments) {
            JsonObject json = new JsonObject();
            json.addProperty("network", each.network());
            json.addProperty("containerId", each.attachment().id().containerId());
            json.addProperty("ifName", each.attachment().id().interfaceName());
            each.attachment().netns().ifPresent(path -> json.addProperty("netns", path));
            each.result().ifPresent(result -> json.add("result", result));
            all.add(json);
        }
        return all;
    }
}
