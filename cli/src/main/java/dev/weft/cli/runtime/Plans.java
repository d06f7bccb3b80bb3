package dev.weft.cli.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.JsonText;
import dev.weft.cni.runtime.PlannedCall;
import java.util.List;

/// What an operation would do, printed.
final class Plans {
    private Plans() {}

    static void print(List<PlannedCall> calls, RuntimeOptions options) {
        if (options.json()) {
            JsonArray all = new JsonArray();
            calls.forEach(call -> all.add(json(call)));
            options.out().println(JsonText.indented(all));
            return;
        }
        for (PlannedCall call : calls) {
            options.out().println(call.file().path() + " " + call.command() + " reads");
            JsonText.indented(call.input())
                    .lines()
                    .forEach(line -> options.out().println("    " + line));
        }
    }

    private static JsonObject json(PlannedCall call) {
        JsonObject json = new JsonObject();
        json.addProperty("plugin", call.file().type());
        json.addProperty("file", call.file().path().toString());
        json.addProperty("command", call.command().name());
        json.add("input", call.input());
        return json;
    }
}
