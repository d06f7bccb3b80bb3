package dev.weft.linux.process;

import dev.weft.linux.LinuxException;
import java.util.List;

/// A program that was to be run did not do what it was run for.
public abstract sealed class ProgramException extends LinuxException
        permits ProgramNotFoundException,
                ProgramTimedOutException,
                ProgramOutputException,
                ProgramRefusalException {
    private static final long serialVersionUID = 1;

    private final String[] command;

    ProgramException(List<String> command, String message) {
        super(message);
        this.command = command.toArray(String[]::new);
    }

    /// The program and its arguments.
    public List<String> command() {
        return List.of(command);
    }

    static String name(List<String> command) {
        String path = command.getFirst();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
