package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.InstalledPlugins;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Operations over lists of plugins, which are executed.
final class CniRuntimeKernelIT {
    private static final AttachmentId ID = new AttachmentId("c1", "eth0");
    private static final Attachment ATTACHMENT =
            Attachment.of(ID, Optional.of("/run/netns/absent"));
    private static final String ERROR = "{\"code\":103,\"msg\":\"no\",\"details\":\"way\"}";

    private final NetworkNamespace host = NetworkNamespace.current();
    private final StringBuilder errors = new StringBuilder();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ScriptedPlugins plugins;

    @BeforeEach
    void install() {
        plugins = ScriptedPlugins.in(directory, "one", "two", "three");
    }

    @AfterEach
    void close() {
        host.close();
    }

    private RuntimeSettings settings() {
        return plugins.settings(directory.resolve("cache"));
    }

    private CniRuntime runtime(RuntimeSettings settings) {
        return new CniRuntime(settings, InstalledPlugins.none(), host, errors::append);
    }

    private CniRuntime runtime() {
        return runtime(settings());
    }

    private static NetworkList network(String version, String keys) {
        return NetworkList.parse(
                "{\"cniVersion\":\""
                        + version
                        + "\",\"name\":\"net\","
                        + keys
                        + "\"plugins\":[{\"type\":\"one\",\"big\":12345678901234567890123},"
                        + "{\"type\":\"two\",\"capabilities\":{\"portMappings\":true,\"off\":false}},"
                        + "{\"type\":\"three\"}]}");
    }

    private static NetworkList network() {
        return network("1.1.0", "");
    }

