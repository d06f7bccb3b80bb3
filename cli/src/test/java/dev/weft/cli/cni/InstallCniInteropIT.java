package dev.weft.cli.cni;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cli.Main;
import dev.weft.plugins.PluginSet;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `weft install-cni` on directories of its own, with runtimes' eyes: what is under a plugin's
/// name.
final class InstallCniInteropIT {
    private static final String OTHERS = "somebody else's plugin";

    @TempDir private Path directory;
    private Path delivery;
    private Path plugins;
    private Path networks;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void deliver() throws IOException {
        delivery = Files.createDirectory(directory.resolve("delivery"));
        plugins = directory.resolve("opt/cni/bin");
        networks = directory.resolve("net.d");
        Files.writeString(delivery.resolve("weft-shim"), "a program");
        Files.writeString(delivery.resolve("weft-oneshot"), "/usr/bin/java\n-jar\nweftd.jar\n");
    }

    private int run(String... options) {
        out = new StringWriter();
        err = new StringWriter();
        return new CommandLine(new InstallCniCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments(options).toArray(String[]::new));
    }

    private List<String> arguments(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--bin-dir", plugins.toString(), "--from", delivery.toString()));
        return arguments;
    }

    private void runWell(String... options) {
        int code = run(options);
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
    }

    private List<String> changes() {
        return JsonParser.parseString(out.toString())
                .getAsJsonObject()
                .getAsJsonArray("plugins")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(step ->
                        step.get("change").getAsString() + " " + step.get("name").getAsString())
                .toList();
    }

    private static List<String> all(String change) {
        return PluginSet.TYPES.stream().map(name -> change + " " + name).toList();
    }

