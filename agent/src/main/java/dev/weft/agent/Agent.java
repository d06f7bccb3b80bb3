package dev.weft.agent;

import dev.weft.cni.JsonText;
import dev.weft.linux.LinuxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entry point of `weftd`.
///
/// Exit codes: 0 it was told to stop and has finished everything; 1 it could not start, or was told
/// to stop and had to leave something unfinished; 2 the command line or the configuration is wrong.
public final class Agent {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Agent() {}

    /// Runs the agent until it is told to stop.
    ///
    /// @param arguments see `--help`
    public static void main(String[] arguments) throws IOException {
        try {
            run(AgentCommandLine.parse(arguments));
        } catch (InvalidConfigurationException invalid) {
            end(invalid.getMessage(), WRONG_USAGE);
        } catch (LinuxException refused) {
            end(refused.getMessage(), FAILED);
        } catch (UncheckedIOException failed) {
            end(failed.getMessage() + reason(failed), FAILED);
        }
    }

    private static String reason(UncheckedIOException failed) {
        return Optional.ofNullable(failed.getCause())
                .map(cause -> ": " + FailureReason.of(cause))
                .orElse("");
    }

    private static void run(AgentCommandLine asked) throws IOException {
        switch (asked.action()) {
            case HELP -> System.out.print(help());
            case VERSION -> System.out.println("weftd " + Release.VERSION);
            case CHECK ->
                    System.out.println(
                            "the configuration is right: "
                                    + JsonText.compact(asked.configuration().toJson()));
            case TRAIN -> WarmUp.run(asked.configuration());
            case SERVE -> serve(asked.configuration());
        }
    }

    private static void serve(AgentConfiguration configuration) {
        LogConfiguration.limit(configuration.logLevel());
        Logger log = LoggerFactory.getLogger(Agent.class);
        RunningAgent agent =
                RunningAgent.open(
                        configuration,
                        LoggerFactory.getLogger("weft.operation"),
                        HaltingSteps::around);
        Thread ending = Thread.ofPlatform().name("stop").unstarted(() -> stop(agent, log));
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            Leftovers.sweep(configuration);
            StateLink.publish(configuration.runDirectory(), configuration.stateDirectory());
            WarmUp.run(configuration);
            agent.start();
        } catch (LinuxException | UncheckedIOException refused) {
            Runtime.getRuntime().removeShutdownHook(ending);
            agent.close();
            throw refused;
        }
        System.out.println("weftd is ready: " + configuration.runDirectory());
        System.out.flush();
    }

    /// Ends the process itself: a JVM that was told to end by a signal exits with that signal's
    /// number otherwise.
    private static void stop(RunningAgent agent, Logger log) {
        boolean finished = agent.stop();
        log.info(finished ? "stopped" : "stopped with operations unfinished");
        Runtime.getRuntime().halt(finished ? 0 : FAILED);
    }

    private static String help() throws IOException {
        try (InputStream text =
                Objects.requireNonNull(Agent.class.getResourceAsStream("help.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void end(@Nullable String message, int code) {
        PrintStream errors = System.err;
        String.valueOf(message).lines().forEach(line -> errors.println("weftd: " + line));
        errors.flush();
        System.exit(code);
    }
}
