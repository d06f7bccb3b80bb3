package dev.weft.dist;

import dev.weft.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Writes a manual page for every command of `weft`.
///
/// `dist/build` starts this file as it is, with `weft.jar` on the class path: the JDK compiles it.
public final class ManualPages {
    private ManualPages() {}

    /// Writes `weft.1`, `weft-lab.1` and so on.
    ///
    /// @param arguments the directory to write to, the version, and the date that stands in the
    ///   pages' foot
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        write(Main.commandLine(), directory, new Edition(arguments[1], arguments[2]));
    }

    private static void write(CommandLine command, Path directory, Edition edition)
            throws IOException {
        ManualPage page = new ManualPage(command);
        Files.writeString(directory.resolve(page.name() + ".1"), page.roff(edition));
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (isOurs(subcommand.getCommandSpec())) {
                write(subcommand, directory, edition);
            }
        }
    }

    /// picocli's own commands, help and completion, are described where they are listed.
    static boolean isOurs(CommandSpec command) {
        return !command.userObject().getClass().getName().startsWith("picocli.");
    }

    /// @param version of the program
    /// @param date as a person reads it
    record Edition(String version, String date) {}
}
