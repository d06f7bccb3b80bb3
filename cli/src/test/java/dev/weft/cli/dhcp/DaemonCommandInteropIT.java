package dev.weft.cli.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.lab.WeftProgram;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.ipam.dhcp.live.DaemonPlugin;
import dev.weft.ipam.dhcp.live.LeaseDaemon;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weft dhcp daemon` as a process.
@Timeout(180)
final class DaemonCommandInteropIT {
    private static final Redirect NO_INPUT = Redirect.from(Path.of("/dev/null").toFile());

    @TempDir private Path program;
    @TempDir private Path directory;

    private Path run() {
        return directory.resolve("run");
    }

    private DaemonPlugin plugin() {
        return new DaemonPlugin(run().resolve(LeaseDaemon.SOCKET), directory.resolve("state"));
    }

    private static Request status() {
        return new Request(
                Command.STATUS,
                new AttachmentId("", ""),
                Optional.empty(),
                Optional.empty(),
                "",
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(
                        JsonText.parseObject(
                                """
                                {"cniVersion": "1.1.0", "name": "net", "ipam": {"type": "dhcp"}}
                                """,
                                "configuration")),
                new Diagnostics());
    }

    /// It takes the place of one that ended, and leaves no socket behind.
    @Test
    void daemon_servesPluginsUntilItIsToldToStop() throws IOException, InterruptedException {
        WeftProgram weft = WeftProgram.installIn(program);
        for (int i = 0; i < 2; i++) {
            Process daemon =
                    weft.start(
                            NO_INPUT,
                            directory,
                            "dhcp",
                            "daemon",
                            "--run-dir",
                            run().toString(),
                            "--state-dir",
                            directory.resolve("state").toString());
            try (BufferedReader said = daemon.inputReader()) {
                assertThat(said.readLine()).contains("is ready", LeaseDaemon.SOCKET);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run())))
                        .isEqualTo("rwx------");
                plugin().status(status());
                daemon.destroy();
                assertThat(WeftProgram.exitCode(daemon)).isIn(0, 143);
            }
        }
        assertThatThrownBy(() -> plugin().status(status()))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("weft dhcp daemon");
    }
}
