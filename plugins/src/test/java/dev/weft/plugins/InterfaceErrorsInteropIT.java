package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.plugins.InterfaceLab.Answer;
import dev.weft.plugins.InterfaceLab.Maker;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `bridge`, `ptp` and `macvlan` say when they cannot, beside the reference plugins 1.1.1.
/// Those have the code 999 for everything that is not about the environment; Weft's have the codes
/// of the specification.
final class InterfaceErrorsInteropIT {
    private static final String IPAM =
            "'ipam':{'type':'host-local','dataDir':'LEASES','ranges':[[{'subnet':'10.1.0.0/24'}]]},";
    private static final String UPLINK =
            "ip link add up0 type veth peer name up1; ip link set up0 up; ip link set up1 up";
    private static final String TAKEN = "ip link add eth0 type veth peer name other";

    @TempDir private Path directory;

    @BeforeEach
    void requireReference() {
        assumeTrue(InterfaceLab.hasReference(), "the reference plugins are not installed");
    }

    /// A request that fails.
    ///
    /// @param onHost script that runs on the host before
    /// @param inContainer script that runs in the container before
    /// @param code of Weft's error
    /// @param theirs message of the reference
    /// @param ours message of Weft
    record Fault(
            String type,
            String keys,
            String onHost,
            String inContainer,
            Map<String, String> environment,
            int code,
            String theirs,
            String ours) {
        static Fault of(String type, String keys, int code, String message) {
            return new Fault(type, keys, "true", "true", Map.of(), code, message, message);
        }

        Fault on(String host, String container) {
            return new Fault(type, keys, host, container, environment, code, theirs, ours);
        }

        Fault in(String variable, String value) {
            return new Fault(
                    type, keys, onHost, inContainer, Map.of(variable, value), code, theirs, ours);
        }

        Fault butOurs(String words) {
            return new Fault(type, keys, onHost, inContainer, environment, code, theirs, words);
        }

        @Override
        public String toString() {
            return type + ": " + theirs;
        }
    }

    private static Stream<Fault> faults() {
        return Stream.of(same(), environments(), better(), stacked()).flatMap(each -> each);
    }

    /// Letter by letter.
    private static Stream<Fault> same() {
        return Stream.of(
                Fault.of(
                        "bridge",
                        IPAM.replace("/24", "/99"),
                        999,
                        "invalid CIDR address: 10.1.0.0/99"),
                Fault.of(
                        "bridge",
                        "'ipam':{'type':'none'},",
                        999,
                        "failed to find plugin \"none\" in path [/usr/lib/cni]"),
                Fault.of("ptp", "", 7, "no plugin name provided"),
                Fault.of("ptp", "'ipam':{},", 7, "no plugin name provided"),
                Fault.of(
                        "bridge",
                        "'vlan':4095," + IPAM,
                        7,
                        "invalid VLAN ID 4095 (must be between 0 and 4094)"),
                Fault.of(
                        "bridge",
                        "'vlan':-1," + IPAM,
                        7,
                        "invalid VLAN ID -1 (must be between 0 and 4094)"));
    }

    private static Stream<Fault> environments() {
        String statfs =
                "failed to open netns \"/run/netns/none\": failed to Statfs \"/run/netns/none\": no"
                        + " such file or directory";
        String open =
                "failed to open netns \"/run/netns/none\": cannot open /run/netns/none: ENOENT (2,"
                        + " no such object)";
        return Stream.of(
                Fault.of("bridge", IPAM, 8, statfs)
                        .in("CNI_NETNS", "/run/netns/none")
                        .butOurs(open),
                Fault.of("ptp", IPAM, 8, statfs).in("CNI_NETNS", "/run/netns/none").butOurs(open),
                Fault.of(
                                "bridge",
                                IPAM,
                                8,
                                "failed to open netns \"/etc/passwd\": unknown FS magic on"
                                        + " \"/etc/passwd\": ef53")
                        .in("CNI_NETNS", "/etc/passwd")
                        .butOurs(
                                "failed to open netns \"/etc/passwd\": cannot open /etc/passwd:"
                                        + " it is no network namespace"),
                Fault.of("bridge", IPAM, 4, "invalid characters in containerID")
                        .in("CNI_CONTAINERID", "a b"),
                Fault.of("bridge", IPAM, 4, "required env variables [CNI_CONTAINERID] missing")
                        .in("CNI_CONTAINERID", ""),
                Fault.of(
                                "bridge",
                                IPAM,
                                4,
                                "interface name contains / or : or whitespace characters")
                        .in("CNI_IFNAME", "a/b"));
    }

