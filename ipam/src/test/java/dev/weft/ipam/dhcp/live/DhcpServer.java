package dev.weft.ipam.dhcp.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server on the end of the cable that is not the container's.
final class DhcpServer implements AutoCloseable {
    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final Thread reader;

    private DhcpServer(List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException killed) {
            output.add("end of output: " + killed.getMessage());
        }
    }

    /// dnsmasq, which tells what it does and has come to serve when this returns.
    ///
    /// @param leases its file, from one server to the next
    /// @param range first address, last address, mask and time
    static DhcpServer dnsmasq(Path leases, String range, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "dnsmasq",
                                "--keep-in-foreground",
                                "--conf-file=/dev/null",
                                "--pid-file=",
                                "--user=root",
                                "--port=0",
                                "--interface=srv",
                                "--bind-interfaces",
                                "--dhcp-authoritative",
                                "--no-ping",
                                "--log-facility=-",
                                "--log-dhcp",
                                "--dhcp-leasefile=" + leases,
                                "--dhcp-range=" + range));
        command.addAll(List.of(options));
        return start(command, "sockets bound exclusively");
    }

    /// Any server.
    ///
    /// @param ready what it says when it serves
    static DhcpServer start(List<String> command, String ready) {
        DhcpServer server = new DhcpServer(command);
        server.awaitLine(ready);
        return server;
    }

    /// busybox's, whose leases may be shorter than dnsmasq's two minutes.
    static DhcpServer udhcpd(Path directory, int leaseSeconds) {
        try {
            Path leases = directory.resolve("udhcpd.leases");
            if (!Files.exists(leases)) {
                Files.createFile(leases);
            }
            Path configuration =
                    Files.writeString(
                            directory.resolve("udhcpd.conf"),
                            """
                            interface srv
                            start 10.9.0.100
                            end 10.9.0.120
                            min_lease 1
                            lease_file %l
                            pidfile %p
                            option subnet 255.255.255.0
                            option router 10.9.0.1
                            option lease %s
                            """
                                    .replace("%l", leases.toString())
                                    .replace("%p", directory.resolve("pid").toString())
                                    .replace("%s", Integer.toString(leaseSeconds)));
            return start(List.of("busybox", "udhcpd", "-f", configuration.toString()), "started");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Waits until the server says something.
    String awaitLine(String part) {
        List<String> said = new ArrayList<>();
        try {
            for (String line = next(); line != null; line = next()) {
                said.add(line);
                if (line.contains(part)) {
                    return line;
                }
            }
        } catch (InterruptedException timedOut) {
            throw new AssertionError(said.toString(), timedOut);
        }
        throw new AssertionError("never \"" + part + "\": " + said);
    }

    private @Nullable String next() throws InterruptedException {
        return output.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
