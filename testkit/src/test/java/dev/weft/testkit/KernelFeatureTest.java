package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
}
