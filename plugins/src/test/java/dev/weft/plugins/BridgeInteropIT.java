package dev.weft.plugins;

import static dev.weft.plugins.KnownDifference.ANNOUNCED;
import static dev.weft.plugins.KnownDifference.CHECK_OF_LAYER_2;
import static dev.weft.plugins.KnownDifference.DEL_OF_MASQUERADE;
import static dev.weft.plugins.KnownDifference.DNS_OF_IPAM;
import static dev.weft.plugins.KnownDifference.KEPT;
import static dev.weft.plugins.KnownDifference.LINK_LOCAL_ASKED;
import static dev.weft.plugins.KnownDifference.MASQUERADE_BY_NFTABLES;
import static dev.weft.plugins.KnownDifference.NOT_ASKED;
import static dev.weft.plugins.KnownDifference.PINNED;
import static dev.weft.plugins.KnownDifference.PINNED_RESULT;
import static dev.weft.plugins.KnownDifference.SILENT_PORT;
import static dev.weft.plugins.KnownDifference.SPOOF_CHECK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.google.gson.JsonObject;
import dev.weft.plugins.Comparison.Scenario;
import dev.weft.plugins.InterfaceLab.Maker;
import dev.weft.plugins.bridge.Bridge;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `bridge` beside the reference plugin of Debian 12, which is 1.1.1.
final class BridgeInteropIT {
    private static final String SUBNET4 = "[{'subnet':'10.1.0.0/24'}]";
    private static final String SUBNET6 = "[{'subnet':'fd00:1::/64'}]";
    private static final String V4 = local(SUBNET4, "");
    private static final String V6 = local(SUBNET6, "");
    private static final String DUAL = local(SUBNET4 + "," + SUBNET6, "");
    private static final String MAC = "c2:11:22:33:44:55";

    @TempDir private Path directory;

    @BeforeEach
    void requireReference() {
        assumeTrue(InterfaceLab.hasReference(), "the reference plugins are not installed");
    }

    private static String local(String ranges, String keys) {
        return "'ipam':{'type':'host-local','dataDir':'LEASES',"
                + keys
                + "'ranges':["
                + ranges
                + "]},";
    }

    private static String fixed(String keys) {
        return "'ipam':{'type':'static'," + keys + "},";
    }

    private static Scenario of(String name, String keys, KnownDifference... more) {
        Set<KnownDifference> differences = EnumSet.of(SILENT_PORT, more);
        return Scenario.of(name, keys, differences.toArray(KnownDifference[]::new));
    }

    private static Stream<Scenario> scenarios() {
        return Stream.of(links(), addresses(), ofAddressManagement(), versions())
                .flatMap(each -> each);
    }

    private static Stream<Scenario> links() {
        return Stream.of(
                of("layer 2", "", PINNED, PINNED_RESULT, CHECK_OF_LAYER_2),
                of("hairpin", "'isGateway':true,'hairpinMode':true," + V4, LINK_LOCAL_ASKED),
                of(
                        "spoof check",
                        "'isGateway':true,'macspoofchk':true," + V4,
                        LINK_LOCAL_ASKED,
                        SPOOF_CHECK),
                of("promiscuous", "'isGateway':true,'promiscMode':true," + V4, LINK_LOCAL_ASKED),
                of("mtu", "'isGateway':true,'mtu':1400," + V4, LINK_LOCAL_ASKED),
                of("name", "'isGateway':true,'bridge':'br7'," + V4, LINK_LOCAL_ASKED),
                of("mac of arguments", "'isGateway':true," + V4, LINK_LOCAL_ASKED)
                        .with("IgnoreUnknown=1;MAC=" + MAC),
                of(
                        "mac of args.cni",
                        "'isGateway':true,'args':{'cni':{'mac':'" + MAC + "'}}," + V4,
                        LINK_LOCAL_ASKED),
                of(
                                "mac of runtimeConfig",
                                "'isGateway':true,'args':{'cni':{'mac':'c2:00:00:00:00:01'}},"
                                        + "'runtimeConfig':{'mac':'"
                                        + MAC
                                        + "'},"
                                        + V4,
                                LINK_LOCAL_ASKED)
                        .with("IgnoreUnknown=1;MAC=c2:00:00:00:00:02"));
    }

