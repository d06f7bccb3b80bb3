package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every plugin does around its work, as the reference implementation's skeleton does it.
final class PluginSkeletonKernelIT {
    private static final String INPUT = "{\"cniVersion\":\"1.1.0\",\"name\":\"net\"}";

    private final NetworkNamespace own = NetworkNamespace.current();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, String> environment =
            new HashMap<>(
                    Map.of(
                            "CNI_COMMAND", "ADD",
                            "CNI_CONTAINERID", "c1",
                            "CNI_NETNS", "/absent/netns",
                            "CNI_IFNAME", "eth0",
                            "CNI_PATH", "/a::/b"));

    private Optional<RuntimeException> failure = Optional.empty();
    private List<CniVersion> versions = CniVersion.V0_3_0.andLater();

    /// Tells what it is asked.
    private final class Recorder implements Plugin {
        @Override
        public String type() {
            return "recorder";
        }

        @Override
        public List<CniVersion> versions() {
            return versions;
        }

        @Override
        public Result add(Request request) {
            record("add " + request.interfaceName() + " " + request.pluginDirectories());
            return Result.empty();
        }

        @Override
        public void delete(Request request) {
            record("delete " + request.containerId());
        }

        @Override
        public void check(Request request) {
            record("check " + request.network());
        }

        @Override
        public void collect(Request request, Set<AttachmentId> valid) {
            record("collect " + valid);
        }

        @Override
        public void status(Request request) {
            request.diagnostics().add("fine");
            record("status");
        }

        private void record(String call) {
            calls.add(call);
            failure.ifPresent(thrown -> {
                throw thrown;
            });
        }
    }

    @AfterEach
    void close() {
        own.close();
    }

    private Reply serve(String input) {
        return new PluginSkeleton(new Recorder(), "9.8")
                .serve(new PluginCall("recorder", environment, input, own, Optional.empty()));
    }

    private Reply command(String command, String version) {
        environment.put("CNI_COMMAND", command);
        return serve("{\"cniVersion\":\"" + version + "\",\"name\":\"net\"}");
    }

    private void refuses(Reply reply, int code, String text) {
        assertThat(reply.exitCode()).isEqualTo(1);
        Fields error = Fields.of(JsonText.parseObject(reply.output(), "error"));
        assertThat(error.integer("code")).contains(code);
        assertThat(error.text("msg").orElseThrow()).startsWith(text);
        assertThat(error.has("cniVersion")).isFalse();
        assertThat(reply.output()).startsWith("{\n    \"code\": ").endsWith("}");
    }

    @Test
    void withoutCommand_aboutGoesToStandardError() {
        environment.remove("CNI_COMMAND");
        assertThat(serve("no JSON"))
                .isEqualTo(
                        new Reply(
                                0,
                                "",
                                "CNI plugin recorder v9.8\nCNI protocol versions supported: 0.3.0,"
                                        + " 0.3.1, 0.4.0, 1.0.0, 1.1.0\n"));
    }

    @Test
    void version_readsNoInput_andNeedsNoVariables() {
        environment.clear();
        environment.put("CNI_COMMAND", "VERSION");
        assertThat(serve("no JSON").output())
                .isEqualTo(
                        "{\"cniVersion\":\"1.1.0\",\"supportedVersions\":[\"0.3.0\",\"0.3.1\","
                                + "\"0.4.0\",\"1.0.0\",\"1.1.0\"]}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ADD|CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME,CNI_PATH",
                "CHECK|CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME,CNI_PATH",
                "DEL|CNI_CONTAINERID,CNI_IFNAME,CNI_PATH",
                "GC|CNI_PATH",
                "STATUS|CNI_PATH",
            })
    void missingVariables_areAllNamed_inOrder(String command, String missing) {
        environment.clear();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_IFNAME", "");
        refuses(serve(INPUT), 4, "required env variables [" + missing + "] missing");
        assertThat(calls).isEmpty();
    }

    @Test
    void invalidName_isToldBeforeMissingOnes() {
        environment.put("CNI_CONTAINERID", "a/b");
        environment.remove("CNI_PATH");
        refuses(serve(INPUT), 4, "invalid characters in containerID");
        environment.put("CNI_CONTAINERID", "c1");
        environment.put("CNI_IFNAME", "a b");
        refuses(serve(INPUT), 4, "interface name contains / or : or whitespace characters");
    }

    @Test
    void names_areNotLookedAt_whereTheyAreNotNeeded() {
        environment.put("CNI_CONTAINERID", "a/b");
        assertThat(command("STATUS", "1.1.0").exitCode()).isZero();
    }

    @Test
    void input_isReadBeforeTheCommandIsKnown() {
        environment.put("CNI_COMMAND", "FROB");
        refuses(serve("{"), 6, "error unmarshall network config: ");
        refuses(serve("{}"), 7, "missing network name");
        refuses(serve("{\"name\":\"a/b\"}"), 7, "invalid characters found in network name");
        refuses(serve("{\"name\":7}"), 6, "invalid value for 'name'");
        refuses(serve(INPUT), 4, "unknown CNI_COMMAND: FROB");
        environment.put("CNI_COMMAND", "add");
        refuses(serve(INPUT), 4, "unknown CNI_COMMAND: add");
    }

