package dev.weft.testkit.report;

import dev.weft.testkit.report.Finding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The table at the end of `./check`, every skip with its reason, every failure, and the verdict.
/// Failures come last, where whoever sees only the end of the output finds them.
///
/// @param findings what became of every gate and test
/// @param undeclared the skips that count as failures
record Summary(List<Finding> findings, List<Finding> undeclared) {

    private static final List<String> TIERS =
            List.of("gates", "scripts", "unit", "kernel", "interop", "vm");

    Summary {
        findings = List.copyOf(findings);
        undeclared = List.copyOf(undeclared);
    }

    /// Prints the summary and exits with 0 when nothing failed, else with 1.
    ///
    /// @param arguments the checkout, the file of the script's own findings, and `strict` when a
    ///   skip that `testkit/expected-skips.txt` does not declare is a failure
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        List<Finding> findings =
                new ArrayList<>(
                        Files.readAllLines(Path.of(arguments[1])).stream()
                                .map(Finding::parse)
                                .toList());
        findings.addAll(TestReports.read(root));
        boolean strict = Arrays.asList(arguments).contains("strict");
        Summary summary =
                strict
                        ? strict(
                                findings,
                                ExpectedSkips.read(root.resolve("testkit/expected-skips.txt")))
                        : new Summary(findings, List.of());
        summary.lines().forEach(System.out::println);
        System.exit(summary.isGood() ? 0 : 1);
    }

    /// A summary in which every skip that is not declared is a failure.
    static Summary strict(List<Finding> findings, ExpectedSkips expected) {
        return new Summary(
                findings,
                with(findings, Outcome.SKIPPED).filter(skip -> !expected.declare(skip)).toList());
    }

    boolean isGood() {
        return undeclared.isEmpty() && with(findings, Outcome.FAILED).findAny().isEmpty();
    }

    Stream<String> lines() {
        return Stream.of(
                        Stream.of("", row("tier", "passed", "failed", "skipped", "seconds")),
                        TIERS.stream().map(this::tierRow),
                        named("Skipped:", with(findings, Outcome.SKIPPED).toList()),
                        named("Failed:", with(findings, Outcome.FAILED).toList()),
                        named("Skipped, which nobody declared:", undeclared),
                        Stream.of("", total()))
                .flatMap(lines -> lines);
    }

    private String total() {
        return count(findings, Outcome.PASSED)
                + " passed, "
                + count(findings, Outcome.FAILED)
                + " failed, "
                + count(findings, Outcome.SKIPPED)
                + " skipped";
    }

    private String tierRow(String tier) {
        List<Finding> own = findings.stream().filter(it -> it.tier().equals(tier)).toList();
        double seconds = own.stream().mapToDouble(Finding::seconds).sum();
        return row(
                tier,
                Long.toString(count(own, Outcome.PASSED)),
                Long.toString(count(own, Outcome.FAILED)),
                Long.toString(count(own, Outcome.SKIPPED)),
                seconds == 0 ? "" : String.format(Locale.ROOT, "%.1f", seconds));
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-8s %7s %7s %8s %9s", (Object[]) cells).stripTrailing();
    }

    private static Stream<String> named(String title, List<Finding> findings) {
        return findings.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of("", title),
                        findings.stream()
                                .map(it -> "  " + it.tier() + " " + it.name() + ": " + it.reason())
                                .sorted());
    }

    private static Stream<Finding> with(List<Finding> findings, Outcome outcome) {
        return findings.stream().filter(it -> it.outcome() == outcome);
    }

    private static long count(List<Finding> findings, Outcome outcome) {
        return with(findings, outcome).count();
    }
}
