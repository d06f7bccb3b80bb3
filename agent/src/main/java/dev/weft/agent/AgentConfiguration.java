package dev.weft.agent;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.event.Level;

/// Everything that can be set. The file is read and checked whole before anything starts.
///
/// @param runDirectory for the sockets; only root may use it
/// @param stateDirectory for what has to survive the agent
/// @param workers how many operations run at once
/// @param queue how many calls may wait beyond that
/// @param operationLimit after which an operation is interrupted
/// @param stopLimit how long running operations may take when the agent is told to stop
/// @param logLevel the least that is logged
/// @param httpPort of health and metrics at 127.0.0.1; 0 for none
record AgentConfiguration(
        Path runDirectory,
        Path stateDirectory,
        int workers,
        int queue,
        Duration operationLimit,
        Duration stopLimit,
        Level logLevel,
        int httpPort) {
    private static final Path RUN = Path.of("/run/weft");
    private static final Path STATE = Path.of("/var/lib/weft");
    private static final int MOST_SECONDS = 240;

    /// What holds without a file.
    static AgentConfiguration standard() {
        return of(new JsonObject());
    }

    /// Reads a file.
    ///
    /// @throws InvalidConfigurationException with everything that is wrong in it
    static AgentConfiguration read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new InvalidConfigurationException(
                    List.of("cannot read " + file + ": " + FailureReason.of(unreadable)));
        } catch (InvalidConfigurationException invalid) {
            throw new InvalidConfigurationException(
                    List.of(file + " is no configuration of the agent:", invalid.getMessage()));
        }
    }

    /// Reads JSON.
    ///
    /// @throws InvalidConfigurationException as [#read]
    static AgentConfiguration parse(String text) {
        try {
            return of(JsonText.parseObject(text, "configuration"));
        } catch (CniException malformed) {
            throw new InvalidConfigurationException(List.of(malformed.text()));
        }
    }

    private static AgentConfiguration of(JsonObject json) {
        SettingsReader settings = new SettingsReader(json);
        AgentConfiguration configuration =
                new AgentConfiguration(
                        directory(settings, "runDirectory", RUN),
                        directory(settings, "stateDirectory", STATE),
                        settings.number("workers", 16, 1, 256),
                        settings.number("queue", 256, 0, 4096),
                        seconds(settings, "operationSeconds", 120),
                        seconds(settings, "stopSeconds", 30),
                        settings.text(
                                "logLevel",
                                Level.INFO,
                                "one of \"error\", \"warn\", \"info\", \"debug\"",
                                AgentConfiguration::level),
                        settings.number("httpPort", 0, 0, 65_535));
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return configuration;
    }

    private static Path directory(SettingsReader settings, String key, Path otherwise) {
        return settings.text(key, otherwise, "an absolute path", AgentConfiguration::absolute);
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException invalid) {
            return Optional.empty();
        }
    }

    /// The shim gives up after 300 seconds, so an answer has to come before.
    private static Duration seconds(SettingsReader settings, String key, int otherwise) {
        return Duration.ofSeconds(settings.number(key, otherwise, 1, MOST_SECONDS));
    }

    private static Optional<Level> level(String text) {
        return switch (text) {
            case "error" -> Optional.of(Level.ERROR);
            case "warn" -> Optional.of(Level.WARN);
            case "info" -> Optional.of(Level.INFO);
            case "debug" -> Optional.of(Level.DEBUG);
            default -> Optional.empty();
        };
    }

    /// The file that says all of it.
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("runDirectory", runDirectory.toString());
        json.addProperty("stateDirectory", stateDirectory.toString());
        json.addProperty("workers", workers);
        json.addProperty("queue", queue);
        json.addProperty("operationSeconds", operationLimit.toSeconds());
        json.addProperty("stopSeconds", stopLimit.toSeconds());
        json.addProperty("logLevel", logLevel.name().toLowerCase(Locale.ROOT));
        json.addProperty("httpPort", httpPort);
        return json;
    }

    /// This with another directory for the sockets.
    AgentConfiguration withRunDirectory(Path directory) {
        return new AgentConfiguration(
                directory,
                stateDirectory,
                workers,
                queue,
                operationLimit,
                stopLimit,
                logLevel,
                httpPort);
    }

    /// This with another directory for what is kept.
    AgentConfiguration withStateDirectory(Path directory) {
        return new AgentConfiguration(
                runDirectory,
                directory,
                workers,
                queue,
                operationLimit,
                stopLimit,
                logLevel,
                httpPort);
    }
}
