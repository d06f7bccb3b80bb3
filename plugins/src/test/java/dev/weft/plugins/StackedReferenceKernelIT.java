package dev.weft.plugins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.plugins.Comparison.Scenario;
import dev.weft.testkit.KernelFeature;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `ipvlan` and `vlan` beside the reference plugins of Debian 12, which are 1.1.1. By its name it
/// runs in the virtual machine, whose kernel has such links.
final class StackedReferenceKernelIT {
    @TempDir private Path directory;

    @BeforeEach
    void requireReference() {
        assumeTrue(InterfaceLab.hasReference(), "the reference plugins are not installed");
    }

    private static Stream<Scenario> ofIpvlan() {
        return Stream.of(
                StackedScenario.of("plain", "'master':'up0'," + StackedScenario.ADDRESSES),
                StackedScenario.of(
                        "l3", "'master':'up0','mode':'l3','mtu':1400," + StackedScenario.ADDRESSES),
                StackedScenario.of("default route", StackedScenario.ADDRESSES).in("0.4.0"));
    }

    @ParameterizedTest
    @MethodSource("ofIpvlan")
    void ipvlan_madeCheckedAndDeletedByEither_isTheSame(Scenario scenario) {
        KernelFeature.assumeLinkKind("ipvlan");
        Comparison.run("ipvlan", scenario, directory);
    }

    private static Stream<Scenario> ofVlan() {
        return Stream.of(
                StackedScenario.of(
                        "plain", "'master':'up0','vlanId':77," + StackedScenario.ADDRESSES),
                StackedScenario.of(
                                "mtu",
                                "'master':'up0','vlanId':4094,'mtu':1400,"
                                        + StackedScenario.ADDRESSES)
                        .in("0.4.0"));
    }

    @ParameterizedTest
    @MethodSource("ofVlan")
    void vlan_madeCheckedAndDeletedByEither_isTheSame(Scenario scenario) {
        KernelFeature.assumeLinkKind("vlan");
        Comparison.run("vlan", scenario, directory);
    }
}