    private static List<String> namesIn(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path others(String name, String content) throws IOException {
        Files.createDirectories(plugins);
        Path file = Files.writeString(plugins.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
    }

    private Shim shim() throws IOException {
        return new Delivery(delivery).shim();
    }

    @Test
    void installedName_isTheShimWithItsOneShotCommand() throws IOException {
        Files.write(delivery.resolve("weft-shim"), BuiltShim.compile(directory));
        Files.writeString(
                delivery.resolve("weft-oneshot"), BuiltShim.oneShot(directory) + "\na b\n");
        runWell();
        assertThat(namesIn(plugins)).containsExactlyInAnyOrderElementsOf(PluginSet.TYPES);
        for (String name : PluginSet.TYPES) {
            Command.Result result =
                    Command.of(
                                    "env",
                                    "CNI_COMMAND=DEL",
                                    "WEFT_RUN_DIR=" + directory,
                                    plugins.resolve(name).toString())
                            .stdin("{}".getBytes(UTF_8))
                            .run();
            assertThat(result.stdout()).isEqualTo("one-shot: a b " + name + "\n{}");
        }
    }

    @Test
    void oneShotCommandOfADirectory_isWhereTheDirectoryIs() throws IOException {
        Files.writeString(
                delivery.resolve("weft-oneshot"), "{dir}/java\n-XX:AOTCache={dir}/x.aot\n");
        runWell();
        assertThat(Files.readString(plugins.resolve("bridge"), ISO_8859_1))
                .contains(delivery + "/java\0-XX:AOTCache=" + delivery + "/x.aot\0");
    }

    @Test
    void installedName_mayBeExecutedByEverybody() throws IOException {
        runWell();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(plugins.resolve("bridge"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void secondInstallation_changesNothing() throws IOException {
        runWell("--json");
        assertThat(changes()).isEqualTo(all("install"));
        Object before = Files.getAttribute(plugins.resolve("bridge"), "unix:ino");
        runWell("--json");
        assertThat(changes()).isEqualTo(all("unchanged"));
        assertThat(Files.getAttribute(plugins.resolve("bridge"), "unix:ino")).isEqualTo(before);
    }

    @Test
    void installationOfAnotherVersion_renewsAndKeepsNoShim() throws IOException {
        runWell();
        Files.writeString(delivery.resolve("weft-shim"), "another program");
        runWell("--json");
        assertThat(changes()).isEqualTo(all("renew"));
        assertThat(shim().isCurrentAt(plugins.resolve("sbr"))).isTrue();
        assertThat(namesIn(plugins)).containsExactlyInAnyOrderElementsOf(PluginSet.TYPES);
    }

    @Test
    void removal_putsBackWhatWasThere() throws IOException {
        Path bridge = others("bridge", OTHERS);
        others("calico", "no business of ours");
        Path link = Files.createSymbolicLink(plugins.resolve("ptp"), Path.of("../elsewhere/ptp"));
        runWell("--json");
        assertThat(changes()).contains("replace bridge", "replace ptp", "install sbr");
        runWell();
        assertThat(Shim.isAt(bridge)).isTrue();
        assertThat(Shim.isAt(link)).isTrue();
        runWell("--uninstall", "--json");
        assertThat(changes()).contains("restore bridge", "restore ptp", "remove sbr");
        assertThat(bridge).hasContent(OTHERS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bridge)))
                .isEqualTo("rwxr-x---");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("../elsewhere/ptp"));
        assertThat(namesIn(plugins)).containsExactly("bridge", "calico", "ptp");
    }

    @Test
    void removalWithoutInstallation_doesNothing() throws IOException {
        runWell("--uninstall");
        assertThat(out.toString()).isEqualTo("There is nothing of Weft.\n");
        assertThat(plugins).doesNotExist();
    }

    @Test
    void packageThatOverwroteTheShim_isKeptBesideTheFirstAndComesBack() throws IOException {
        others("bridge", OTHERS);
        runWell();
        Files.delete(plugins.resolve("bridge"));
        others("bridge", "its next version");
        runWell();
        assertThat(Shim.isAt(plugins.resolve("bridge"))).isTrue();
        runWell("--uninstall");
        assertThat(plugins.resolve("bridge")).hasContent("its next version");
        assertThat(plugins.resolve(".weft-replaced/bridge")).hasContent(OTHERS);
    }

    @Test
    void removal_leavesAPluginThatOverwroteTheShim() throws IOException {
        runWell();
        Files.delete(plugins.resolve("bridge"));
        others("bridge", OTHERS);
        runWell("--uninstall");
        assertThat(namesIn(plugins)).containsExactly("bridge");
        assertThat(plugins.resolve("bridge")).hasContent(OTHERS);
    }

    @Test
    void directoryOfAPluginsName_isRefusedBeforeAnythingIsDone() throws IOException {
        Files.createDirectories(plugins.resolve("sbr"));
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains(plugins.resolve("sbr").toString(), "neither a file");
        assertThat(namesIn(plugins)).containsExactly("sbr");
    }

    @Test
    void installationBrokenOffAfterKeeping_isCompletedOrUndone() throws IOException {
        others("bridge", OTHERS);
        Files.createDirectories(plugins.resolve(".weft-replaced"));
        Files.createLink(plugins.resolve(".weft-replaced/bridge"), plugins.resolve("bridge"));
        Path left = plugins.resolve(".weft-new-0123456789abcdef");
        Files.writeString(left, "half of a pro");
        Files.setLastModifiedTime(left, FileTime.fromMillis(0));
        runWell("--uninstall");
        assertThat(namesIn(plugins)).containsExactly("bridge");
        Files.createDirectories(plugins.resolve(".weft-replaced"));
        Files.createLink(plugins.resolve(".weft-replaced/bridge"), plugins.resolve("bridge"));
        runWell();
        assertThat(namesIn(plugins.resolve(".weft-replaced"))).containsExactly("bridge");
        assertThat(plugins.resolve(".weft-replaced/bridge")).hasContent(OTHERS);
    }

    /// How far it comes is left to chance; that every name works, and that repeating completes it,
    /// is not.
    @Test
    void killedInstallation_leavesWholeFilesAndIsCompletedByTheNext() throws Exception {
        for (String name : PluginSet.TYPES) {
            others(name, OTHERS);
        }
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            plugins.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process run = new ProcessBuilder(program()).redirectErrorStream(true).start();
            assertThat(watch.poll(60, TimeUnit.SECONDS)).as("it began").isNotNull();
            run.destroyForcibly();
            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        for (String name : PluginSet.TYPES) {
            Path plugin = plugins.resolve(name);
            assertThat(shim().isCurrentAt(plugin) || Files.readString(plugin).equals(OTHERS))
                    .isTrue();
        }
        runWell();
        for (String name : PluginSet.TYPES) {
            assertThat(shim().isCurrentAt(plugins.resolve(name))).isTrue();
            assertThat(plugins.resolve(".weft-replaced/" + name)).hasContent(OTHERS);
        }
    }

    private List<String> program() {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "install-cni"));
        argv.addAll(arguments());
        return argv;
    }

