package dev.weft.agent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.cni.Reply;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Calls as a runtime makes them, for networks as people have them, to be played where nothing is
/// at stake: leases go to a directory of its own.
final class Rehearsal {
    private static final String CHAINS = "rehearsal.json";

    private final Path directory;
    private final List<JsonArray> chains;

    private Rehearsal(Path directory, List<JsonArray> chains) {
        this.directory = directory;
        this.chains = chains;
    }

    /// What a plugin's process gets.
    record Call(String plugin, Map<String, String> environment, String input) {
        Call {
            environment = Map.copyOf(environment);
        }
    }

    /// Reads the networks.
    ///
    /// @param directory an existing one, for leases
    static Rehearsal in(Path directory) throws IOException {
        try (var text = Rehearsal.class.getResourceAsStream(CHAINS)) {
            if (text == null) {
                throw new IOException("there is no " + CHAINS);
            }
            String json = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            // A delegate is called in the same process where its file is one of Weft's.
            Files.writeString(directory.resolve("host-local"), "WEFTSHIM");
            return new Rehearsal(
                    directory,
                    Fields.of(JsonText.parseObject(json, CHAINS))
                            .list("chains", JsonElement::getAsJsonArray));
        }
    }

    /// Adds, checks and deletes a container of every network. What fails is not repeated: it is
    /// played for what is loaded by it, not for its result.
    void play(NetworkNamespace container, Function<Call, Reply> performer) {
        for (int number = 0; number < chains.size(); number++) {
            JsonArray chain = chains.get(number);
            Map<String, String> environment = environment(container, number);
            JsonElement result = new JsonObject();
            for (JsonElement plugin : chain) {
                result = add(plugin.getAsJsonObject(), environment, result, performer);
            }
            for (String command : List.of("CHECK", "DEL")) {
                for (JsonElement plugin : command.equals("DEL") ? reversed(chain) : chain) {
                    perform(plugin.getAsJsonObject(), command, environment, result, performer);
                }
            }
        }
    }

    private static List<JsonElement> reversed(JsonArray chain) {
        return chain.asList().reversed();
    }

    private Map<String, String> environment(NetworkNamespace container, int number) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CNI_CONTAINERID", "rehearsal-" + number);
        environment.put("CNI_IFNAME", "eth" + number);
        environment.put("CNI_NETNS", container.path().toString());
        environment.put("CNI_PATH", directory.toString());
        return environment;
    }

    private JsonElement add(
            JsonObject plugin,
            Map<String, String> environment,
            JsonElement previous,
            Function<Call, Reply> performer) {
        Reply reply = perform(plugin, "ADD", environment, previous, performer);
        return reply.exitCode() == 0 && !reply.output().isEmpty()
                ? JsonText.parseObject(reply.output(), "result")
                : previous;
    }

    private Reply perform(
            JsonObject plugin,
            String command,
            Map<String, String> environment,
            JsonElement previous,
            Function<Call, Reply> performer) {
        environment.put("CNI_COMMAND", command);
        JsonObject input = plugin.deepCopy();
        input.addProperty("cniVersion", "1.1.0");
        input.addProperty("name", "weft-rehearsal");
        if (input.has("ipam")) {
            input.getAsJsonObject("ipam").addProperty("dataDir", directory.toString());
        }
        if (!previous.getAsJsonObject().isEmpty()) {
            input.add("prevResult", previous);
        }
        String type = plugin.get("type").getAsString();
        return performer.apply(new Call(type, environment, JsonText.compact(input)));
    }
}
