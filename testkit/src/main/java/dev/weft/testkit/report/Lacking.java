package dev.weft.testkit.report;

import java.io.IOException;
import java.nio.file.Path;

/// Prints the tests that Failsafe's last run of a module skipped since this machine's kernel lacks
/// something, a line each: what the virtual machine is there for. [dev.weft.testkit.TestRun] reads
/// them.
public final class Lacking {
    private Lacking() {}

    /// Prints them to standard output.
    ///
    /// @param args the folder of the reports
    /// @throws IOException when a report cannot be read or is no XML
    public static void main(String[] args) throws IOException {
        for (Path report : TestReports.glob(Path.of(args[0]), "TEST-*.xml")) {
            TestReports.lacking(report).forEach(System.out::println);
        }
    }
}