    private static Stream<Scenario> addresses() {
        return Stream.of(
                of("no gateway", V4, LINK_LOCAL_ASKED, PINNED, PINNED_RESULT),
                of("gateway", "'isGateway':true," + V4, LINK_LOCAL_ASKED),
                of(
                        "default gateway",
                        "'isDefaultGateway':true," + DUAL,
                        ANNOUNCED,
                        NOT_ASKED,
                        KEPT),
                of(
                        "default gateway of IPAM",
                        "'isDefaultGateway':true,"
                                + local(SUBNET4, "'routes':[{'dst':'0.0.0.0/0','gw':'10.1.0.1'}],"),
                        LINK_LOCAL_ASKED),
                of(
                        "masquerade",
                        "'isGateway':true,'ipMasq':true,'ipMasqBackend':'iptables'," + DUAL,
                        ANNOUNCED,
                        NOT_ASKED,
                        KEPT),
                of(
                        "masquerade by default",
                        "'isGateway':true,'ipMasq':true," + V4,
                        LINK_LOCAL_ASKED,
                        MASQUERADE_BY_NFTABLES,
                        DEL_OF_MASQUERADE),
                of("IPv6", "'isGateway':true," + V6, ANNOUNCED, NOT_ASKED, KEPT),
                of("dual stack", "'isGateway':true," + DUAL, ANNOUNCED, NOT_ASKED, KEPT),
                of("forced address", "'isGateway':true,'forceAddress':true," + V4, LINK_LOCAL_ASKED)
                        .after("ip link add cni0 type bridge; ip addr add 10.9.0.1/16 dev cni0"));
    }

    private static Stream<Scenario> ofAddressManagement() {
        return Stream.of(
                of(
                        "routes",
                        "'isGateway':true,"
                                + local(
                                        SUBNET4 + "," + SUBNET6,
                                        "'routes':[{'dst':'0.0.0.0/0'},{'dst':'::/0'},"
                                                + "{'dst':'10.77.0.0/16','gw':'10.1.0.9'}],"),
                        ANNOUNCED,
                        NOT_ASKED,
                        KEPT),
                of(
                        "static with dns",
                        "'isGateway':true,"
                                + fixed(
                                        "'addresses':[{'address':'10.1.0.7/24'},"
                                                + "{'address':'fd00:1::7/64'}],"
                                                + "'dns':{'nameservers':['10.1.0.1']},"
                                                + "'routes':[{'dst':'10.77.0.0/16','gw':'10.1.0.9'}]"),
                        ANNOUNCED,
                        NOT_ASKED,
                        KEPT,
                        DNS_OF_IPAM),
                of(
                        "own dns",
                        "'isGateway':true,'dns':{'search':['example.org']},"
                                + fixed(
                                        "'addresses':[{'address':'10.1.0.7/24'}],"
                                                + "'dns':{'nameservers':['10.1.0.1']}"),
                        LINK_LOCAL_ASKED),
                of(
                        "ips of runtimeConfig",
                        "'isGateway':true,'runtimeConfig':{'ips':['10.1.0.77','fd00:1::77']},"
                                + DUAL,
                        ANNOUNCED,
                        NOT_ASKED,
                        KEPT));
    }

    private static Stream<Scenario> versions() {
        Scenario scenario =
                of(
                        "all",
                        "'isDefaultGateway':true,'ipMasq':true,'ipMasqBackend':'iptables'," + DUAL,
                        ANNOUNCED,
                        NOT_ASKED,
                        KEPT);
        return Stream.of("0.3.1", "0.4.0").map(scenario::in);
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @MethodSource("scenarios")
    void madeCheckedAndDeletedByEither_isTheSame(Scenario scenario) {
        Comparison.run(Bridge.TYPE, scenario, directory);
    }

    @Test
    void masqueradeOfTheReference_isMissed() {
        try (InterfaceLab lab = new InterfaceLab(Bridge.TYPE, directory)) {
            JsonObject configuration =
                    lab.configuration("1.0.0", "'isGateway':true,'ipMasq':true," + V4);
            JsonObject result = lab.call(Maker.THEIRS, "ADD", configuration, "").orFail().output();
            configuration.add("prevResult", result);
            lab.call(Maker.OURS, "CHECK", configuration, "").orFail();
            NatLab.in(lab.host(), "iptables -t nat -F POSTROUTING");
            assertThat(lab.call(Maker.OURS, "CHECK", configuration, "").message())
                    .isEqualTo("masquerading of 10.1.0.2/24 is missing in nftables");
            lab.call(Maker.OURS, "DEL", configuration, "").orFail();
            assertThat(NatLab.in(lab.host(), "nft list ruleset")).doesNotContain("CNI-");
        }
    }
}
