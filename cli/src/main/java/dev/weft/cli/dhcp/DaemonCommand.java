package dev.weft.cli.dhcp;

import dev.weft.ipam.dhcp.live.LeaseDaemon;
import dev.weft.ipam.dhcp.live.LeaseHolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weft dhcp daemon`: serves until it is told to stop, and leaves the leases to the next one.
@Command(
        name = "daemon",
        description = {
            "Get and renew the DHCP leases of containers whose network has \"ipam\": {\"type\":"
                    + " \"dhcp\"}. Not needed beside weftd, which does the same.",
            "The plugin asks over a socket, dhcp.sock in the directory of --run-dir, which only"
                    + " the daemon's user may write to."
        })
final class DaemonCommand implements Callable<Integer> {
    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = "/run/weft",
            description = "where the socket is (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path runDirectory;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "/var/lib/weft",
            description = "where leases are kept (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path stateDirectory;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    DaemonCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Files.createDirectories(
                runDirectory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path socket = runDirectory.resolve(LeaseDaemon.SOCKET);
        try (LeaseHolder holder = new LeaseHolder(stateDirectory, line -> say(out, line));
                LeaseDaemon daemon = LeaseDaemon.open(socket, holder, line -> say(out, line))) {
            holder.own();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(daemon::close));
            say(out, "weft dhcp daemon is ready: " + socket);
            daemon.run();
        }
        return CommandLine.ExitCode.OK;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
