package dev.weft.cli.kubenet;

import static dev.weft.cli.kubenet.PodLab.count;
import static dev.weft.cli.kubenet.PodLab.counted;
import static dev.weft.cli.kubenet.PodLab.in;
import static dev.weft.cli.kubenet.PodLab.reaches;
import static dev.weft.cli.kubenet.PodLab.send;
import static dev.weft.cli.kubenet.PodLab.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cli.kubenet.PodLab.Pod;
import dev.weft.linux.IpPrefix;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What pods can do on a node of `weft kubenet`, whoever's plugins the runtime has.
///
/// What is counted comes after an answered ping: the kernel starts a bridge's queue a moment after
/// its first port is up, and what is lost until then is asked for again a second later.
@SuppressWarnings("NullAway.Init") // JUnit and tests set the fields
final class KubenetKernelIT {
    private static final String IPV4 = "10.1.0.0/24";
    private static final String IPV6 = "fd00:1::/64";
    private static final String PORT =
            "{'portMappings':[{'hostPort':%,'containerPort':80," + "'protocol':'udp'}]}";
    private static final int TIMES = 3;

    @TempDir private Path directory;
    private PodLab lab;

    private void open(boolean isReference, HairpinMode hairpin) throws IOException {
        assumeTrue(
                !isReference || PodLab.hasReference(), "the reference plugins are not installed");
        lab = new PodLab(directory, isReference);
        lab.setUp(settings(hairpin, IPV4, IPV6));
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private static String port(int number) {
        return PORT.replace("%", String.valueOf(number));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pods_reachEachOtherAndTheNode(boolean isReference) throws IOException {
        open(isReference, HairpinMode.PROMISCUOUS_BRIDGE);
        Pod a = lab.attach("a", "{}");
        Pod b = lab.attach("b", "{}");
        assertThat(a.addresses()).containsExactly("10.1.0.2", "fd00:1::2");
        assertThat(b.addresses()).containsExactly("10.1.0.3", "fd00:1::3");
        assertThat(reaches(a.inside(), "10.1.0.3")).isTrue();
        assertThat(reaches(a.inside(), "fd00:1::3")).isTrue();
        assertThat(reaches(b.inside(), "10.1.0.1")).isTrue();
        assertThat(reaches(b.inside(), "fd00:1::1")).isTrue();
        assertThat(reaches(lab.host(), "10.1.0.2")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void world_seesTheNode_andTheClusterSeesPods(boolean isReference) throws IOException {
        open(isReference, HairpinMode.PROMISCUOUS_BRIDGE);
        Pod pod = lab.attach("a", "{}");
        assertThat(reaches(pod.inside(), "192.0.2.2")).isTrue();
        assertThat(reaches(pod.inside(), "2001:db8::2")).isTrue();
        assertThat(reaches(pod.inside(), "10.9.9.9")).isTrue();
        assertThat(reaches(lab.outside(), "10.1.0.2")).isTrue();
        count(lab.outside(), "node", "udp dport 7 ip saddr 192.0.2.1");
        count(lab.outside(), "node6", "udp dport 7 ip6 saddr 2001:db8::1");
        count(lab.outside(), "pod", "udp dport 7 ip saddr 10.1.0.2");
        send(pod.inside(), "192.0.2.2", 7, TIMES);
        send(pod.inside(), "2001:db8::2", 7, TIMES);
        assertThat(counted(lab.outside(), "node")).isEqualTo(TIMES);
        assertThat(counted(lab.outside(), "node6")).isEqualTo(TIMES);
        assertThat(counted(lab.outside(), "pod")).isZero();
        send(pod.inside(), "10.9.9.9", 7, TIMES);
        assertThat(counted(lab.outside(), "pod")).isEqualTo(TIMES);
    }

    @Test
    void everythingDirect_isNoMasquerading() throws IOException {
        lab = new PodLab(directory, false);
        Settings wanted = settings(HairpinMode.NONE, IPV4);
        lab.setUp(
                new Settings(
                        wanted.bridge(),
                        wanted.ranges(),
                        List.of(IpPrefix.parse("0.0.0.0/0")),
                        wanted.hairpin(),
                        wanted.mtuBytes()));
        Pod pod = lab.attach("a", "{}");
        assertThat(reaches(pod.inside(), "192.0.2.2")).isTrue();
        count(lab.outside(), "pod", "udp dport 7 ip saddr 10.1.0.2");
        send(pod.inside(), "192.0.2.2", 7, TIMES);
        assertThat(counted(lab.outside(), "pod")).isEqualTo(TIMES);
        assertThat(lab.state()).doesNotContain("weft_kubenet");
    }

    private void requireBridgeNetfilter() {
        try (Node node = new Node(lab.host())) {
            KernelFeature.assume(
                    "br_netfilter",
                    node.sysctls().find("net", "bridge", "bridge-nf-call-iptables").isPresent());
        }
    }

    /// Published ports, from outside, from another pod, from the pod itself and from the node.
    /// Every datagram arrives once, or where nothing returns it to its port, not at all.
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "PROMISCUOUS_BRIDGE, false, 3",
        "PROMISCUOUS_BRIDGE, true, 3",
        "HAIRPIN_VETH, false, 3",
        "HAIRPIN_VETH, true, 3",
        "NONE, false, 0",
        "NONE, true, 0"
    })
    void publishedPort_isReachedOnce(HairpinMode hairpin, boolean isReference, int byItself)
            throws IOException {
        open(isReference, hairpin);
        requireBridgeNetfilter();
        Pod a = lab.attach("a", port(8080));
        Pod b = lab.attach("b", "{}");
        assertThat(reaches(b.inside(), a.address())).isTrue();
        assertThat(reaches(lab.host(), a.address())).isTrue();
        assertThat(reaches(a.inside(), "192.0.2.2")).isTrue();
        count(a.inside(), "arrived", "udp dport 80");
        send(lab.outside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(TIMES);
        send(b.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(2 * TIMES);
        send(b.inside(), "10.1.0.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(3 * TIMES);
        send(a.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(3 * TIMES + byItself);
        send(lab.host(), "127.0.0.1", 8080, TIMES);
        assertThat(reaches(lab.host(), a.address())).isTrue();
        assertThat(counted(a.inside(), "arrived")).isEqualTo(4 * TIMES + byItself);
    }

    /// What the rule is for.
    @Test
    void promiscuousBridge_withoutItsRule_deliversTwice() throws IOException {
        open(false, HairpinMode.PROMISCUOUS_BRIDGE);
        requireBridgeNetfilter();
        Pod a = lab.attach("a", port(8080));
        Pod b = lab.attach("b", "{}");
        assertThat(reaches(b.inside(), a.address())).isTrue();
        assertThat(reaches(b.inside(), "192.0.2.1")).isTrue();
        count(a.inside(), "arrived", "udp dport 80");
        in(lab.host(), "nft delete table bridge weft_kubenet");
        send(b.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(2 * TIMES);
        lab.setUp(settings(HairpinMode.PROMISCUOUS_BRIDGE, IPV4, IPV6));
        send(b.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(3 * TIMES);
    }

    /// Pods that are there get along with the new mode.
    @Test
    void otherHairpinMode_isThatOfPodsThatAreThere() throws IOException {
        open(false, HairpinMode.NONE);
        requireBridgeNetfilter();
        Pod a = lab.attach("a", port(8080));
        assertThat(reaches(a.inside(), "192.0.2.1")).isTrue();
        count(a.inside(), "arrived", "udp dport 80");
        send(a.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isZero();
        lab.setUp(settings(HairpinMode.HAIRPIN_VETH, IPV4, IPV6));
        send(a.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(TIMES);
        lab.setUp(settings(HairpinMode.PROMISCUOUS_BRIDGE, IPV4, IPV6));
        send(a.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(a.inside(), "arrived")).isEqualTo(2 * TIMES);
    }

    /// 200 datagrams of 1200 bytes are worth twenty seconds of 100 kbit/s, and sent in far less.
    @ParameterizedTest
    @CsvSource({"10.1.0.3, 10.1.0.2", "fd00:1::3, fd00:1::2"})
    void bandwidth_isLimitedBothWays_inBothFamilies(String limited, String other)
            throws IOException {
        open(false, HairpinMode.PROMISCUOUS_BRIDGE);
        Pod a = lab.attach("a", "{}");
        Pod b =
                lab.attach(
                        "b",
                        "{'bandwidth':{'ingressRate':100000,'ingressBurst':100000,"
                                + "'egressRate':100000,'egressBurst':100000}}");
        int sent = 200;
        assertThat(reaches(a.inside(), limited)).isTrue();
        count(b.inside(), "arrived", "udp dport 7");
        count(a.inside(), "arrived", "udp dport 7");
        send(a.inside(), limited, 7, sent);
        assertThat(counted(b.inside(), "arrived")).isBetween(5, sent / 2);
        send(b.inside(), other, 7, sent);
        assertThat(counted(a.inside(), "arrived")).isBetween(5, sent / 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherRange_leavesPodsOfTheFormerOneConnected(boolean isReference) throws IOException {
        open(isReference, HairpinMode.PROMISCUOUS_BRIDGE);
        Pod old = lab.attach("a", port(8080));
        Settings next = settings(HairpinMode.PROMISCUOUS_BRIDGE, "10.1.7.0/24", "fd00:7::/64");
        Setup.Outcome outcome = lab.setUp(next);
        assertThat(outcome.former())
                .extracting(range -> range.gateway() + " " + range.podNames())
                .containsExactly("10.1.0.1/24 10.1.0.2", "fd00:1::1/64 fd00:1::2");
        Pod young = lab.attach("b", "{}");
        assertThat(young.addresses()).containsExactly("10.1.7.2", "fd00:7::2");
        for (Pod each : new Pod[] {old, young}) {
            assertThat(reaches(each.inside(), "192.0.2.2")).isTrue();
            assertThat(reaches(each.inside(), "2001:db8::2")).isTrue();
            assertThat(reaches(lab.host(), each.address())).isTrue();
        }
        assertThat(reaches(old.inside(), young.address())).isTrue();
        assertThat(reaches(young.inside(), "fd00:1::2")).isTrue();
        count(old.inside(), "arrived", "udp dport 80");
        send(young.inside(), "192.0.2.1", 8080, TIMES);
        assertThat(counted(old.inside(), "arrived")).isEqualTo(TIMES);
        assertThat(lab.setUp(next).changes()).isEmpty();
        lab.detach(old);
        assertThat(lab.setUp(next).former()).isEmpty();
        assertThat(lab.state()).doesNotContain("10.1.0.", "fd00:1::");
        assertThat(lab.setUp(next).changes()).isEmpty();
        assertThat(lab.attach("c", "{}").addresses()).containsExactly("10.1.7.3", "fd00:7::3");
        assertThat(reaches(young.inside(), "192.0.2.2")).isTrue();
    }

    /// No gateway is lost when a range grows around pods.
    @Test
    void widerRange_isAddedAroundPods() throws IOException {
        lab = new PodLab(directory, false);
        lab.setUp(settings(HairpinMode.HAIRPIN_VETH, IPV4));
        Pod old = lab.attach("a", "{}");
        Settings wider = settings(HairpinMode.HAIRPIN_VETH, "10.1.0.0/22");
        assertThat(lab.setUp(wider).former()).isEmpty();
        Pod young = lab.attach("b", "{}");
        assertThat(reaches(old.inside(), "192.0.2.2")).isTrue();
        assertThat(reaches(old.inside(), young.address())).isTrue();
        assertThat(lab.state()).contains("cbr0 10.1.0.1/22").doesNotContain("10.1.0.1/24");
    }

    @Test
    void leftovers_areNone_ofPodsAndNode() throws IOException {
        lab = new PodLab(directory, false);
        String before = lab.state();
        lab.setUp(settings(HairpinMode.PROMISCUOUS_BRIDGE, IPV4, IPV6));
        String ready = lab.state();
        Pod pod = lab.attach("a", port(8080));
        lab.detach(pod);
        assertThat(lab.state()).isEqualTo(ready);
        assertThat(lab.remove(Setup.Performer.ALL)).hasSize(3);
        assertThat(lab.state()).isEqualTo(before);
        assertThat(lab.remove(Setup.Performer.ALL)).isEmpty();
        assertThat(lab.lists()).isEmptyDirectory();
    }
}
