package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class KernelFeatureTest {
    @Test
    void featurePresent_testGoesOn() {
        assertThatCode(() -> KernelFeature.decide("link kind vrf", true, false))
                .doesNotThrowAnyException();
    }

    @Test
    void featureAbsent_testIsSkippedAndTheSkipNamesIt() {
        assertThatThrownBy(() -> KernelFeature.decide("link kind vrf", false, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("this kernel has no link kind vrf");
    }

    @Test
    void featureAbsentInVirtualMachine_testFails() {
        assertThatThrownBy(() -> KernelFeature.decide("link kind vrf", false, true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("this kernel has no link kind vrf, and");
    }

    @ParameterizedTest
    @CsvSource({
        "6.3.0, true",
        "6.18.44-fc-v657, true",
        "7.0-rc1, true",
        "6.1.0-56-amd64, false",
        "5.15.0, false"
    })
    void release_isComparedByItsNumbers(String release, boolean atLeast) {
        assertThat(KernelFeature.isAtLeast(release, 6, 3)).isEqualTo(atLeast);
    }
}
