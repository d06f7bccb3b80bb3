package dev.weft.plugins;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A firewalld of its own in a namespace, on a system bus of its own: `/run` is the test's.
final class FirewalldPeer implements AutoCloseable {
    private static final Path BUS = Path.of("/run/dbus");
    private static final String CONFIGURATION =
            """
            <busconfig>
              <type>system</type>
              <listen>unix:path=/run/dbus/system_bus_socket</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/><allow own="*"/>
                <allow send_destination="*"/><allow receive_sender="*"/>
              </policy>
            </busconfig>
            """;

    private final NetworkNamespace host;
    private final List<ProcessHandle> processes = new ArrayList<>();

    FirewalldPeer(NetworkNamespace host) {
        this.host = host;
    }

    static boolean isInstalled() {
        return Command.isInstalled("firewalld")
                && Command.isInstalled("dbus-daemon")
                && Command.isInstalled("busctl");
    }

    /// Starts the bus.
    void startBus(Path directory) throws IOException {
        Path configuration = Files.writeString(directory.resolve("bus.conf"), CONFIGURATION);
        Files.createDirectories(directory.resolve("firewalld"));
        Files.createDirectories(BUS);
        follow("dbus-daemon --config-file=" + configuration + " --fork --print-pid");
    }

    /// Starts firewalld unless it runs, and waits until it answers.
    void ensureStarted(Path directory) {
        if (processes.size() > 1) {
            return;
        }
        follow(
                "nsenter --net="
                        + host.path()
                        + " firewalld --nofork --nopid --system-config "
                        + directory.resolve("firewalld")
                        + " --log-file "
                        + directory.resolve("firewalld.log")
                        + " >/dev/null 2>&1 & echo $!");
        NatLab.in(host, "until firewall-cmd --state >/dev/null 2>&1; do :; done");
    }

    private void follow(String script) {
        String number = Command.run("sh", "-c", script).orFail().stdout().strip();
        processes.add(ProcessHandle.of(Long.parseLong(number)).orElseThrow());
    }

    /// The sources of a zone, as firewalld's own program tells them.
    String sources(String zone) {
        return NatLab.in(host, "firewall-cmd --zone=" + zone + " --list-sources").strip();
    }

    /// Ends firewalld, which takes its rules with it.
    void stopFirewalld() {
        end(processes.removeLast());
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() throws IOException {
        while (!processes.isEmpty()) {
            end(processes.removeLast());
        }
        Files.deleteIfExists(BUS.resolve("system_bus_socket"));
        Files.deleteIfExists(BUS);
    }
}
