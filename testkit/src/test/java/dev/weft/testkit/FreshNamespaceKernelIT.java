package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

final class FreshNamespaceKernelIT {
    /// The class that comes next.
    static final class NextVmIT {
        @Test
        void looks() {
            assertThat(state()).doesNotContain("left0", "left1", "table");
        }
    }

    private static String state() {
        return Command.run("ip", "-oneline", "link").orFail().stdout()
                + Command.run("nft", "list", "tables").orFail().stdout();
    }

    @Test
    void linksAndRules_doNotMeetTheNextClass() {
        for (String program : new String[] {"ip", "nft"}) {
            assumeTrue(Command.isInstalled(program), program + " is not installed");
        }
        Command.run("ip", "link", "add", "left0", "type", "veth", "peer", "left1").orFail();
        Command.run("nft", "add", "table", "inet", "left").orFail();
        assertThat(state()).contains("left0", "left1", "table inet left");
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(NextVmIT.class))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getFailures())
                .extracting(failure -> failure.getException().toString())
                .isEmpty();
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(1);
    }
}
