package dev.weft.testkit;

import static java.lang.Integer.parseInt;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.MethodFilter.includeMethodNamePatterns;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/// The main program of the virtual machine: runs the compiled tests of one module and says how each
/// ended, at once, so that a guest that stops halfway has told how far it came.
///
/// It is the JUnit launcher with a shorter printer. JUnit's own console program spends seconds of
/// an emulated processor on reading its options.
public final class TestRun {
    /// How a run ended. The codes are ones that a JVM which does not get that far never exits with.
    enum Outcome {
        PASSED(0),
        FAILED(10),
        NOTHING_FOUND(11);

        final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private TestRun() {}

    /// Runs and exits with the code of the outcome.
    ///
    /// @param args folder of test classes, folder for the XML report, regular expressions that the
    ///   qualified names of a test's class and of its method match; where several runs share the
    ///   classes, which of them this one is, from 0, and how many there are
    public static void main(String[] args) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClasspathRoots(Set.of(Path.of(args[0]))))
                        .filters(includeClassNamePatterns(args[2]))
                        .filters(includeMethodNamePatterns(args[3]))
                        .filters(
                                args.length > 4
                                        ? share(parseInt(args[4]), parseInt(args[5]))
                                        : share(0, 1))
                        .build();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(request, Path.of(args[1]), out).exitCode);
    }

    /// Every class is one run's, by its simple name.
    static ClassNameFilter share(int number, int of) {
        return type -> {
            String simple = type.substring(type.lastIndexOf('.') + 1);
            return FilterResult.includedIf(Math.floorMod(simple.hashCode(), of) == number);
        };
    }

    static Outcome run(LauncherDiscoveryRequest request, Path reports, PrintWriter out) {
        var progress = new TestProgress(out);
        LauncherFactory.create()
                .execute(request, progress, new LegacyXmlReportGeneratingListener(reports, out));
        progress.printSummary();
        if (progress.failed() > 0) {
            return Outcome.FAILED;
        }
        return progress.ended() == 0 ? Outcome.NOTHING_FOUND : Outcome.PASSED;
    }
}
