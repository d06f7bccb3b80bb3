package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plugins as programs: small shell scripts.
final class PluginFileKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NetworkNamespace own = NetworkNamespace.current();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @AfterEach
    void close() {
        own.close();
    }

    private PluginFile script(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PluginDirectories(List.of(directory)).find(name);
    }

    private static Map<String, String> environment() {
        return new HashMap<>(System.getenv());
    }

    private Reply run(PluginFile file) {
        return file.execute(environment(), "{}", LIMIT, own);
    }

    private Request request(String version) {
        JsonObject json =
                JsonText.parseObject(
                        "{\"cniVersion\":\"" + version + "\",\"name\":\"net\",\"x\":1e400}",
                        "configuration");
        return new Request(
                Command.ADD,
                new AttachmentId("c1", "eth0"),
                Optional.of("/proc/1/ns/net"),
                Optional.empty(),
                "",
                new PluginDirectories(List.of(directory)),
                Map.of("PATH", "/bin:/usr/bin", "CNI_COMMAND", "ADD", "CNI_IFNAME", "eth0"),
                Configuration.of(json),
                new Diagnostics());
    }

    @Test
    void program_getsEnvironmentAndInput_andLeavesOutputErrorsAndStatus() throws IOException {
        PluginFile file = script("echo", "cat; echo \"$CNI_COMMAND\" >&2; exit 3");
        Map<String, String> environment = environment();
        environment.put("CNI_COMMAND", "ADD");
        assertThat(file.execute(environment, "{\"a\":1}", LIMIT, own))
                .isEqualTo(new Reply(3, "{\"a\":1}", "ADD\n"));
    }

    @Test
    void fileThatIsBeingWritten_isTriedAgain() throws Exception {
        PluginFile file = script("late", "echo done");
        FutureTask<Reply> running = new FutureTask<>(() -> run(file));
        Thread runner = new Thread(running);
        try (OutputStream _ = Files.newOutputStream(file.path(), StandardOpenOption.APPEND)) {
            runner.start();
            while (runner.getState() != Thread.State.TIMED_WAITING && !running.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(running.isDone()).isFalse();
        }
        assertThat(running.get().output()).isEqualTo("done\n");
    }

    @Test
    void programThatDoesNotEnd_isKilled_andItsTimeTold() throws IOException {
        PluginFile file = script("slow", "sleep 100");
        assertThatThrownBy(() -> file.execute(environment(), "{}", Duration.ofMillis(50), own))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("slow did not end within 50 ms and was killed");
    }

    @Test
    void fileThatMayNotBeExecuted_isFoundAndNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "hello");
        PluginFile found = new PluginDirectories(List.of(directory)).find("text");
        assertThat(found.path()).isEqualTo(file);
        assertThatThrownBy(() -> run(found))
                .isInstanceOf(CniException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shim_isToldByItsEnd_andByWhatItBecomes() throws IOException {
        PluginFile file = script("bridge", "exit 0");
        assertThat(file.isShim()).isFalse();
        List<String> asked = new ArrayList<>();
        InstalledPlugins installed =
                new InstalledPlugins(type -> {
                    asked.add(type);
                    return Optional.empty();
                });
        assertThat(installed.own(file)).isEmpty();
        assertThat(asked).isEmpty();

        Files.writeString(file.path(), "\0\0\0\0WEFTSHIM", StandardOpenOption.APPEND);
        assertThat(file.isShim()).isTrue();
        installed.own(file);
        installed.own(file);
        assertThat(asked).containsExactly("bridge", "bridge");

        Files.delete(file.path());
        assertThat(installed.own(file)).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void delegate_isCalledWithTheUpperPluginsInputAndEnvironment() throws IOException {
        Path seen = directory.resolve("seen");
        script(
                "pool",
                "cat >"
                        + seen
                        + "; echo noise >&2; [ \"$CNI_IFNAME\" = eth0 ] || exit 1\n"
                        + "case $CNI_COMMAND in ADD) echo '{\"cniVersion\":\"0.4.0\",\"ips\":"
                        + "[{\"version\":\"4\",\"address\":\"10.1.0.2/24\"}]}';; DEL) ;;\n"
                        + "*) echo '{\"code\":11,\"msg\":\"later\",\"details\":\"busy\"}'; exit 1;;"
                        + " esac");
        Request request = request("0.4.0");
        Plugin plugin = InstalledPlugins.none().find("pool", request.pluginDirectories(), own);

        Result result = plugin.add(request);
        assertThat(result.addresses()).hasSize(1);
        assertThat(result.addresses().getFirst().address()).hasToString("10.1.0.2/24");
        assertThat(Files.readString(seen)).contains("1e400");
        assertThat(request.diagnostics().text()).isEqualTo("noise\n");
        plugin.delete(request);
        assertThatThrownBy(() -> plugin.check(request))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> {
                            assertThat(error.is(ErrorCode.TRY_AGAIN_LATER)).isTrue();
                            assertThat(error.getMessage()).isEqualTo("later; busy");
                        });
    }

    @Test
    void versions_areThoseThatThePluginNames() throws IOException {
        PluginFile file =
                script(
                        "new",
                        "[ \"$CNI_COMMAND\" = VERSION ] && echo '{\"cniVersion\":\"1.0.0\","
                                + "\"supportedVersions\":[\"0.4.0\",\"9.0.0\",\"1.0.0\"]}'");
        assertThat(new ExecutedPlugin(file, LIMIT, own).versions())
                .containsExactly(CniVersion.V0_4_0, CniVersion.V1_0_0);
    }
}