    /// Without the words that tell of the reference's functions, or with those of later releases.
    private static Stream<Fault> better() {
        return Stream.of(
                Fault.of(
                                "bridge",
                                IPAM,
                                999,
                                "failed to create bridge \"cni0\": \"cni0\" already exists but is"
                                        + " not a bridge")
                        .on("ip link add cni0 type veth peer name other", "true")
                        .butOurs("\"cni0\" already exists but is not a bridge"),
                Fault.of(
                                "bridge",
                                "'isGateway':true," + IPAM,
                                999,
                                "failed to set bridge addr: \"cni0\" already has an IP address"
                                        + " different from 10.1.0.1/24")
                        .on(
                                "ip link add cni0 type bridge; ip addr add 10.9.0.1/16 dev cni0",
                                "true")
                        .butOurs("\"cni0\" already has an IP address different from 10.1.0.1/24"),
                taken("bridge"),
                taken("ptp"),
                Fault.of(
                                "bridge",
                                "'hairpinMode':true,'promiscMode':true," + IPAM,
                                7,
                                "cannot set hairpin mode and promiscuous mode at the same time.")
                        .butOurs("cannot set hairpin mode and promiscuous mode at the same time"),
                Fault.of(
                                "bridge",
                                "'runtimeConfig':{'mac':'xyz'}," + IPAM,
                                7,
                                "failed to make veth pair: address xyz: invalid MAC address")
                        .butOurs(
                                "failed to make veth pair: invalid mac: 'xyz' is no hardware"
                                        + " address: write six hexadecimal bytes, like"
                                        + " 02:00:0a:0b:0c:0d"),
                Fault.of(
                                "bridge",
                                "'mtu':'x'," + IPAM,
                                6,
                                "failed to load netconf: json: cannot unmarshal string into Go"
                                        + " struct field NetConf.mtu of type int")
                        .butOurs("invalid value for 'mtu': expected a whole number"),
                Fault.of(
                                "bridge",
                                "'bridge':'averyverylongname'," + IPAM,
                                7,
                                "failed to create bridge \"averyverylongname\": could not add"
                                        + " \"averyverylongname\": numerical result out of range")
                        .butOurs(
                                "'averyverylongname' cannot name a link: use 1 to 15 bytes"
                                        + " without '/', ':', '%' or spaces"),
                Fault.of(
                                "ptp",
                                "'ipam':{'type':'static','addresses':[{'address':'10.1.0.7/24'}]},",
                                7,
                                "failed to add IP addr (&net.IPNet{IP:net.IP(nil),"
                                        + " Mask:net.IPMask{0xff, 0xff, 0xff, 0xff}}) to veth:"
                                        + " numerical result out of range")
                        .butOurs(
                                "ptp needs a gateway for 10.1.0.7/24, and the IPAM plugin gave"
                                        + " none"));
    }

    /// The master is looked for before anything else.
    private static Stream<Fault> stacked() {
        String master = "'master':'up0',";
        return Stream.of(
                onMaster("'mode':'source',", 7, "unknown macvlan mode: \"source\""),
                onMaster("'mtu':9000,", 7, "invalid MTU 9000, must be [0, master MTU(1500)]"),
                Fault.of("macvlan", IPAM, 999, "no default route interface found")
                        .butOurs("no default route interface found: name one in \"master\""),
                Fault.of("macvlan", master + IPAM, 999, "Link not found")
                        .butOurs("failed to lookup master \"up0\": Link not found"),
                onMaster(
                                "'mac':'xyz',",
                                7,
                                "invalid args xyz for MAC addr: address xyz: invalid MAC address")
                        .butOurs(
                                "failed to parse mac: 'xyz' is no hardware address: write six"
                                        + " hexadecimal bytes, like 02:00:0a:0b:0c:0d"),
                onMaster("", 999, "failed to rename macvlan to \"eth0\": file exists")
                        .on(UPLINK, TAKEN)
                        .butOurs("container interface \"eth0\" already exists"),
                onMaster(
                                "",
                                8,
                                "failed to open netns %!q(<nil>): failed to Statfs"
                                        + " \"/run/netns/none\": no such file or directory")
                        .in("CNI_NETNS", "/run/netns/none")
                        .butOurs(
                                "failed to open netns \"/run/netns/none\": cannot open"
                                        + " /run/netns/none: ENOENT (2, no such object)"));
    }

    private static Fault onMaster(String keys, int code, String message) {
        return Fault.of("macvlan", "'master':'up0'," + keys + IPAM, code, message)
                .on(UPLINK, "true");
    }

    private static Fault taken(String type) {
        return Fault.of(type, IPAM, 999, "container veth name provided (eth0) already exists")
                .on("true", TAKEN)
                .butOurs(
                        "container veth name (\"eth0\") peer provided (\"vethf4ef587c\") already"
                                + " exists");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_isTold_asByTheReference(Fault fault) {
        Answer theirs = failure(Maker.THEIRS, fault);
        assertThat(theirs.message()).isEqualTo(fault.theirs());
        assertThat(theirs.code()).isIn(999, fault.code());
        Answer ours = failure(Maker.OURS, fault);
        assertThat(ours.message()).isEqualTo(fault.ours());
        assertThat(ours.code()).isEqualTo(fault.code());
    }

    private Answer failure(Maker maker, Fault fault) {
        try (InterfaceLab lab =
                new InterfaceLab(fault.type(), directory.resolve(maker.toString()))) {
            NatLab.in(lab.host(), fault.onHost());
            NatLab.in(lab.container(), fault.inContainer());
            Map<String, String> environment = lab.environment("ADD", "");
            environment.putAll(fault.environment());
            Answer answer = lab.call(maker, environment, lab.configuration("1.0.0", fault.keys()));
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(NodeState.of(lab.state())).isEmpty();
            assertThat(NodeState.of(lab.leases())).doesNotContain("c1");
            return answer;
        }
    }

    /// The reference adds a second one, which its kernel refuses.
    @Test
    void defaultRouteOfIpamAndOfGateway_isOne_whereTheReferenceFails() {
        Fault fault =
                Fault.of(
                        "bridge",
                        "'isDefaultGateway':true,"
                                + IPAM.replace(
                                        "'ranges'", "'routes':[{'dst':'0.0.0.0/0'}],'ranges'"),
                        999,
                        "");
        assertThat(failure(Maker.THEIRS, fault).message()).contains("file exists");
        try (InterfaceLab lab = new InterfaceLab("bridge", directory.resolve("works"))) {
            lab.call(Maker.OURS, "ADD", lab.configuration("1.0.0", fault.keys()), "").orFail();
            assertThat(NatLab.in(lab.container(), "ip -4 route show default"))
                    .isEqualTo("default via 10.1.0.1 dev eth0 \n");
        }
    }
}
