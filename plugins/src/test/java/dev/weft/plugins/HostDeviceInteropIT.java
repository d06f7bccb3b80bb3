package dev.weft.plugins;

import static dev.weft.plugins.KnownDifference.DNS_OF_IPAM;
import static dev.weft.plugins.KnownDifference.KEPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.weft.plugins.Comparison.Scenario;
import dev.weft.plugins.InterfaceLab.Answer;
import dev.weft.plugins.InterfaceLab.Maker;
import dev.weft.plugins.device.HostDevice;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// `host-device` beside the reference plugin of Debian 12, which is 1.1.1.
final class HostDeviceInteropIT {
    private static final String DEVICE =
            "ip link add nic0 address 02:00:00:00:00:05 type veth peer name far0"
                    + " address 02:00:00:00:00:06;"
                    + "ip link set far0 up";
    private static final String BY_NAME = "'device':'nic0',";
    private static final String IPAM4 =
            "'ipam':{'type':'host-local','dataDir':'LEASES','ranges':[[{'subnet':'10.1.0.0/24'}]],"
                    + "'routes':[{'dst':'0.0.0.0/0'}]},";

    @TempDir private Path directory;

    @BeforeEach
    void requireReference() {
        assumeTrue(InterfaceLab.hasReference(), "the reference plugins are not installed");
    }

    private static Stream<Scenario> scenarios() {
        Scenario plain = Scenario.of("by name", BY_NAME + IPAM4);
        return Stream.of(
                        plain,
                        plain.in("0.3.1"),
                        plain.in("0.4.0"),
                        Scenario.of("without IPAM", BY_NAME),
                        Scenario.of("by address", "'hwaddr':'02:00:00:00:00:05'," + IPAM4),
                        Scenario.of(
                                "own dns", BY_NAME + "'dns':{'nameservers':['1.1.1.1']}," + IPAM4),
                        Scenario.of(
                                "dual stack",
                                BY_NAME
                                        + "'ipam':{'type':'static','addresses':["
                                        + "{'address':'10.1.0.7/24','gateway':'10.1.0.1'},"
                                        + "{'address':'fd00:1::7/64','gateway':'fd00:1::1'}],"
                                        + "'dns':{'nameservers':['10.1.0.1']},"
                                        + "'routes':[{'dst':'0.0.0.0/0'},{'dst':'::/0'}]},",
                                KEPT,
                                DNS_OF_IPAM))
                .map(scenario -> scenario.after(DEVICE));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void madeCheckedAndDeletedByEither_isTheSame(Scenario scenario) {
        Comparison.run(HostDevice.TYPE, scenario, directory);
    }

    /// The reference forgets them, and leaves the device down.
    @Test
    void addressesOfTheDevice_areGivenBack_whereTheReferenceForgetsThem() {
        String before = deviceAfterDelete(Maker.OURS, directory.resolve("ours"));
        assertThat(before).contains("10.5.0.1/24").contains("state UP");
        String after = deviceAfterDelete(Maker.THEIRS, directory.resolve("theirs"));
        assertThat(after).doesNotContain("10.5.0.1/24").contains("state DOWN");
    }

    private static String deviceAfterDelete(Maker maker, Path where) {
        try (InterfaceLab lab = new InterfaceLab(HostDevice.TYPE, where)) {
            NatLab.in(
                    lab.host(),
                    DEVICE + "; ip link set nic0 up; ip address add 10.5.0.1/24 dev nic0");
            JsonObject configuration = lab.configuration("1.0.0", BY_NAME + IPAM4);
            configuration.add(
                    "prevResult", lab.call(maker, "ADD", configuration, "").orFail().output());
            lab.call(maker, "DEL", configuration, "").orFail();
            return NatLab.in(lab.host(), "ip address show dev nic0");
        }
    }

    /// Letter by letter where the reference's words are about what is configured.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    true | 'mtu':0,                      | specify either "device", "hwaddr", "kernelpath" or "pciBusID"
                    true | 'kernelpath':'/sys/class/x',  | kernel device path "/sys/class/x" must be absolute and begin with /sys/devices/
                    """)
    void refusal_isThatOfTheReference(String script, String keys, String message) {
        for (Maker maker : Maker.values()) {
            try (InterfaceLab lab =
                    new InterfaceLab(HostDevice.TYPE, directory.resolve(maker.word()))) {
                NatLab.in(lab.host(), script);
                Answer answer =
                        lab.call(maker, "ADD", lab.configuration("1.0.0", keys + IPAM4), "");
                assertThat(answer.exit()).isEqualTo(1);
                assertThat(answer.message()).as(maker.word()).contains(message);
            }
        }
    }

    /// A second DEL, and one without a namespace, fail or leak with the reference.
    @Test
    void secondDelete_succeeds_whereTheReferenceFails() {
        assertThat(secondDelete(Maker.THEIRS)).isEqualTo(1);
        assertThat(secondDelete(Maker.OURS)).isZero();
    }

    private int secondDelete(Maker maker) {
        try (InterfaceLab lab =
                new InterfaceLab(HostDevice.TYPE, directory.resolve("second " + maker.word()))) {
            NatLab.in(lab.host(), DEVICE);
            JsonObject configuration = lab.configuration("1.0.0", BY_NAME + IPAM4);
            lab.call(maker, "ADD", configuration, "").orFail();
            lab.call(maker, "DEL", configuration, "").orFail();
            return lab.call(maker, "DEL", configuration, "").exit();
        }
    }
}
