package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.PluginDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// Plugins that do what a test tells them and write down how they were called.
record ScriptedPlugins(Path bin, Path calls) {

    static ScriptedPlugins in(Path directory, String... types) {
        try {
            ScriptedPlugins plugins =
                    new ScriptedPlugins(
                            Files.createDirectories(directory.resolve("bin")),
                            Files.createDirectories(directory.resolve("calls")));
            for (String type : types) {
                plugins.install(type);
            }
            return plugins;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void install(String type) throws IOException {
        Path file = bin.resolve(type);
        try (InputStream script =
                Objects.requireNonNull(ScriptedPlugins.class.getResourceAsStream("noop"))) {
            Files.write(file, script.readAllBytes());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Settings under which the plugins find their orders.
    RuntimeSettings settings(Path cache) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CALLS", calls.toString());
        RuntimeSettings usual = RuntimeSettings.of(new PluginDirectories(List.of(bin)));
        return new RuntimeSettings(
                usual.directories(), cache, usual.limit(), usual.rollsBack(), environment);
    }

    /// Lets a call answer with this.
    void answer(String call, String output) {
        write(call + ".out", output);
    }

    /// Lets a call fail.
    void fail(String call, String error) {
        write(call + ".out", error);
        write(call + ".exit", "1");
    }

    void succeed(String call) {
        try {
            Files.deleteIfExists(calls.resolve(call + ".out"));
            Files.deleteIfExists(calls.resolve(call + ".exit"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(calls.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// All calls so far: "bridge ADD".
    List<String> log() {
        return read("log").lines().toList();
    }

    /// What a call read from its standard input.
    JsonObject input(String call) {
        return JsonParser.parseString(read(call + ".in")).getAsJsonObject();
    }

    String inputText(String call) {
        return read(call + ".in");
    }

    /// The variables of a call.
    Properties environment(String call) {
        try (InputStream text = Files.newInputStream(calls.resolve(call + ".env"))) {
            Properties variables = new Properties();
            variables.load(text);
            return variables;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String read(String name) {
        try {
            Path file = calls.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
