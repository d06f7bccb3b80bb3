package dev.weft.cli;

import dev.weft.cli.cni.InstallCniCommand;
import dev.weft.cli.dhcp.DhcpCommand;
import dev.weft.cli.fw.FwCommand;
import dev.weft.cli.kubenet.KubenetCommand;
import dev.weft.cli.lab.LabCommand;
import dev.weft.cli.runtime.CniCommand;
import dev.weft.cli.text.LostOutputException;
import dev.weft.cli.text.Terminal;
import dev.weft.cni.CniException;
import dev.weft.linux.LinuxException;
import java.io.IOException;
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
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = "Container networking for Linux.",
        subcommands = {
            LabCommand.class,
            FwCommand.class,
            CniCommand.class,
            DhcpCommand.class,
            InstallCniCommand.class,
            KubenetCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Main {
    private Main() {}

    /// Runs `weft` and ends the process with the command's exit code.
    ///
    /// @param arguments the command line, without the program's name
    public static void main(String[] arguments) {
        CommandLine command =
                commandLine().setOut(Terminal.standardOutput()).setErr(Terminal.standardError());
        System.exit(execute(command, arguments));
    }

    /// Output can be lost inside a command, which reports it, and outside, in a usage help.
    private static int execute(CommandLine command, String[] arguments) {
        try {
            return command.execute(arguments);
        } catch (LostOutputException lost) {
            return report(lost, command);
        }
    }

    /// The whole command tree: what `main` runs, what tests drive without ending the process, and
    /// what the manual pages are made of.
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> report(failure, command));
    }

    /// What the kernel or the file system refuses is told in one line; anything else is a bug, and
    /// its stack trace is what its finder needs.
    private static int report(Exception failure, CommandLine command) throws Exception {
        return switch (failure) {
            case LostOutputException lost -> report(lost, command);
            case LinuxException refused -> say(refused, command);
            case CniException refused -> say(refused, command);
            case UncheckedIOException failed -> say(failed, command);
            case IOException failed -> say(failed, command);
            default -> throw failure;
        };
    }

    private static int report(LostOutputException lost, CommandLine command) {
        return lost.readerLeft() ? CommandLine.ExitCode.SOFTWARE : say(lost, command);
    }

    private static int say(Exception failure, CommandLine command) {
        command.getErr()
                .println(command.getColorScheme().errorText("weft: " + failure.getMessage()));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
