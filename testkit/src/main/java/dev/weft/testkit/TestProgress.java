package dev.weft.testkit;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Prints one line per test as it ends, the trace under one that failed, and at last the counts and
/// every skip with its reason. Expects tests to run one after the other.
final class TestProgress implements TestExecutionListener {
    private final PrintWriter out;
    private final List<String> skips = new ArrayList<>();
    private @Nullable TestPlan plan;
    private long startedNanos;
    private int passed;
    private int failed;

    TestProgress(PrintWriter out) {
        this.out = out;
    }

    /// Tests that passed, failed or were skipped.
    int ended() {
        return passed + failed + skips.size();
    }

    int failed() {
        return failed;
    }

    void printSummary() {
        skips.forEach(skip -> out.println("skipped: " + skip));
        out.printf(Locale.ROOT, "%d passed, %d failed, %d skipped%n", passed, failed, skips.size());
        out.flush();
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedNanos = System.nanoTime();
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    passed++;
                    line("pass", test);
                }
            }
            case ABORTED -> skip(test, message(result.getThrowable()));
            case FAILED -> fail(test, result.getThrowable());
        }
    }

    private void skip(TestIdentifier test, String reason) {
        line("skip", test);
        skips.add(nameOf(test) + ": " + reason);
    }

    private void fail(TestIdentifier test, Optional<Throwable> cause) {
        failed++;
        line("FAIL", test);
        cause.ifPresent(thrown -> thrown.printStackTrace(out));
    }

    private void line(String word, TestIdentifier test) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        out.printf(Locale.ROOT, "%s %5d ms  %s%n", word, millis, nameOf(test));
        out.flush();
    }

    private static String message(Optional<Throwable> cause) {
        return cause.map(Throwable::getMessage).orElse("no reason given");
    }

    /// Display names from the class down; the engine above them is always the same.
    private String nameOf(TestIdentifier test) {
        if (plan == null) {
            return test.getDisplayName();
        }
        String own = test.getDisplayName();
        return plan.getParent(test)
                .filter(parent -> parent.getParentId().isPresent())
                .map(parent -> nameOf(parent) + " > " + own)
                .orElse(own);
    }
}