    @Test
    void dryRun_saysWhatItWouldDoAndDoesNothing() throws IOException {
        others("bridge", OTHERS);
        runWell("--dry-run", "--conf-dir", networks.toString());
        assertThat(out.toString())
                .startsWith("WOULD")
                .contains("replace, and keep what is there", "10-weft.conflist");
        assertThat(namesIn(plugins)).containsExactly("bridge");
        assertThat(networks).doesNotExist();
    }

    @Test
    void firstNetwork_isAConfigurationThatRuntimesRead() throws IOException {
        runWell("--conf-dir", networks.toString(), "--subnet", "fd00:7::/64");
        assertThat(namesIn(networks)).containsExactly("10-weft.conflist");
        JsonObject network =
                JsonParser.parseString(Files.readString(networks.resolve("10-weft.conflist")))
                        .getAsJsonObject();
        assertThat(network.get("name").getAsString()).isEqualTo("weft");
        assertThat(network.getAsJsonArray("plugins").asList())
                .extracting(plugin -> plugin.getAsJsonObject().get("type").getAsString())
                .isSubsetOf(PluginSet.TYPES);
        assertThat(network.toString()).contains("fd00:7::/64", "\"dst\":\"::/0\"");
        runWell("--uninstall", "--conf-dir", networks.toString());
        assertThat(namesIn(networks)).isEmpty();
    }

    @Test
    void networkOfSomebodyElse_isAReasonToDoNothing() throws IOException {
        Files.createDirectories(networks);
        Files.writeString(networks.resolve("87-podman.conflist"), "{}");
        assertThat(run("--conf-dir", networks.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("87-podman.conflist", "--force");
        assertThat(plugins).doesNotExist();
        runWell("--conf-dir", networks.toString(), "--force");
        runWell("--conf-dir", networks.toString());
        assertThat(namesIn(networks)).containsExactly("10-weft.conflist", "87-podman.conflist");
    }

    @Test
    void editedNetwork_isLeft() throws IOException {
        runWell("--conf-dir", networks.toString());
        Path file = networks.resolve("10-weft.conflist");
        Files.writeString(file, Files.readString(file).replace("weft0", "br0"));
        assertThat(run("--conf-dir", networks.toString())).isEqualTo(1);
        runWell("--uninstall", "--conf-dir", networks.toString());
        assertThat(out.toString()).contains("leave: it is not Weft's, or was edited");
        assertThat(file).exists();
        assertThat(namesIn(plugins)).isEmpty();
    }

    @Test
    void subnetThatIsNone_isAUsageError() {
        for (String subnet : List.of("10.0.0.1/16", "10.0.0.0/31", "ten")) {
            assertThat(run("--conf-dir", networks.toString(), "--subnet", subnet)).isEqualTo(2);
            assertThat(err.toString()).contains(subnet);
        }
        assertThat(run("--subnet", "10.0.0.0/16")).isEqualTo(2);
        assertThat(run("--uninstall", "--force")).isEqualTo(2);
    }

    @Test
    void readOnlyDirectory_isNamedWithTheReason() throws IOException {
        Files.createDirectories(plugins);
        Command.run("mount", "-t", "tmpfs", "-o", "ro", "weft-test", plugins.toString()).orFail();
        try {
            assertThat(run()).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("cannot create " + plugins)
                    .contains("read-only file system");
        } finally {
            Command.run("umount", plugins.toString()).orFail();
        }
    }

    @Test
    void missingPart_isNamedWithWhatItWants() throws IOException {
        Files.delete(delivery.resolve("weft-oneshot"));
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains("weft-oneshot", "without the agent");
        Files.delete(delivery.resolve("weft-shim"));
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains("weft-shim", "musl-tools");
        assertThat(Files.exists(plugins, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
}
