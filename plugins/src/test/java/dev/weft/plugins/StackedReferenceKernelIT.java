package dev.weft.plugins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.KernelFeature;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ipvlan` and `vlan` beside the reference plugins of Debian 12, which are 1.1.1. By its name it
/// runs in the virtual machine, whose kernel has such links, and where every program takes its
/// time: so with one configuration each.
final class StackedReferenceKernelIT {
    @TempDir private Path directory;

    @BeforeEach
    void requireReference() {
        assumeTrue(InterfaceLab.hasReference(), "the reference plugins are not installed");
    }

    @Test
    void ipvlan_madeCheckedAndDeletedByEither_isTheSame() {
        KernelFeature.assumeLinkKind("ipvlan");
        Comparison.run(
                "ipvlan",
                StackedScenario.of(
                        "l3", "'master':'up0','mode':'l3','mtu':1400," + StackedScenario.ADDRESSES),
                directory);
    }

    @Test
    void vlan_madeCheckedAndDeletedByEither_isTheSame() {
        KernelFeature.assumeLinkKind("vlan");
        Comparison.run(
                "vlan",
                StackedScenario.of(
                        "mtu",
                        "'master':'up0','vlanId':4094,'mtu':1400," + StackedScenario.ADDRESSES,
                        KnownDifference.ANNOUNCED),
                directory);
    }
}
