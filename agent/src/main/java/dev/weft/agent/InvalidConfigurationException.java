package dev.weft.agent;

import java.util.List;

/// A command line or a configuration file that the agent cannot start with.
final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// With everything that is wrong, a line each.
    InvalidConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