    @ParameterizedTest
    @CsvSource({
        "CHECK, 0.3.1, config version does not allow CHECK",
        "CHECK, '', config version does not allow CHECK",
        "GC, 1.0.0, config version does not allow GC",
        "STATUS, 0.9, config version does not allow STATUS",
        "CHECK, 9.9.9, plugin version does not allow CHECK",
        "GC, 1.2.0, plugin version does not allow GC",
        "CHECK, 1.0, incompatible CNI versions",
        "ADD, 9.9.9, incompatible CNI versions",
        "DEL, 0.2.0, incompatible CNI versions",
        "ADD, abc, incompatible CNI versions"
    })
    void version_isTestedForTheCommand_andThenExactly(
            String command, String version, String expected) {
        refuses(command(command, version), 1, expected);
        assertThat(calls).isEmpty();
    }

    @Test
    void incompatibleVersion_namesTheSupportedOnes() {
        versions = List.of(CniVersion.V0_3_0, CniVersion.V0_3_1);
        Reply reply = command("ADD", "1.0.0");
        assertThat(JsonText.parseObject(reply.output(), "error").get("details").getAsString())
                .isEqualTo("config is \"1.0.0\", plugin supports [\"0.3.0\" \"0.3.1\"]");
        refuses(command("CHECK", "1.0.0"), 1, "plugin version does not allow CHECK");
    }

    @Test
    void missingVersion_is010() {
        versions = List.of(CniVersion.values());
        environment.put("CNI_COMMAND", "DEL");
        assertThat(serve("{\"name\":\"net\"}").exitCode()).isZero();
        assertThat(calls).containsExactly("delete c1");
    }

    @Test
    void success_printsAResultOfAddOnly() {
        assertThat(command("ADD", "0.4.0"))
                .isEqualTo(
                        new Reply(0, "{\n    \"cniVersion\": \"0.4.0\",\n    \"dns\": {}\n}", ""));
        for (String silent : List.of("DEL", "CHECK", "GC")) {
            assertThat(command(silent, "1.1.0")).isEqualTo(new Reply(0, "", ""));
        }
        assertThat(command("STATUS", "1.1.0")).isEqualTo(new Reply(0, "", "fine\n"));
        assertThat(calls).containsExactly("add eth0 /a:/b", "delete c1", "check net", "status");
    }

    @Test
    void collection_happensOnlyWithAList_ofEitherName() {
        environment.put("CNI_COMMAND", "GC");
        String open = "{\"cniVersion\":\"1.1.0\",\"name\":\"net\",";
        String one = "[{\"containerID\":\"c\",\"ifname\":\"i\"}]";
        serve(INPUT);
        assertThat(calls).isEmpty();
        serve(open + "\"cni.dev/valid-attachments\":[]}");
        serve(open + "\"cni.dev/attachments\":" + one + "}");
        serve(open + "\"cni.dev/attachments\":[],\"cni.dev/valid-attachments\":" + one + "}");
        String valid = "collect [" + new AttachmentId("c", "i") + "]";
        assertThat(calls).containsExactly("collect []", valid, valid);
    }

    @Test
    void failures_haveTheirCode_andOthers999() {
        failure = Optional.of(new CniException(104, "own", "more"));
        refuses(serve(INPUT), 104, "own");
        failure = Optional.of(new CniException(ErrorCode.TRY_AGAIN_LATER, "later"));
        assertThat(serve(INPUT).output())
                .isEqualTo("{\n    \"code\": 11,\n    \"msg\": \"later\"\n}");
        failure = Optional.of(new InvalidRequestException("bad name"));
        refuses(serve(INPUT), 7, "bad name");
        failure = Optional.of(new IllegalStateException("oops"));
        refuses(serve(INPUT), 999, "recorder failed unexpectedly: ");
    }

    @Test
    void resultThatTheVersionCannotExpress_isRefused() {
        versions = List.of(CniVersion.values());
        refuses(command("ADD", "0.2.0"), 1, "cannot convert: no valid IP addresses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADD", "DEL"})
    void ownNamespace_isRefusedBeforeTheWork(String command) {
        environment.put("CNI_NETNS", "/proc/self/ns/net");
        refuses(
                command(command, "1.1.0"),
                8,
                "plugin's netns and netns from CNI_NETNS should not be the same");
        assertThat(calls).isEmpty();
        environment.put("CNI_NETNS_OVERRIDE", "true");
        assertThat(command(command, "1.1.0").exitCode()).isZero();
    }

    @Test
    void ownNamespace_mayBeChecked() {
        environment.put("CNI_NETNS", "/proc/self/ns/net");
        assertThat(command("CHECK", "1.1.0").exitCode()).isZero();
    }
}
