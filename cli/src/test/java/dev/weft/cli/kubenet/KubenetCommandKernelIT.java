package dev.weft.cli.kubenet;

import static dev.weft.cli.kubenet.PodLab.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cli.Main;
import dev.weft.cli.kubenet.PodLab.Pod;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `weft kubenet` as a person gives it.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class KubenetCommandKernelIT {
    private static final int COLUMNS = 80;

    @TempDir private Path directory;
    private PodLab lab;

    @BeforeEach
    void open() throws IOException {
        lab = new PodLab(directory, false);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    /// What a command said.
    private record Said(int exit, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private Said kubenet(String... options) {
        List<String> words = new ArrayList<>(List.of("kubenet"));
        words.addAll(List.of(options));
        words.add("--conf-dir=" + lab.lists());
        words.add("--data-dir=" + directory.resolve("leases"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                lab.host()
                        .call(() ->
                                Main.commandLine()
                                        .setOut(new PrintWriter(out, true))
                                        .setErr(new PrintWriter(err, true))
                                        .execute(words.toArray(String[]::new)));
        return new Said(exit, out.toString(), err.toString());
    }

    @Test
    void node_isMade_leftAsItIs_andRemoved() throws IOException {
        String before = lab.state();
        Said dry = kubenet("--pod-cidr", "10.1.0.0/24", "--dry-run");
        assertThat(lab.state()).isEqualTo(before);
        Said made = kubenet("--pod-cidr", "10.1.0.0/24");
        assertThat(made.exit()).isZero();
        assertThat(made.out())
                .startsWith("create bridge cbr0 with MTU 1500\n")
                .contains("give cbr0 the address 10.1.0.1/24\n")
                .endsWith("write " + lab.lists().resolve("10-kubenet.conflist") + '\n');
        assertThat(dry.out()).isEqualTo(made.out().replaceAll("(?m)^", "would ").strip() + '\n');
        assertThat(kubenet("--pod-cidr", "10.1.0.0/24").out())
                .isEqualTo("Everything is as asked.\n");
        assertThat(kubenet("--remove").out()).endsWith("remove bridge cbr0\n");
        assertThat(lab.state()).isEqualTo(before);
        assertThat(kubenet("--remove").out()).isEqualTo("Everything is as asked.\n");
    }

    @Test
    void json_tellsChangesAndMtu_andWhoHasAddressesOfTheFormerRange() throws IOException {
        JsonObject made = kubenet("--pod-cidr=10.1.0.0/24,fd00:1::/64", "--json").json();
        assertThat(made.get("bridge").getAsString()).isEqualTo("cbr0");
        assertThat(made.get("dryRun").getAsBoolean()).isFalse();
        assertThat(made.get("mtu").getAsInt()).isEqualTo(1500);
        assertThat(made.get("mtuReason").getAsString()).contains("eth0");
        assertThat(made.getAsJsonArray("changes")).isNotEmpty();
        assertThat(made.getAsJsonArray("formerRanges")).isEmpty();
        Pod pod = lab.attach("a", "{}");
        JsonObject moved = kubenet("--pod-cidr=10.1.7.0/24,fd00:7::/64", "--json").json();
        assertThat(moved.get("formerRanges").toString())
                .isEqualTo(
                        """
                        [{"cidr":"10.1.0.0/24","pods":["10.1.0.2"]},\
                        {"cidr":"fd00:1::/64","pods":["fd00:1::2"]}]\
                        """);
        Said again = kubenet("--pod-cidr=10.1.7.0/24,fd00:7::/64");
        assertThat(again.out())
                .contains("10.1.0.0/24 stays for pods that have addresses of it: 10.1.0.2\n");
        Said refused = kubenet("--remove", "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("pods are still attached").doesNotContain("\tat ");
        lab.detach(pod);
        assertThat(kubenet("--remove", "--json").json().getAsJsonArray("changes")).hasSize(3);
    }

    /// The list alone, as a generator of it; the node stays as it is.
    @Test
    void print_isTheListAlone_andTheSameThatARunWrites() throws IOException {
        String before = lab.state();
        Said printed = kubenet("--pod-cidr", "fd00:1::/64,10.1.0.0/24", "--print");
        assertThat(printed.exit()).isZero();
        assertThat(lab.state()).isEqualTo(before);
        assertThat(NetworkList.parse(printed.out()).name()).isEqualTo("kubenet");
        assertThat(printed.out().indexOf("fd00:1::/64"))
                .as("the family that comes first stays first")
                .isBetween(0, printed.out().indexOf("10.1.0.0/24"));
        kubenet("--pod-cidr", "fd00:1::/64,10.1.0.0/24");
        assertThat(lab.lists().resolve("10-kubenet.conflist")).hasContent(printed.out().strip());
        assertThat(lab.attach("a", "{}").addresses()).containsExactly("fd00:1::2", "10.1.0.2");
    }

    @Test
    void print_needsNoPrivileges() {
        Command.Result printed =
                Command.run(
                        "nsenter",
                        "--net=" + lab.host().path(),
                        "setpriv",
                        "--bounding-set=-all",
                        "--inh-caps=-all",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "kubenet",
                        "--pod-cidr=10.1.0.0/24",
                        "--print",
                        "--conf-dir=" + lab.lists(),
                        "--data-dir=" + directory.resolve("leases"));
        assertThat(printed.orFail().stdout())
                .isEqualTo(kubenet("--pod-cidr=10.1.0.0/24", "--print").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--pod-cidr=10.1.0.0/24", "--remove"})
    void nameThatNoLinkCanHave_isWrongUsage(String what) {
        Said said = kubenet(what, "--bridge=a/b");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("'a/b' cannot name a link");
    }

    @Test
    void otherNames_areTaken() throws IOException {
        Said made =
                kubenet(
                        "--pod-cidr=10.1.0.0/24",
                        "--bridge=pods",
                        "--mtu=1400",
                        "--hairpin-mode=hairpin-veth");
        assertThat(made.out()).startsWith("create bridge pods with MTU 1400\n");
        assertThat(lab.attach("a", "{}").address()).isEqualTo("10.1.0.2");
        assertThat(kubenet("--bridge=eth0", "--pod-cidr=10.9.0.0/24").err())
                .contains("eth0 is there and is no bridge");
        assertThat(Files.readString(lab.lists().resolve("10-kubenet.conflist")))
                .contains("\"bridge\": \"pods\"", "\"hairpinMode\": true");
    }

    @Test
    void whatItSays_fitsATerminal() {
        assertThat(kubenet("--help").out().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    /// A unit at boot and a person, at once: each ends with a node as asked, or says why not, and
    /// whoever comes next completes it.
    @Test
    void twoAtOnce_leaveWhatOneWouldLeave() throws Exception {
        lab.setUp(settings(HairpinMode.PROMISCUOUS_BRIDGE, "10.1.0.0/24"));
        String ready = lab.state();
        for (int round = 0; round < 5; round++) {
            kubenet("--remove");
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<Said>> both =
                        List.of(
                                threads.submit(() -> kubenet("--pod-cidr=10.1.0.0/24")),
                                threads.submit(() -> kubenet("--pod-cidr=10.1.0.0/24")));
                for (Future<Said> each : both) {
                    assertThat(each.get().exit()).as("%s", each.get()).isZero();
                }
            }
            assertThat(lab.state()).isEqualTo(ready);
        }
    }
}
