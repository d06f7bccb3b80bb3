package dev.weft.cli.fw;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weft fw`: a group of commands.
@Command(
        name = "fw",
        description =
                "Look at nftables rules, compare them with a file, repair them, trace packets.",
        subcommands = {
            ListCommand.class,
            DiffCommand.class,
            RepairCommand.class,
            TraceCommand.class
        })
public final class FwCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// Filled in by the command line.
    public FwCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
