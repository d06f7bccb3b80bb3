package dev.weft.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The entry point of `weft`: parses the command line, runs the sub-command, exits with its code.
///
/// Exit codes: 0 the command did what was asked; 1 it did not, and the message says why; 2 the
/// command line is wrong.
@Command(
        name = "weft",
        version = "weft 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Container networking for Linux.",
        subcommands = HelpCommand.class)
public final class Main {

    private Main() {}

    /// Runs `weft` and ends the process with the command's exit code.
    ///
    /// @param arguments the command line, without the program's name
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The whole command tree: what `main` runs and what tests drive without ending the process.
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
