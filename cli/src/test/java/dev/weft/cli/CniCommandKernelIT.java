package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `weft cni` with plugins that are shell scripts.
final class CniCommandKernelIT {
    private static final String NETNS = "/var/run/netns/testing";
    private static final String RESULT =
            "{\"cniVersion\":\"1.1.0\",\"ips\":[{\"address\":\"10.0.0.2/24\"}]}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(directory.resolve("conf"));
        Files.createDirectories(directory.resolve("bin"));
        Files.createFile(directory.resolve("log"));
        configure(
                "demo",
                "{\"type\":\"one\"},{\"type\":\"two\",\"capabilities\":{\"portMappings\":true}}");
        script("one", "");
        script("two", "");
    }

    private void configure(String name, String plugins) throws IOException {
        Files.writeString(
                directory.resolve("conf/10-" + name + ".conflist"),
                "{\"cniVersion\":\"1.1.0\",\"name\":\""
                        + name
                        + "\",\"plugins\":["
                        + plugins
                        + "]}");
    }

    private void script(String type, String onAdd) throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("bin").resolve(type),
                        "#!/bin/sh\necho "
                                + type
                                + " $CNI_COMMAND $CNI_CONTAINERID $CNI_IFNAME $CNI_ARGS >>"
                                + directory.resolve("log")
                                + "\ncat >"
                                + directory.resolve(type + ".in")
                                + "\ncase $CNI_COMMAND in\nADD) "
                                + onAdd
                                + "\necho '"
                                + RESULT
                                + "';;\nVERSION) echo '{\"cniVersion\":\"1.1.0\","
                                + "\"supportedVersions\":[\"1.1.0\"]}';;\nesac\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> words(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of("cni", command));
        words.addAll(List.of(arguments));
        words.addAll(
                List.of(
                        "--conf-dir=" + directory.resolve("conf"),
                        "--plugin-dir=" + directory.resolve("bin"),
                        "--cache-dir=" + directory.resolve("cache")));
        return words;
    }

    private int run(String command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words(command, arguments).toArray(String[]::new));
    }

    private JsonObject json() {
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("log")).stream().map(String::strip).toList();
    }

    private JsonObject input(String type) throws IOException {
        return JsonParser.parseString(Files.readString(directory.resolve(type + ".in")))
                .getAsJsonObject();
    }

    @Test
    void container_isCalledAsCnitoolCallsIt() throws IOException {
        assertThat(run("add", "demo", NETNS)).isZero();
        assertThat(json()).isEqualTo(JsonParser.parseString(RESULT));
        assertThat(log())
                .containsExactly(
                        "one ADD cnitool-77383ca0a0715733ca6f eth0",
                        "two ADD cnitool-77383ca0a0715733ca6f eth0");
        assertThat(run("check", "demo", "testing")).isZero();
        assertThat(run("del", "demo", "--netns", "testing")).isZero();
        assertThat(log())
                .endsWith(
                        "two DEL cnitool-77383ca0a0715733ca6f eth0",
                        "one DEL cnitool-77383ca0a0715733ca6f eth0");
    }

    @Test
    void options_reachThePlugins_andAreRememberedForDel() throws IOException {
        assertThat(
                        run(
                                "add",
                                "demo",
                                NETNS,
                                "--container-id",
                                "c9",
                                "-i",
                                "net1",
                                "--arg",
                                "IgnoreUnknown=1",
                                "--arg",
                                "K=v",
                                "--port",
                                "8080:80",
                                "--port",
                                "[::1]:53:5353/udp",
                                "--cap-args",
                                "{\"bandwidth\":{\"x\":1}}"))
                .isZero();
        assertThat(err.toString()).contains("capability bandwidth");
        assertThat(log()).contains("one ADD c9 net1 IgnoreUnknown=1;K=v");
        JsonElement ports =
                JsonParser.parseString(
                        "[{\"hostPort\":8080,\"containerPort\":80,\"protocol\":\"tcp\"},"
                                + "{\"hostPort\":53,\"containerPort\":5353,\"protocol\":\"udp\","
                                + "\"hostIP\":\"::1\"}]");
        assertThat(input("two").getAsJsonObject("runtimeConfig").get("portMappings"))
                .isEqualTo(ports);

        Files.delete(directory.resolve("conf/10-demo.conflist"));
        assertThat(run("del", "demo", "--container-id", "c9", "-i", "net1")).isZero();
        assertThat(log()).contains("two DEL c9 net1 IgnoreUnknown=1;K=v");
        assertThat(input("two").getAsJsonObject("runtimeConfig").get("portMappings"))
                .isEqualTo(ports);
    }

    @Test
    void failure_saysWhichFileWasUsed() throws IOException {
        script("two", "echo '{\"code\":11,\"msg\":\"later\"}'; exit 1");
        assertThat(run("add", "demo", NETNS)).isEqualTo(1);
        assertThat(err.toString())
                .contains("weft: plugin type=\"two\" name=\"demo\" failed (add): later")
                .contains("network demo is that of " + directory.resolve("conf/10-demo.conflist"))
                .contains("version 1.1.0");
        assertThat(log()).hasSize(4).last().asString().startsWith("one DEL");
        assertThat(run("add", "demo", NETNS, "--json", "--no-rollback")).isEqualTo(1);
        assertThat(json().get("code").getAsInt()).isEqualTo(11);
        assertThat(log()).hasSize(6);
        assertThat(run("add", "absent", NETNS)).isEqualTo(1);
        assertThat(err.toString()).contains("no net configuration with name \"absent\" in ");
    }

    @Test
    void dryRun_showsWhatPluginsWouldRead_andCallsNone() throws IOException {
        assertThat(run("add", "demo", NETNS, "--dry-run", "--json")).isZero();
        assertThat(JsonParser.parseString(out.toString()).getAsJsonArray()).hasSize(2);
        assertThat(run("del", "demo", NETNS, "--dry-run")).isZero();
        assertThat(out.toString()).startsWith(directory.resolve("bin/two") + " DEL reads");
        assertThat(log()).isEmpty();
    }

    @Test
    void list_showsNetworksProblemsAndAttachments() throws IOException {
        run("add", "demo", NETNS);
        configure("lost", "{\"type\":\"absent\"}");
        Files.writeString(directory.resolve("conf/90-bad.conflist"), "{");
        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .contains("demo     1.1.0    one,two")
                .contains("10-lost.conflist: there is no plugin absent in ")
                .contains("90-bad.conflist: error unmarshall")
                .contains("cnitool-77383ca0a0715733ca6f  " + NETNS);
        assertThat(run("list", "--json")).isZero();
        assertThat(json().getAsJsonArray("networks")).hasSize(3);
        assertThat(json().getAsJsonArray("attachments")).hasSize(1);
    }

    @Test
    void collection_keepsWhatLives_orWhatIsNamed() throws IOException {
        run("add", "demo", directory.toString(), "--container-id", "living");
        run("add", "demo", directory.resolve("gone").toString(), "--container-id", "dead");
        assertThat(run("gc", "demo")).isZero();
        assertThat(log()).contains("one DEL dead eth0").doesNotContain("one DEL living eth0");
        assertThat(input("one").getAsJsonArray("cni.dev/valid-attachments")).hasSize(1);
        assertThat(run("gc", "demo", "--valid", "living/eth0")).isZero();
        assertThat(log()).doesNotContain("one DEL living eth0");
        assertThat(run("gc", "demo", NETNS)).isZero();
        assertThat(log()).contains("one DEL living eth0");
        assertThat(input("one").has("cni.dev/valid-attachments")).isFalse();
    }

    @Test
    void statusAndVersion_askThePlugins() throws IOException {
        assertThat(run("status", "demo", NETNS)).isZero();
        assertThat(log()).containsExactly("one STATUS", "two STATUS");
        assertThat(run("version", "demo")).isZero();
        assertThat(out.toString()).contains("one     1.1.0");
        Files.delete(directory.resolve("bin/two"));
        assertThat(run("version", "demo")).isEqualTo(1);
        assertThat(err.toString()).contains("failed to find plugin \"two\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add demo",
                "add",
                "add demo x --arg K",
                "add demo x --arg K=",
                "add demo x --arg K=1=2",
                "add demo x --port 80",
                "add demo x --port 0:80",
                "add demo x --port 80:80/icmp",
                "add demo x --port 1.2.3:80:80",
                "add demo x --cap-args []",
                "add demo x --netns y",
                "add demo x --timeout 0",
                "gc demo --all --valid a/b",
                "gc demo --valid a",
            })
    void commandLineThatIsWrong_isAUsageError(String line) throws IOException {
        List<String> words = List.of(line.split(" ", -1));
        assertThat(run(words.getFirst(), words.stream().skip(1).toArray(String[]::new)))
                .isEqualTo(2);
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void interruptedAdd_isRolledBack(String signal) throws Exception {
        Path fifo = directory.resolve("fifo");
        Command.run("mkfifo", fifo.toString()).orFail();
        script("two", "echo started >" + fifo + "; exec sleep 60");
        Process weft =
                new ProcessBuilder(
                                Stream.concat(
                                                Stream.of(
                                                        "env",
                                                        "--default-signal",
                                                        Path.of(
                                                                        System.getProperty(
                                                                                "java.home"),
                                                                        "bin",
                                                                        "java")
                                                                .toString(),
                                                        "-XX:TieredStopAtLevel=1",
                                                        "--enable-native-access=ALL-UNNAMED",
                                                        "-cp",
                                                        System.getProperty("java.class.path"),
                                                        Main.class.getName()),
                                                words("add", "demo", NETNS).stream())
                                        .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("said").toFile())
                        .start();
        assertThat(Files.readString(fifo)).isEqualTo("started\n");
        Command.run("kill", "-s", signal, Long.toString(weft.pid())).orFail();
        assertThat(weft.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(weft.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(log())
                .extracting(line -> line.substring(0, 7))
                .containsExactly("one ADD", "two ADD", "two DEL", "one DEL");
        assertThat(Files.readString(directory.resolve("said"))).contains("failed (add)");
    }
}
