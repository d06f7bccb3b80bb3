package dev.weft.plugins;

import static dev.weft.plugins.KnownDifference.DEL_OF_MASQUERADE;
import static dev.weft.plugins.KnownDifference.KEPT;
import static dev.weft.plugins.KnownDifference.MASQUERADE_BY_NFTABLES;
import static dev.weft.plugins.KnownDifference.NOT_ASKED;
import static dev.weft.plugins.KnownDifference.NO_ROUTE_TO_SUBNET;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.weft.plugins.Comparison.Scenario;
import dev.weft.plugins.bridge.PointToPoint;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `ptp` beside the reference plugin of Debian 12, which is 1.1.1.
final class PointToPointInteropIT {
    private static final String SUBNET4 = "[{'subnet':'10.1.0.0/24'}]";
    private static final String SUBNET6 = "[{'subnet':'fd00:1::/64'}]";
    private static final String ROUTE4 = "'routes':[{'dst':'0.0.0.0/0'}],";
    private static final String ROUTES = "'routes':[{'dst':'0.0.0.0/0'},{'dst':'::/0'}],";
    private static final String DUAL = local(SUBNET4 + "," + SUBNET6, ROUTES);

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

    private static Stream<Scenario> scenarios() {
        Scenario all =
                of("all", "'ipMasq':true,'ipMasqBackend':'iptables'," + DUAL, NOT_ASKED, KEPT);
        return Stream.of(
                of("plain", local(SUBNET4, "")),
                of("default route", local(SUBNET4, ROUTE4)),
                of("mtu", "'mtu':1400," + local(SUBNET4, ROUTE4)),
                of("IPv6", local(SUBNET6, "'routes':[{'dst':'::/0'}],"), NOT_ASKED, KEPT),
                of("dual stack", DUAL, NOT_ASKED, KEPT),
                of(
                        "masquerade by default",
                        "'ipMasq':true," + local(SUBNET4, ROUTE4),
                        MASQUERADE_BY_NFTABLES,
                        DEL_OF_MASQUERADE),
                of("own dns", "'dns':{'search':['example.org']}," + DUAL, NOT_ASKED, KEPT),
                of(
                        "ips of runtimeConfig",
                        "'runtimeConfig':{'ips':['10.1.0.77','fd00:1::77']}," + DUAL,
                        NOT_ASKED,
                        KEPT),
                of(
                        "static with dns",
                        "'ipam':{'type':'static','addresses':[{'address':'10.1.0.7/24',"
                                + "'gateway':'10.1.0.1'}],'dns':{'nameservers':['10.1.0.1']},"
                                + "'routes':[{'dst':'10.77.0.0/16','gw':'10.1.0.1'}]},"),
                all,
                all.in("0.3.1"),
                all.in("0.4.0"));
    }

    private static Scenario of(String name, String keys, KnownDifference... more) {
        Set<KnownDifference> differences = EnumSet.of(NO_ROUTE_TO_SUBNET, more);
        return Scenario.of(name, keys, differences.toArray(KnownDifference[]::new));
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @MethodSource("scenarios")
    void madeCheckedAndDeletedByEither_isTheSame(Scenario scenario) {
        Comparison.run(PointToPoint.TYPE, scenario, directory);
    }
}
