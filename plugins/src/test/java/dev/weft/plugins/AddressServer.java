package dev.weft.plugins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A DHCP server, busybox's, which is wherever busybox is: also in the virtual machine.
///
/// @param process of the server
record AddressServer(Process process) implements AutoCloseable {
    /// The first of the addresses that it gives.
    static final String FIRST = "10.1.0.100";

    /// Serves at a link that has the address 10.1.0.1.
    ///
    /// @param directory for its files
    static AddressServer at(String link, NetworkNamespace namespace, Path directory) {
        assumeTrue(Command.isInstalled("busybox"), "busybox is not installed");
        try {
            Files.createDirectories(directory);
            Path configuration =
                    Files.writeString(
                            directory.resolve("udhcpd.conf"),
                            """
                            interface LINK
                            start FIRST
                            end 10.1.0.250
                            lease_file DIRECTORY/leases
                            pidfile DIRECTORY/pid
                            option subnet 255.255.255.0
                            option router 10.1.0.1
                            option lease 600
                            """
                                    .replace("LINK", link)
                                    .replace("FIRST", FIRST)
                                    .replace("DIRECTORY", directory.toString()));
            Files.createFile(directory.resolve("leases"));
            Process process =
                    new ProcessBuilder(
                                    List.of(
                                            "nsenter",
                                            "--net=" + namespace.path(),
                                            "busybox",
                                            "udhcpd",
                                            "-f",
                                            "-a",
                                            "1",
                                            configuration.toString()))
                            .redirectErrorStream(true)
                            .start();
            awaitStart(process.inputReader());
            return new AddressServer(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Whatever it says later has to be read, or it would stop.
    private static void awaitStart(BufferedReader said) throws IOException {
        String line = said.readLine();
        while (line != null && !line.contains("started")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("busybox udhcpd ended");
        }
        Thread.ofPlatform().daemon().start(() -> said.lines().forEach(_ -> {}));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
