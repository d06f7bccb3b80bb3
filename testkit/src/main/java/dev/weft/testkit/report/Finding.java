package dev.weft.testkit.report;

import java.util.List;

/// What became of one test, or of one gate.
///
/// @param tier the row of the table it counts in
/// @param outcome what became of it
/// @param name the class and method, `Class#method`, or the gate's subject
/// @param seconds how long it took
/// @param reason why it was skipped or failed, in one line; empty when it passed
record Finding(String tier, Outcome outcome, String name, double seconds, String reason) {

    /// What can become of a test.
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /// Enough for the message of an assertion with the values that it compared.
    private static final int MAX_REASON_LENGTH = 600;

    Finding {
        reason = String.join(" ", reason.strip().lines().map(String::strip).toList());
        reason = reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH));
    }

    /// Reads `tier outcome name seconds reason…` as `./check` writes it.
    ///
    /// @throws IllegalArgumentException when the line has another form
    static Finding parse(String line) {
        List<String> words = List.of(line.split(" ", 5));
        if (words.size() < 4) {
            throw new IllegalArgumentException("not 'tier outcome name seconds reason': " + line);
        }
        return new Finding(
                words.get(0),
                Outcome.valueOf(words.get(1)),
                words.get(2),
                Double.parseDouble(words.get(3)),
                words.size() == 5 ? words.get(4) : "");
    }
}
