package dev.weft.firewall.iptables;

import dev.weft.linux.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Changes that belong together, made by one run of `iptables-restore --noflush`: of each table
/// all, or none. What they do not name stays.
///
/// Each change is looked through when it is added, so that [Iptables#apply] executes nothing that
/// could mean something else. Within a table they happen in the order in which they were added;
/// tables in the order in which they were first named. Not for use by two threads at once.
///
/// ```java
/// iptables.apply(
///         new Transaction()
///                 .clearChain("nat", "WEB")
///                 .append("nat", "WEB", "-p", "tcp", "--dport", "80", "-j", "REDIRECT")
///                 .insert("nat", "PREROUTING", 1, "-j", "WEB"));
/// ```
public final class Transaction {
    /// What stands in front of a rule's words for the program: its own name, and the table.
    private static final int WORDS_IN_FRONT = 3;

    private static final Pattern LINE = Pattern.compile("line:? (\\d{1,9})");

    private final Map<String, List<Change>> tables = new LinkedHashMap<>();

    /// A transaction without changes.
    public Transaction() {}

    /// One line.
    private record Change(String deed, String chain, String line) {}

    /// What was refused, in words.
    record Failure(String deed, String table, String chain) {}

    /// Makes a chain; refused when there is one.
    public Transaction newChain(String table, String chain) {
        return add(table, "make", Syntax.newChain(chain), "-N " + chain);
    }

    /// Makes sure that a chain is there and has no rules.
    public Transaction clearChain(String table, String chain) {
        return add(table, "make or flush", Syntax.newChain(chain), ":" + chain + " - [0:0]");
    }

    /// Takes the rules of a chain away.
    public Transaction flush(String table, String chain) {
        return add(table, "flush", Syntax.chain(chain), "-F " + chain);
    }

    /// Takes an empty chain away that no rule jumps to.
    public Transaction deleteChain(String table, String chain) {
        return add(table, "delete", Syntax.chain(chain), "-X " + chain);
    }

    /// Gives a chain another name. To the nft variant of 1.8.9 it is known by that name only after
    /// the transaction.
    public Transaction renameChain(String table, String chain, String name) {
        String line = "-E " + chain + " " + Syntax.newChain(name);
        return add(table, "rename", Syntax.chain(chain), line);
    }

    /// Sets the policy of one of the kernel's chains.
    ///
    /// @param policy `ACCEPT` or `DROP`
    public Transaction changePolicy(String table, String chain, String policy) {
        String line = "-P " + chain + " " + Syntax.policy(policy);
        return add(table, "set the policy of", Syntax.chain(chain), line);
    }

    /// Adds a rule at the end.
    public Transaction append(String table, String chain, String... specification) {
        return add(table, "append a rule to", chain, "-A " + chain, specification);
    }

    /// Adds a rule at the end of its chain, with its counters if it has some (which ip6tables-nft
    /// of 1.8.9 forgets).
    public Transaction append(String table, Rule rule) {
        return append(table, rule.chain(), rule.restorable().toArray(String[]::new));
    }

    /// Adds a rule so that it is at a position.
    public Transaction insert(String table, String chain, int position, String... specification) {
        String line = "-I " + chain + " " + Syntax.position(position);
        return add(table, "insert a rule into", chain, line, specification);
    }

    /// Puts a rule in the place of another: in two steps, as the nft variant of 1.8.9 crashes when
    /// it replaces a rule of the same transaction.
    public Transaction replace(String table, String chain, int position, String... specification) {
        return insert(table, chain, position, specification).deleteAt(table, chain, position + 1);
    }

    /// Takes the first such rule away; refused when there is none.
    public Transaction delete(String table, String chain, String... specification) {
        return add(table, "delete a rule of", chain, "-D " + chain, specification);
    }

    /// Takes the rule at a position away.
    public Transaction deleteAt(String table, String chain, int position) {
        String line = "-D " + chain + " " + Syntax.position(position);
        return add(table, "delete a rule of", Syntax.chain(chain), line);
    }

    private Transaction add(
            String table, String deed, String chain, String command, String... specification) {
        Syntax.chain(chain);
        List<String> words = Syntax.specification(Arrays.asList(specification));
        String line =
                command
                        + words.stream()
                                .map(word -> " " + Words.quote(word))
                                .collect(Collectors.joining());
        if (words.size() + command.split(" ", -1).length + WORDS_IN_FRONT > Words.MAX_WORDS) {
            throw new InvalidRequestException("a rule has too many words: " + line);
        }
        return add(table, deed, chain, line);
    }

    private Transaction add(String table, String deed, String chain, String line) {
        if (line.getBytes(StandardCharsets.UTF_8).length + 2 > Words.LINE_BYTES) {
            throw new InvalidRequestException("a rule is too long for iptables-restore: " + line);
        }
        tables.computeIfAbsent(Syntax.table(table), _ -> new ArrayList<>())
                .add(new Change(deed, chain, line));
        return this;
    }

    /// Whether there is nothing to change.
    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /// What `iptables-restore` is given.
    public String text() {
        StringBuilder text = new StringBuilder();
        tables.forEach((table, changes) -> {
            text.append('*').append(table).append('\n');
            changes.forEach(change -> text.append(change.line()).append('\n'));
            text.append("COMMIT\n");
        });
        return text.toString();
    }

    /// The change that a refusal is about, by the number of its line.
    Failure failure(String errors) {
        Matcher line = LINE.matcher(errors);
        if (!line.find()) {
            return new Failure("apply a transaction to", String.join(", ", tables.keySet()), "");
        }
        int left = Integer.parseInt(line.group(1)) - 1;
        List<String> done = new ArrayList<>();
        for (Map.Entry<String, List<Change>> entry : tables.entrySet()) {
            List<Change> changes = entry.getValue();
            if (left <= changes.size() + 1) {
                return failure(entry.getKey(), changes, left, done);
            }
            left -= changes.size() + 2;
            done.add(entry.getKey());
        }
        return new Failure("apply a transaction to", "", "");
    }

    /// The programs find some faults only when they come to the end of a table, or to the beginning
    /// of one that is not there.
    private static Failure failure(
            String table, List<Change> changes, int line, List<String> done) {
        String kept =
                done.isEmpty() ? "" : ", after having changed " + String.join(", ", done) + ",";
        if (line < 1 || line > changes.size()) {
            return new Failure("apply a transaction" + kept + " to", table, "");
        }
        Change change = changes.get(line - 1);
        return new Failure(
                "apply '" + change.line() + "'" + kept + ": " + change.deed(),
                table,
                change.chain());
    }

    /// As [#text].
    @Override
    public String toString() {
        return text();
    }
}
