package dev.weft.firewall.iptables;

import dev.weft.linux.process.Program;
import dev.weft.linux.process.ProgramRefusalException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// `iptables` refused: what was attempted, on which table and chain, what the program answered and
/// what that means.
public final class IptablesException extends ProgramRefusalException {
    private static final long serialVersionUID = 1;

    /// What the program says about itself, which the command tells already.
    private static final Pattern NOISE =
            Pattern.compile(
                    "(?m)^# (Warning: |Generated |Completed ).*$|^# (?=Table )|^Try `.* for more information\\.$|^ip6?tables[-\\w]*( v[^:]*)?: *");

    private final Problem problem;
    private final String table;
    private final String chain;

    private IptablesException(Attempt attempt, Problem problem, int status, String errors) {
        super(
                attempt.command(),
                status,
                errors,
                "cannot " + attempt.deed() + ": " + answer(errors, status) + problem.advice());
        this.problem = problem;
        this.table = attempt.table();
        this.chain = attempt.chain();
    }

    /// What was attempted.
    ///
    /// @param deed completes "cannot ..."
    /// @param table empty when it is about none
    /// @param chain empty when it is about none
    record Attempt(List<String> command, String deed, String table, String chain) {}

    static IptablesException of(Attempt attempt, int status, String errors) {
        return of(attempt, Problem.of(errors), status, errors);
    }

    static IptablesException of(Attempt attempt, Problem problem, int status, String errors) {
        return new IptablesException(attempt, problem, status, errors);
    }

    private static String answer(String errors, int status) {
        String said = NOISE.matcher(errors).replaceAll("").strip().replaceAll("\\s*\\n\\s*", "; ");
        return said.isEmpty() ? end(status) : said;
    }

    private static String end(int status) {
        OptionalInt signal = new Program.Result(status, "", "").signal();
        return signal.isPresent()
                ? "ended by signal " + signal.getAsInt()
                : "exit status " + status;
    }

    /// What the answer means.
    public Problem problem() {
        return problem;
    }

    /// Whether the table, chain or rule is not there.
    public boolean isNotExist() {
        return problem.isNotExist();
    }

    /// The table that it is about.
    public Optional<String> table() {
        return Optional.of(table).filter(name -> !name.isEmpty());
    }

    /// The chain that it is about.
    public Optional<String> chain() {
        return Optional.of(chain).filter(name -> !name.isEmpty());
    }
}