    private Path cacheFile() {
        return directory.resolve("cache/results/net-c1-eth0");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void add_callsForwards_andHandsEachTheResultBefore() throws IOException {
        plugins.answer("one.ADD", "{\"cniVersion\":\"1.1.0\",\"ips\":[],\"x\":1.50}");
        plugins.answer("two.ADD", "{\"cniVersion\":\"0.4.0\"}");
        plugins.write("two.ADD.err", "noise\n");
        Attachment attachment =
                new Attachment(
                        ID,
                        Optional.of("/run/netns/absent"),
                        List.of(
                                new Attachment.Argument("IgnoreUnknown", "1"),
                                new Attachment.Argument("K", "v")),
                        json("{\"portMappings\":[{\"hostPort\":1}],\"off\":1,\"nobodys\":2}"));

        assertThat(runtime().add(network(), attachment))
                .isEqualTo(json("{\"cniVersion\":\"1.1.0\"}"));
        assertThat(plugins.log()).containsExactly("one ADD", "two ADD", "three ADD");
        assertThat(plugins.inputText("one.ADD"))
                .isEqualTo(
                        "{\"type\":\"one\",\"big\":12345678901234567890123,"
                                + "\"cniVersion\":\"1.1.0\",\"name\":\"net\"}");
        assertThat(plugins.input("two.ADD").get("prevResult"))
                .isEqualTo(json("{\"cniVersion\":\"1.1.0\",\"ips\":[],\"x\":1.50}"));
        assertThat(plugins.input("two.ADD").get("runtimeConfig"))
                .isEqualTo(json("{\"portMappings\":[{\"hostPort\":1}]}"));
        assertThat(plugins.input("three.ADD").has("runtimeConfig")).isFalse();
        assertThat(plugins.environment("one.ADD"))
                .containsEntry("CNI_CONTAINERID", "c1")
                .containsEntry("CNI_NETNS", "/run/netns/absent")
                .containsEntry("CNI_IFNAME", "eth0")
                .containsEntry("CNI_ARGS", "IgnoreUnknown=1;K=v")
                .containsEntry("CNI_PATH", plugins.bin().toString())
                .containsEntry("PATH", System.getenv("PATH"));
        assertThat(errors.toString())
                .contains("noise\n", "capability nobodys", "capability off")
                .doesNotContain("capability portMappings");
        assertThat(cacheFile()).exists();
    }

    @Test
    void addThatFails_deletesWhatWasAdded_inReverse() {
        plugins.answer("one.ADD", "{\"cniVersion\":\"1.1.0\",\"y\":2}");
        plugins.fail("two.ADD", ERROR);
        CniException failed =
                catchThrowableOfType(
                        CniException.class, () -> runtime().add(network(), ATTACHMENT));
        assertThat(failed)
                .hasMessage("plugin type=\"two\" name=\"net\" failed (add): no; way")
                .extracting(CniException::code)
                .isEqualTo(103);
        assertThat(plugins.log()).containsExactly("one ADD", "two ADD", "two DEL", "one DEL");
        assertThat(plugins.input("one.DEL").get("prevResult"))
                .isEqualTo(json("{\"cniVersion\":\"1.1.0\",\"y\":2}"));
        assertThat(cacheFile()).doesNotExist();
    }

    @Test
    void rollBackThatFails_isToldToo_andGoesOn() {
        plugins.fail("two.ADD", ERROR);
        plugins.fail("two.DEL", "{\"code\":5,\"msg\":\"stuck\"}");
        assertThatThrownBy(() -> runtime().add(network(), ATTACHMENT))
                .hasMessageContaining("failed (add): no; way; rolling back: ")
                .hasMessageContaining("\"two\" name=\"net\" failed (delete): stuck");
        assertThat(plugins.log()).endsWith("two DEL", "one DEL");
    }

    @Test
    void rollBack_isLeftToTheCaller_whoWantsIt() {
        plugins.fail("two.ADD", ERROR);
        assertThatThrownBy(() -> runtime(settings().withoutRollBack()).add(network(), ATTACHMENT))
                .isInstanceOf(CniException.class);
        assertThat(plugins.log()).containsExactly("one ADD", "two ADD");
    }

    @Test
    void pluginThatIsMissing_isFoundBeforeAnythingIsDone() throws IOException {
        Files.delete(plugins.bin().resolve("three"));
        assertThatThrownBy(() -> runtime().add(network(), ATTACHMENT))
                .hasMessage(
                        "plugin type=\"three\" name=\"net\" failed (add): failed to find plugin"
                                + " \"three\" in path ["
                                + plugins.bin()
                                + "]");
        assertThat(plugins.log()).isEmpty();
    }

    @Test
    void names_areValidatedOnAdd() {
        Attachment tooLong =
                Attachment.of(new AttachmentId("c1", "a-name-too-long-1"), Optional.of("/x"));
        assertThatThrownBy(() -> runtime().add(network(), tooLong))
                .hasMessageContaining("failed (add): interface name is too long");
        assertThat(plugins.log()).isEmpty();
    }

    @Test
    void addOfWhatIsThere_isRefused_andDeletesNothing() {
        runtime().add(network(), ATTACHMENT);
        assertThatThrownBy(() -> runtime().add(network(), ATTACHMENT))
                .hasMessageContaining("has interface eth0 on network net already; delete it first");
        assertThat(plugins.log()).hasSize(3);
    }

    @Test
    void cancelledAdd_isRolledBack() {
        CniRuntime runtime = runtime();
        runtime.cancel();
        assertThatThrownBy(() -> runtime.add(network(), ATTACHMENT))
                .hasMessageContaining("interrupted");
        assertThat(plugins.log()).isEmpty();
    }

    @Test
    void cacheThatCannotBeWritten_failsTheAdd_whichIsRolledBack() throws IOException {
        Files.createDirectories(cacheFile());
        assertThatThrownBy(() -> runtime().add(network(), ATTACHMENT))
                .hasMessageContaining("failed to set network \"net\" cached result");
        assertThat(plugins.log()).endsWith("three DEL", "two DEL", "one DEL");
    }

    @Test
    void delete_goesBackwards_withTheFinalResult_andForgets() {
        plugins.answer("three.ADD", "{\"cniVersion\":\"1.1.0\",\"z\":3}");
        runtime().add(network(), ATTACHMENT);
        runtime().delete(network(), Attachment.of(ID, Optional.empty()));
        assertThat(plugins.log()).endsWith("three DEL", "two DEL", "one DEL");
        assertThat(plugins.input("one.DEL").get("prevResult"))
                .isEqualTo(json("{\"cniVersion\":\"1.1.0\",\"z\":3}"));
        assertThat(plugins.environment("one.DEL")).containsEntry("CNI_NETNS", "");
        assertThat(cacheFile()).doesNotExist();
        runtime().delete(network(), ATTACHMENT);
        assertThat(plugins.input("one.DEL").has("prevResult")).isFalse();
    }

    @Test
    void deleteThatFails_goesOn_tellsAll_andKeepsTheCache() {
        runtime().add(network(), ATTACHMENT);
        plugins.fail("three.DEL", ERROR);
        plugins.fail("one.DEL", "{\"code\":5,\"msg\":\"stuck\"}");
        assertThatThrownBy(() -> runtime().delete(network(), ATTACHMENT))
                .hasMessage(
                        "plugin type=\"three\" name=\"net\" failed (delete): no; way; plugin"
                                + " type=\"one\" name=\"net\" failed (delete): stuck")
                .extracting(failed -> ((CniException) failed).code())
                .isEqualTo(103);
        assertThat(plugins.log()).endsWith("three DEL", "two DEL", "one DEL");
        assertThat(cacheFile()).exists();
    }

    @Test
    void deleteBefore040_hasNoPreviousResult() {
        runtime().add(network("0.3.1", ""), ATTACHMENT);
        runtime().delete(network("0.3.1", ""), ATTACHMENT);
        assertThat(plugins.input("one.DEL").has("prevResult")).isFalse();
        assertThat(cacheFile()).doesNotExist();
    }

    @Test
    void deleteWithBadCache_removesItAndGoesOn() throws IOException {
        Files.createDirectories(cacheFile().getParent());
        for (String bad : List.of("", "{", "{\"kind\":\"other\"}", "\0\0\0\0")) {
            Files.writeString(cacheFile(), bad);
            runtime().delete(network(), ATTACHMENT);
            assertThat(cacheFile()).doesNotExist();
        }
        assertThat(plugins.log()).hasSize(12);
    }

    @Test
    void check_callsForwards_andStopsAtTheFirstFailure() {
        runtime().add(network(), ATTACHMENT);
        runtime().check(network(), ATTACHMENT);
        assertThat(plugins.log()).endsWith("one CHECK", "two CHECK", "three CHECK");
        assertThat(plugins.input("one.CHECK").has("prevResult")).isTrue();

        plugins.fail("one.CHECK", ERROR);
        assertThatThrownBy(() -> runtime().check(network(), ATTACHMENT)).hasMessage("no; way");
        assertThat(plugins.log()).endsWith("three CHECK", "one CHECK");
    }

    @Test
    void check_needsAVersion_mayBeDisabled_andMindsABadCache() throws IOException {
        assertThatThrownBy(() ->
                        runtime().check(network("0.3.1", "\"disableCheck\":true,"), ATTACHMENT))
                .hasMessage("configuration version \"0.3.1\" does not support the CHECK command");
        runtime().check(network("0.4.0", "\"disableCheck\":\"TRUE\","), ATTACHMENT);
        assertThat(plugins.log()).isEmpty();

        Files.createDirectories(cacheFile().getParent());
        Files.writeString(cacheFile(), "{");
        assertThatThrownBy(() -> runtime().check(network(), ATTACHMENT))
                .isInstanceOf(CniException.class);
    }

    @Test
    void collect_deletesWhatIsNotValid_andTellsPluginsWhatIs() {
        AttachmentId other = new AttachmentId("c2", "eth0");
        runtime().add(network(), ATTACHMENT);
        runtime().add(network(), Attachment.of(other, Optional.of("/run/netns/c2")));
        plugins.fail("one.GC", ERROR);
        assertThatThrownBy(() -> runtime().collect(network(), Optional.of(Set.of(other))))
                .hasMessage("no; way");
        assertThat(plugins.log())
                .endsWith("three DEL", "two DEL", "one DEL", "one GC", "two GC", "three GC");
        assertThat(plugins.environment("one.DEL")).containsEntry("CNI_CONTAINERID", "c1");
        JsonObject input = plugins.input("two.GC");
        assertThat(input.get("cni.dev/valid-attachments"))
                .isEqualTo(JsonParser.parseString("[{\"containerID\":\"c2\",\"ifname\":\"eth0\"}]"))
                .isEqualTo(input.get("cni.dev/attachments"));
        assertThat(plugins.environment("one.GC")).containsEntry("CNI_CONTAINERID", "");
        assertThat(runtime().cache().list()).hasSize(1);
    }

    @Test
    void collectWithoutList_deletesWhatIsCached_andTellsPluginsNothing() {
        runtime().add(network(), ATTACHMENT);
        runtime().collect(network(), Optional.empty());
        assertThat(runtime().cache().list()).isEmpty();
        assertThat(plugins.input("one.GC").keySet())
                .containsExactlyInAnyOrder("type", "big", "cniVersion", "name");

        runtime().collect(network(), Optional.of(Set.of()));
        assertThat(plugins.input("one.GC").getAsJsonArray("cni.dev/valid-attachments")).isEmpty();
    }

    @Test
    void collect_mayBeDisabled_andBefore110CallsNoGc() {
        runtime().add(network(), ATTACHMENT);
        runtime().collect(network("1.1.0", "\"disableGC\":true,"), Optional.empty());
        assertThat(plugins.log()).hasSize(3);
        runtime().collect(network("1.0.0", ""), Optional.empty());
        assertThat(plugins.log()).hasSize(6).doesNotContain("one GC");
    }

    @Test
    void status_tellsTheFirstThatWouldNotServe() {
        runtime().status(network("1.0.0", ""));
        assertThat(plugins.log()).isEmpty();
        runtime().status(network());
        assertThat(plugins.log()).containsExactly("one STATUS", "two STATUS", "three STATUS");
        plugins.fail("two.STATUS", "{\"code\":50,\"msg\":\"pool is empty\"}");
        assertThatThrownBy(() -> runtime().status(network()))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.NOT_AVAILABLE)).isTrue());
        assertThat(plugins.log()).hasSize(5);
    }

    @Test
    void validate_tellsEveryPluginThatIsMissingOrTooOld() throws IOException {
        assertThat(runtime().validate(network())).containsExactly("portMappings");
        assertThat(runtime().versions("one")).contains(CniVersion.V1_1_0);
        plugins.answer("one.VERSION", "{\"cniVersion\":\"0.2.0\"}");
        Files.delete(plugins.bin().resolve("two"));
        assertThatThrownBy(() -> runtime().validate(network()))
                .hasMessageContaining("plugin one does not support config version \"1.1.0\"")
                .hasMessageContaining("failed to find plugin \"two\"");
    }

    @Test
    void pluginThatHangs_isKilled_andRolledBack() throws IOException {
        Files.writeString(
                plugins.bin().resolve("two"),
                "#!/bin/sh\necho two $CNI_COMMAND >>$CALLS/log\n[ $CNI_COMMAND != ADD ] || sleep 60\n");
        assertThatThrownBy(() ->
                        runtime(settings().withLimit(Duration.ofMillis(300)))
                                .add(network(), ATTACHMENT))
                .hasMessageContaining("two did not end within 300 ms and was killed");
        assertThat(plugins.log()).containsExactly("one ADD", "two ADD", "two DEL", "one DEL");
    }
}
