package dev.weft.cli.runtime;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weft cni`: a group of commands.
@Command(
        name = "cni",
        description =
                "Attach containers to CNI networks, detach and check them, list what there is.",
        subcommands = {
            AddCommand.class,
            DelCommand.class,
            CheckCommand.class,
            GcCommand.class,
            StatusCommand.class,
            VersionCommand.class,
            ListCommand.class
        })
public final class CniCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// Filled in by the command line.
    public CniCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
