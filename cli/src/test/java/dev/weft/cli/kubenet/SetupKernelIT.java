package dev.weft.cli.kubenet;

import static dev.weft.cli.kubenet.PodLab.in;
import static dev.weft.cli.kubenet.PodLab.reaches;
import static dev.weft.cli.kubenet.PodLab.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.kubenet.PodLab.Pod;
import dev.weft.cli.kubenet.Setup.Performer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the command changes on a node, and what it does not.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class SetupKernelIT {
    private static final Settings WANTED =
            settings(HairpinMode.PROMISCUOUS_BRIDGE, "10.1.0.0/24", "fd00:1::/64");
    private static final Settings OTHER =
            settings(HairpinMode.HAIRPIN_VETH, "10.1.7.0/24", "fd00:7::/64");

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

    /// The end of a process: nothing catches it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Kills before the last of some changes, or after it.
    private static final class Killer implements Performer {
        private int left;

        Killer(int changes) {
            this.left = changes;
        }

        @Override
        public void perform(Change change) throws IOException {
            if (left == 0) {
                throw new Killed();
            }
            left--;
            change.action().run();
        }
    }

    @FunctionalInterface
    private interface Operation {
        void run(Performer performer) throws IOException;
    }

    private static boolean dies(int changes, Operation operation) throws IOException {
        try {
            operation.run(new Killer(changes));
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    @Test
    void secondRun_changesNothing() throws IOException {
        Setup.Outcome first = lab.setUp(WANTED);
        assertThat(first.changes().getFirst()).isEqualTo("create bridge cbr0 with MTU 1500");
        String state = lab.state();
        assertThat(lab.setUp(WANTED).changes()).isEmpty();
        assertThat(lab.state()).isEqualTo(state);
    }

    @Test
    void dryRun_tellsTheSame_andChangesNothing() throws IOException {
        String before = lab.state();
        Setup.Outcome dry = lab.setUp(WANTED, Performer.NONE);
        assertThat(lab.state()).isEqualTo(before);
        assertThat(lab.setUp(WANTED).changes()).isEqualTo(dry.changes());
    }

    @Test
    void runThatDies_isCompletedByTheNext_orRemoved() throws IOException {
        lab.setUp(WANTED);
        String ready = lab.state();
        lab.remove(Performer.ALL);
        String before = lab.state();
        int moment = 0;
        while (dies(moment, performer -> lab.setUp(WANTED, performer))) {
            lab.setUp(WANTED);
            assertThat(lab.state()).as("completed after %d", moment).isEqualTo(ready);
            lab.remove(Performer.ALL);
            dies(moment, performer -> lab.setUp(WANTED, performer));
            lab.remove(Performer.ALL);
            assertThat(lab.state()).as("removed after %d", moment).isEqualTo(before);
            moment++;
        }
        assertThat(moment).isGreaterThan(4);
    }

    @Test
    void changeOfRangeThatDies_leavesPodsConnected() throws IOException {
        lab.setUp(OTHER);
        String ready = lab.state();
        lab.setUp(WANTED);
        int moment = 0;
        boolean died = true;
        while (died) {
            Pod pod = lab.attach("p" + moment, "{}");
            died = dies(moment, performer -> lab.setUp(OTHER, performer));
            assertThat(reaches(pod.inside(), "192.0.2.2")).as("after %d", moment).isTrue();
            assertThat(reaches(pod.inside(), "2001:db8::2")).as("after %d", moment).isTrue();
            lab.setUp(OTHER);
            assertThat(reaches(pod.inside(), "192.0.2.2")).as("completed %d", moment).isTrue();
            lab.detach(pod);
            lab.setUp(OTHER);
            assertThat(lab.state()).as("without pods, %d", moment).isEqualTo(ready);
            lab.setUp(WANTED);
            moment++;
        }
        assertThat(moment).isGreaterThan(5);
    }

    @Test
    void removalThatDies_isCompletedByTheNext() throws IOException {
        String before = lab.state();
        int moment = 0;
        boolean died = true;
        while (died) {
            lab.setUp(WANTED);
            died = dies(moment, lab::remove);
            lab.remove(Performer.ALL);
            assertThat(lab.state()).as("after %d", moment).isEqualTo(before);
            moment++;
        }
        assertThat(moment).isGreaterThan(2);
    }

    @Test
    void removal_isRefusedWhilePodsAreThere() throws IOException {
        lab.setUp(WANTED);
        Pod pod = lab.attach("a", "{}");
        String state = lab.state();
        assertThatThrownBy(() -> lab.remove(Performer.ALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pods are still attached to cbr0 by veth")
                .hasMessageEndingWith("nothing was changed");
        assertThat(lab.state()).isEqualTo(state);
        lab.detach(pod);
        lab.remove(Performer.ALL);
        assertThat(lab.state()).doesNotContain("cbr0");
    }

    @Test
    void bridgeOfOthers_isAdopted_butNotRemovedUnlessItWas() throws IOException {
        in(lab.host(), "ip link add cbr0 mtu 1400 type bridge");
        assertThat(lab.remove(Performer.ALL)).isEmpty();
        assertThat(lab.state()).contains("cbr0 1400");
        assertThat(lab.setUp(WANTED).changes())
                .contains("adopt bridge cbr0", "set the MTU of cbr0 to 1500");
        lab.remove(Performer.ALL);
        assertThat(lab.state()).doesNotContain("cbr0");
    }

    @Test
    void whatSomebodyChanged_isRepaired() throws IOException {
        lab.setUp(WANTED);
        String ready = lab.state();
        in(
                lab.host(),
                "nft flush chain inet weft_kubenet leaving; nft delete table bridge weft_kubenet"
                        + "; ip addr del 10.1.0.1/24 dev cbr0; ip link set cbr0 promisc off mtu 1400"
                        + "; ip link set cbr0 down; sysctl -qw net.ipv4.ip_forward=0");
        Files.delete(lab.lists().resolve(PodNetwork.FILE));
        lab.setUp(WANTED);
        assertThat(lab.state()).isEqualTo(ready);
        assertThat(in(lab.host(), "sysctl -n net.ipv4.ip_forward").strip()).isEqualTo("1");
        assertThat(in(lab.host(), "ip link show cbr0")).contains("PROMISC", ",UP");
    }

    @Test
    void foreignList_isLeft() throws IOException {
        Files.createDirectories(lab.lists());
        Path file = Files.writeString(lab.lists().resolve(PodNetwork.FILE), "{\"name\": \"x\"}");
        String before = lab.state();
        assertThatThrownBy(() -> lab.setUp(WANTED)).hasMessageContaining("it is left");
        assertThatThrownBy(() -> lab.remove(Performer.ALL)).hasMessageContaining("it is left");
        assertThat(lab.state()).isEqualTo(before);
        assertThat(file).exists();
    }

    /// A kernel without `br_netfilter` has a warning of its own.
    @Test
    void listThatComesFirst_isTold() throws IOException {
        List<String> before = lab.setUp(WANTED).warnings();
        Files.writeString(lab.lists().resolve("05-other.conf"), "{}");
        List<String> warnings = new ArrayList<>(lab.setUp(WANTED).warnings());
        warnings.removeAll(before);
        assertThat(warnings).singleElement().asString().endsWith("net.d/05-other.conf");
    }

    @Test
    void otherLinkOfTheName_isRefused() {
        in(lab.host(), "ip link add cbr0 type veth peer name cbr1");
        String before = lab.state();
        assertThatThrownBy(() -> lab.setUp(WANTED)).hasMessageContaining("is no bridge");
        assertThat(lab.state()).isEqualTo(before);
    }

    @Test
    void rangeWithAnAddressOfTheNode_isRefused() {
        String before = lab.state();
        Settings mixed = settings(HairpinMode.NONE, "192.0.2.0/25");
        assertThatThrownBy(() -> lab.setUp(mixed))
                .hasMessage("eth0 has 192.0.2.1/24, which lies in the pods' range 192.0.2.0/25");
        assertThat(lab.state()).isEqualTo(before);
    }

    @Test
    void rangeThatMixesWithPods_isRefused() throws IOException {
        lab.setUp(settings(HairpinMode.NONE, "10.1.4.0/24"));
        Pod pod = lab.attach("a", "{}");
        String before = lab.state();
        Settings mixed = settings(HairpinMode.NONE, "10.1.0.0/20");
        assertThatThrownBy(() -> lab.setUp(mixed))
                .hasMessageContaining("10.1.0.0/20 overlaps 10.1.4.0/24")
                .hasMessageContaining("10.1.4.2");
        assertThat(lab.state()).isEqualTo(before);
        lab.detach(pod);
        assertThat(lab.setUp(mixed).former()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1400, 1400, that of eth0", "500, 1460, no uplink", "9000, 9000, that of eth0"})
    void mtu_isTheSmallestOfTheUplinks(int uplink, int bytes, String reason) throws IOException {
        in(lab.host(), "ip link set eth0 mtu " + uplink);
        Setup.Outcome outcome = lab.setUp(settings(HairpinMode.NONE, "10.1.0.0/24"));
        assertThat(outcome.mtu().bytes()).isEqualTo(bytes);
        assertThat(outcome.mtu().reason()).contains(reason);
        assertThat(lab.state()).contains("cbr0 " + bytes, "\"mtu\": " + bytes);
    }

    /// The bridge is no uplink, nor is what hangs on it.
    @Test
    void mtu_growsWithTheUplinks() throws IOException {
        Settings wanted = settings(HairpinMode.NONE, "10.1.0.0/24");
        lab.setUp(wanted);
        Pod pod = lab.attach("a", "{}");
        in(lab.host(), "ip link set eth0 mtu 9000");
        assertThat(lab.setUp(wanted).mtu().bytes()).isEqualTo(9000);
        assertThat(reaches(pod.inside(), "192.0.2.2")).isTrue();
        Settings asked =
                new Settings(
                        "cbr0",
                        wanted.ranges(),
                        wanted.direct(),
                        wanted.hairpin(),
                        Optional.of(1300));
        assertThat(lab.setUp(asked).mtu()).isEqualTo(new Mtu(1300, "as asked"));
    }
}
