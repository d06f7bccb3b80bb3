package dev.weft.testkit;

import static java.lang.Integer.parseInt;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.MethodFilter.includeMethodNamePatterns;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.platform.engine.DiscoverySelector;
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
    /// @param args folder for the XML report; which of the runs that share the tests this one is,
    ///   from 0; how many there are; then either `--only` and a file that names tests, a line each
    ///   as [Chosen] has them, or a folder of test classes and regular expressions that the
    ///   qualified names of a test's class and of its method match
    /// @throws IOException when the file cannot be read
    public static void main(String[] args) throws IOException {
        int number = parseInt(args[1]);
        int of = parseInt(args[2]);
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        List<DiscoverySelector> named = List.of();
        if (args[3].equals("--only")) {
            named = share(number, of, Files.readAllLines(Path.of(args[4])));
            request.selectors(named);
        } else {
            request.selectors(selectClasspathRoots(Set.of(Path.of(args[3]))))
                    .filters(includeClassNamePatterns(args[4]))
                    .filters(includeMethodNamePatterns(args[5]))
                    .filters(share(number, of));
        }
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(request.build(), named.size(), Path.of(args[0]), out).exitCode);
    }

    /// Every class is one run's, by its simple name.
    static ClassNameFilter share(int number, int of) {
        return type -> {
            String simple = type.substring(type.lastIndexOf('.') + 1);
            return FilterResult.includedIf(Math.floorMod(simple.hashCode(), of) == number);
        };
    }

    /// Every test is one run's, in turn: neighbours, which take as long as each other, are not the
    /// same one's.
    static List<DiscoverySelector> share(int number, int of, List<String> tests) {
        return IntStream.range(0, tests.size())
                .filter(index -> index % of == number)
                .mapToObj(index -> Chosen.selector(tests.get(index)))
                .toList();
    }

    /// @param least how many tests there are at least: JUnit passes over an invocation that a
    ///   method has not
    static Outcome run(LauncherDiscoveryRequest request, int least, Path reports, PrintWriter out) {
        var progress = new TestProgress(out);
        LauncherFactory.create()
                .execute(request, progress, new LegacyXmlReportGeneratingListener(reports, out));
        progress.printSummary();
        if (progress.ended() < least) {
            out.println("named were " + least + " tests, " + progress.ended() + " ended");
            return Outcome.FAILED;
        }
        if (progress.failed() > 0) {
            return Outcome.FAILED;
        }
        return progress.ended() == 0 ? Outcome.NOTHING_FOUND : Outcome.PASSED;
    }
}
