package dev.weft.cli.dhcp;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weft dhcp`.
@Command(
        name = "dhcp",
        description = "Hold DHCP leases of containers, where no agent does.",
        subcommands = DaemonCommand.class)
public final class DhcpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// Filled in by the command line.
    public DhcpCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
