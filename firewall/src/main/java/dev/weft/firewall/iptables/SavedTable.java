package dev.weft.firewall.iptables;

import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A table with everything in it, as one run of `iptables-save` shows it.
///
/// @param name of the table
/// @param chains in the program's order: the kernel's own first
public record SavedTable(String name, List<SavedChain> chains) {
    private static final Pattern CHAIN =
            Pattern.compile(":(\\S+) (\\S+)(?: (\\[\\d{1,20}:\\d{1,20}\\]))?\\s*");

    public SavedTable {
        chains = List.copyOf(chains);
    }

    /// A chain by its name.
    public Optional<SavedChain> chain(String chain) {
        return chains.stream().filter(it -> it.name().equals(chain)).findFirst();
    }

    /// Reads what `iptables-save` prints, with counters or without.
    ///
    /// @throws MalformedMessageException when it is something else
    public static List<SavedTable> parse(String text) {
        Reader reader = new Reader();
        for (String line : text.split("\n", -1)) {
            reader.line(line);
        }
        return reader.tables();
    }

    /// What has been read so far.
    private static final class Reader {
        private final List<SavedTable> tables = new ArrayList<>();
        private String table = "";
        private final Map<String, SavedChain> heads = new LinkedHashMap<>();
        private final Map<String, List<Rule>> rules = new LinkedHashMap<>();

        void line(String line) {
            if (line.isBlank() || line.startsWith("#")) {
                return;
            }
            if (table.isEmpty() != line.startsWith("*")) {
                throw new MalformedMessageException("not in its place: " + line);
            }
            switch (line.charAt(0)) {
                case '*' -> table = line.substring(1).strip();
                case ':' -> chain(line);
                case '[', '-' -> rule(Rule.parse(line));
                case 'C' -> commit(line);
                default -> throw new MalformedMessageException("no line of a table: " + line);
            }
        }

        private void chain(String line) {
            Matcher head = CHAIN.matcher(line);
            if (!head.matches()) {
                throw new MalformedMessageException("no chain: " + line);
            }
            String policy = head.group(2);
            String counters = head.group(3);
            SavedChain chain =
                    new SavedChain(
                            head.group(1),
                            policy.equals("-") ? null : policy,
                            counters == null ? Counters.ZERO : Counters.parseBracketed(counters),
                            List.of());
            heads.put(chain.name(), chain);
            rules.put(chain.name(), new ArrayList<>());
        }

        private void rule(Rule rule) {
            List<Rule> chain = rules.get(rule.chain());
            if (chain == null) {
                throw new MalformedMessageException("a rule of no chain: " + rule);
            }
            chain.add(rule);
        }

        private void commit(String line) {
            if (!line.strip().equals("COMMIT")) {
                throw new MalformedMessageException("no line of a table: " + line);
            }
            List<SavedChain> chains =
                    heads.values().stream()
                            .map(head ->
                                    new SavedChain(
                                            head.name(),
                                            head.policy(),
                                            head.counters(),
                                            rules.getOrDefault(head.name(), List.of())))
                            .toList();
            tables.add(new SavedTable(table, chains));
            table = "";
            heads.clear();
            rules.clear();
        }

        List<SavedTable> tables() {
            if (!table.isEmpty()) {
                throw new MalformedMessageException("table " + table + " does not end");
            }
            return tables;
        }
    }
}
