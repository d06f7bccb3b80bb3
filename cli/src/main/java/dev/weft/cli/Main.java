package dev.weft.cli;

import dev.weft.cli.lab.LabCommand;
import dev.weft.cli.text.Terminal;
import dev.weft.linux.LinuxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/// The entry point of `weft`: parses the command line, runs the sub-command, exits with its code.
///
/// Exit codes: 0 the command did what was asked; 1 it did not, and the message says why; 2 the
/// command line is wrong.
@Command(
        name = "weft",
        scope = ScopeType.INHERIT,
        version = "weft 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Container networking for Linux.",
        subcommands = {LabCommand.class, GenerateCompletion.class, HelpCommand.class})
public final class Main {
    private Main() {}

    /// Runs `weft` and ends the process with the command's exit code.
    ///
    /// @param arguments the command line, without the program's name
    public static void main(String[] arguments) {
        int exitCode =
                commandLine()
                        .setOut(Terminal.standardOutput())
                        .setErr(Terminal.standardError())
                        .execute(arguments);
        System.exit(exitCode);
    }

    /// The whole command tree: what `main` runs and what tests drive without ending the process.
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> report(failure, command));
    }

    /// What the kernel or the file system refuses is told in one line; anything else is a bug, and
    /// its stack trace is what its finder needs.
    private static int report(Exception failure, CommandLine command) throws Exception {
        String message =
                switch (failure) {
                    case LinuxException refused -> refused.getMessage();
                    case UncheckedIOException failed -> String.valueOf(failed.getCause());
                    case IOException failed -> failed.toString();
                    default -> throw failure;
                };
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("weft: " + message));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
