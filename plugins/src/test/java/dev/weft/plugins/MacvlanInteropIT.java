package dev.weft.plugins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.plugins.Comparison.Scenario;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `macvlan` beside the reference plugin of Debian 12, which is 1.1.1.
final class MacvlanInteropIT {
    @TempDir private Path directory;

    @BeforeEach
    void requireReference() {
        assumeTrue(InterfaceLab.hasReference(), "the reference plugins are not installed");
    }

    private static Stream<Scenario> scenarios() {
        String dual =
                StackedScenario.local(
                        "[{'subnet':'10.1.0.0/24'}],[{'subnet':'fd00:1::/64'}]",
                        "'routes':[{'dst':'0.0.0.0/0'},{'dst':'::/0'}],");
        Scenario all =
                of(
                        "all",
                        "'master':'up0','mode':'private','mtu':1400,'mac':'02:00:00:00:00:09',"
                                + StackedScenario.ADDRESSES);
        return Stream.of(
                of("plain", "'master':'up0'," + StackedScenario.ADDRESSES),
                of("vepa", "'master':'up0','mode':'vepa'," + StackedScenario.ADDRESSES),
                of("passthru", "'master':'up0','mode':'passthru'," + StackedScenario.ADDRESSES),
                of("default route", StackedScenario.ADDRESSES),
                of(
                        "own dns",
                        "'master':'up0','dns':{'search':['example.org']},"
                                + StackedScenario.ADDRESSES),
                of("layer 2", "'master':'up0','ipam':{},", KnownDifference.ANNOUNCED),
                of("CNI_ARGS", "'master':'up0'," + StackedScenario.ADDRESSES)
                        .with("IgnoreUnknown=1;MAC=02:00:00:00:00:0a"),
                of(
                        "dual stack",
                        "'master':'up0'," + dual,
                        KnownDifference.ANNOUNCED,
                        KnownDifference.KEPT),
                all,
                all.in("0.3.1"),
                all.in("0.4.0"));
    }

    private static Scenario of(String name, String keys, KnownDifference... differences) {
        return StackedScenario.of(name, keys, differences);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void madeCheckedAndDeletedByEither_isTheSame(Scenario scenario) {
        Comparison.run("macvlan", scenario, directory);
    }
}
