package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

final class DescriptorLeakCheckTest {
    private static final List<DatagramChannel> LEFT = new ArrayList<>();

    /// As a kernel test that forgets to close.
    static final class LeakingVmIT {
        @Test
        void open() throws IOException {
            LEFT.add(DatagramChannel.open());
        }
    }

    /// As a kernel test that closes.
    static final class TidyVmIT {
        @Test
        void open() throws IOException {
            DatagramChannel.open().close();
        }
    }

    private static List<String> failuresOf(Class<?> testClass) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(1);
        return summary.getSummary().getFailures().stream()
                .map(failure -> String.valueOf(failure.getException().getMessage()))
                .toList();
    }

    @Test
    void kernelTest_thatLeavesASocket_failsAndNamesIt() throws IOException {
        List<String> failures = failuresOf(LeakingVmIT.class);
        for (DatagramChannel left : LEFT) {
            left.close();
        }
        assertThat(failures)
                .singleElement()
                .asString()
                .matches(".*LeakingVmIT leaves descriptors open: \\[socket:\\[\\d+\\]\\]");
    }

    @Test
    void kernelTest_thatClosesItsSocket_passes() {
        assertThat(failuresOf(TidyVmIT.class)).isEmpty();
    }
}
