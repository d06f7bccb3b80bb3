package dev.weft.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was asked on the command line.
///
/// @param action what to do
/// @param runDirectory instead of the configuration's
/// @param stateDirectory instead of the configuration's
/// @param file the configuration file
record AgentCommandLine(
        Action action,
        Optional<Path> runDirectory,
        Optional<Path> stateDirectory,
        Optional<Path> file) {
    /// What an agent's process can do.
    enum Action {
        /// Serve until told to stop.
        SERVE,
        /// Serve the calls of the warm-up alone, for who keeps what the JVM learns by it.
        TRAIN,
        /// Tell whether the configuration is right.
        CHECK,
        /// Tell what the options are.
        HELP,
        /// Tell which release this is.
        VERSION
    }

    /// Reads arguments.
    ///
    /// @throws InvalidConfigurationException with everything that is wrong
    static AgentCommandLine parse(String... arguments) {
        Reader reader = new Reader(List.of(arguments));
        reader.read();
        if (!reader.problems.isEmpty()) {
            throw new InvalidConfigurationException(reader.problems);
        }
        return new AgentCommandLine(
                reader.action, reader.runDirectory, reader.stateDirectory, reader.file);
    }

    /// The configuration file's settings, or the standard ones, with those of the command line.
    ///
    /// @throws InvalidConfigurationException with everything that is wrong
    AgentConfiguration configuration() {
        AgentConfiguration settings =
                file.map(AgentConfiguration::read).orElseGet(AgentConfiguration::standard);
        AgentConfiguration running = runDirectory.map(settings::withRunDirectory).orElse(settings);
        return stateDirectory.map(running::withStateDirectory).orElse(running);
    }

    /// Takes one argument after the other.
    private static final class Reader {
        private final List<String> arguments;
        private final List<String> problems = new ArrayList<>();
        private Action action = Action.SERVE;
        private Optional<Path> runDirectory = Optional.empty();
        private Optional<Path> stateDirectory = Optional.empty();
        private Optional<Path> file = Optional.empty();
        private int at;

        Reader(List<String> arguments) {
            this.arguments = arguments;
        }

        void read() {
            while (at < arguments.size()) {
                String argument = arguments.get(at++);
                switch (argument) {
                    case "--check" -> action = Action.CHECK;
                    case "--train" -> action = Action.TRAIN;
                    case "--help", "-h" -> action = Action.HELP;
                    case "--version", "-V" -> action = Action.VERSION;
                    default -> option(argument);
                }
            }
        }

        private void option(String argument) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--run-dir" -> runDirectory = path(argument, equals);
                case "--state-dir" -> stateDirectory = path(argument, equals);
                case "--config" -> file = path(argument, equals);
                default -> problems.add("unknown argument '" + argument + "', see --help");
            }
        }

        /// The value after the option, in the same argument or the next.
        private Optional<Path> path(String argument, int equals) {
            boolean isNext = equals < 0 && at < arguments.size();
            String value = isNext ? arguments.get(at++) : argument.substring(equals + 1);
            if (value.isEmpty() || (equals < 0 && !isNext)) {
                problems.add(argument + " wants a path after it");
                return Optional.empty();
            }
            return Optional.of(Path.of(value).toAbsolutePath());
        }
    }
}
