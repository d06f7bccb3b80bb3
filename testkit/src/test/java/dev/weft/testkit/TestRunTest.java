package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

class TestRunTest {
    @TempDir private Path reports;
    private final StringWriter printed = new StringWriter();

    private TestRun.Outcome outcomeOf(Class<?>... classes) {
        var request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        return TestRun.run(request.build(), 0, reports, new PrintWriter(printed));
    }

    @Test
    void allPass_outcomeIsPassedAndEachInvocationHasItsLine() {
        assertThat(outcomeOf(Passing.class)).isEqualTo(TestRun.Outcome.PASSED);
        assertThat(printed.toString())
                .containsPattern("pass +\\d+ ms  .*Passing > plain\\(\\)")
                .containsPattern("pass +\\d+ ms  .*Passing > each\\(int\\) > .*8")
                .contains("3 passed, 0 failed, 0 skipped");
        assertThat(reports.resolve("TEST-junit-jupiter.xml")).exists();
    }

    @Test
    void skips_outcomeIsPassedAndTheSummaryGivesReasons() {
        assertThat(outcomeOf(Skipping.class)).isEqualTo(TestRun.Outcome.PASSED);
        assertThat(printed.toString())
                .contains("Skipping > assumed(): this kernel has no link kind vrf")
                .contains("Skipping > disabled(): not today")
                .contains("0 passed, 0 failed, 2 skipped");
    }

    @Test
    void oneFails_outcomeIsFailedAndTheTraceIsShown() throws Exception {
        assertThat(outcomeOf(Passing.class, Failing.class)).isEqualTo(TestRun.Outcome.FAILED);
        assertThat(printed.toString())
                .containsPattern("FAIL +\\d+ ms  .*Failing > wrong\\(\\)")
                .contains("AssertionFailedError: two is not three")
                .contains("3 passed, 1 failed, 0 skipped");
        assertThat(Files.readString(reports.resolve("TEST-junit-jupiter.xml")))
                .contains("two is not three");
    }

    @Test
    void setUpOfClassFails_outcomeIsFailed() {
        assertThat(outcomeOf(Broken.class)).isEqualTo(TestRun.Outcome.FAILED);
        assertThat(printed.toString()).contains("no set-up");
    }

    @Test
    void noTest_outcomeSaysSo() {
        assertThat(outcomeOf()).isEqualTo(TestRun.Outcome.NOTHING_FOUND);
    }

    @Test
    void shares_haveEachClassOnce() {
        for (String type :
                new String[] {"dev.weft.LinkKernelIT", "a.RuleKernelIT", "b.RuleKernelIT", "C"}) {
            assertThat(IntStream.range(0, 3))
                    .filteredOn(number -> TestRun.share(number, 3).apply(type).included())
                    .as(type)
                    .hasSize(1);
            assertThat(TestRun.share(0, 1).apply(type).included()).isTrue();
        }
    }

    @Test
    void sharesOfNamedTests_haveEachOnce() {
        List<String> tests =
                List.of(
                        Passing.class.getName(),
                        Passing.class.getName() + " plain",
                        Passing.class.getName() + " each(int)[2]");
        assertThat(TestRun.share(0, 2, tests))
                .containsExactly(Chosen.selector(tests.get(0)), Chosen.selector(tests.get(2)));
        assertThat(TestRun.share(1, 2, tests)).containsExactly(Chosen.selector(tests.get(1)));
    }

    private TestRun.Outcome outcomeOfInvocation(int number) {
        String name = Passing.class.getName() + " each(int)[" + number + "]";
        var request = LauncherDiscoveryRequestBuilder.request().selectors(Chosen.selector(name));
        return TestRun.run(request.build(), 1, reports, new PrintWriter(printed));
    }

    @Test
    void namedInvocation_runsAlone() {
        assertThat(outcomeOfInvocation(2)).isEqualTo(TestRun.Outcome.PASSED);
        assertThat(printed.toString())
                .containsPattern("each\\(int\\) > .*8")
                .contains("1 passed, 0 failed, 0 skipped");
    }

    @Test
    void namedInvocationThatIsNotThere_fails() {
        assertThat(outcomeOfInvocation(3)).isEqualTo(TestRun.Outcome.FAILED);
        assertThat(printed.toString()).contains("named were 1 tests, 0 ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.weft.Absent", "%s absent", "%s each(String)[1]", "%s each(int)["})
    void nameOfNoTest_isRefused(String name) {
        String line = name.replace("%s", Passing.class.getName());
        assertThatThrownBy(() -> Chosen.selector(line))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static final class Passing {
        @Test
        void plain() {}

        @ParameterizedTest
        @ValueSource(ints = {7, 8})
        void each(int number) {
            assertThat(number).isPositive();
        }
    }

    static final class Skipping {
        @Test
        void assumed() {
            abort("this kernel has no link kind vrf");
        }

        @Test
        @Disabled("not today")
        void disabled() {}
    }

    static final class Failing {
        @Test
        void wrong() {
            fail("two is not three");
        }
    }

    static final class Broken {
        @BeforeAll
        static void setUp() {
            fail("no set-up");
        }

        @Test
        void neverReached() {}
    }
}
