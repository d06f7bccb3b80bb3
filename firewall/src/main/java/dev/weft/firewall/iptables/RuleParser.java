package dev.weft.firewall.iptables;

import static java.util.Objects.requireNonNull;

import dev.weft.firewall.iptables.Words.Word;
import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the words of a rule, one option after the other. An option that is not the rule's own
/// belongs to the match or target named before it.
final class RuleParser {
    /// Options with one value that a user writes, which may look like an option itself.
    static final Set<String> TEXTS =
            Set.of(
                    "--comment",
                    "--log-prefix",
                    "--nflog-prefix",
                    "--ulog-prefix",
                    "--string",
                    "--hex-string",
                    "--label");

    private final List<Word> words;
    private int at;

    private String chain = "";
    private @Nullable Condition source;
    private @Nullable Condition destination;
    private @Nullable Condition inInterface;
    private @Nullable Condition outInterface;
    private @Nullable Condition protocol;
    private Fragments fragments = Fragments.ANY;
    private @Nullable Counters counters;
    private final List<Section> matches = new ArrayList<>();
    private @Nullable Section target;
    private @Nullable Section current;

    /// Whether the current section is a protocol's, which is a match from its first option on.
    private boolean isImplied;

    /// Whether a word that is no option could not be mistaken for a value of the option before.
    private boolean takesWords;

    private RuleParser(List<Word> words) {
        this.words = words;
    }

    /// A match or target whose options are being read.
    private record Section(String name, boolean goesTo, List<Option> options) {
        Section(String name, boolean goesTo) {
            this(name, goesTo, new ArrayList<>());
        }
    }

    /// Reads a line of `iptables-save` or `iptables -S`.
    static Rule line(String line) {
        RuleParser parser = new RuleParser(Words.split(line));
        parser.bracketedCounters();
        String command = parser.next("a rule").text();
        if (!command.equals("-A") && !command.equals("--append")) {
            throw new MalformedMessageException("a rule begins with -A: " + line);
        }
        parser.chain = parser.next("-A").text();
        return parser.rule();
    }

    /// Reads what stands behind the chain.
    static Rule specification(String chain, List<Word> words) {
        RuleParser parser = new RuleParser(words);
        parser.chain = chain;
        return parser.rule();
    }

    private void bracketedCounters() {
        if (!words.isEmpty() && words.getFirst().text().startsWith("[")) {
            counters = Counters.parseBracketed(next("").text());
        }
    }

    private Rule rule() {
        while (at < words.size()) {
            option();
        }
        Section end = target;
        return new Rule(
                chain,
                source,
                destination,
                inInterface,
                outInterface,
                protocol,
                fragments,
                matches.stream().map(it -> new Match(it.name(), it.options())).toList(),
                end == null ? null : new Target(end.name(), end.goesTo(), end.options()),
                counters);
    }

    private void option() {
        boolean negated = words.get(at).is("!");
        if (negated) {
            at++;
        }
        Word word = next("!");
        if (word.quoted() || !own(word.text(), negated)) {
            ofSection(word, negated);
        }
    }

    /// Takes an option of the rule itself.
    ///
    /// @return false when it is none
    private boolean own(String option, boolean negated) {
        switch (option) {
            case "-s", "--source", "--src" -> source = condition(source, option, negated);
            case "-d", "--destination", "--dst" ->
                    destination = condition(destination, option, negated);
            case "-i", "--in-interface" -> inInterface = condition(inInterface, option, negated);
            case "-o", "--out-interface" -> outInterface = condition(outInterface, option, negated);
            case "-p", "--protocol", "--proto" -> protocol(option, negated);
            case "-f", "--fragment" -> {
                fragments = negated ? Fragments.FIRST : Fragments.LATER;
                takesWords = false;
            }
            default -> {
                return section(option, negated);
            }
        }
        return true;
    }

    /// Takes an option that cannot be negated, most of which begin a section.
    private boolean section(String option, boolean negated) {
        switch (option) {
            case "-c", "--set-counters" -> {
                counters = Counters.parse(next(option).text(), next(option).text());
                takesWords = false;
            }
            case "-m", "--match" -> {
                begin(new Section(next(option).text(), false));
                matches.add(requireNonNull(current));
            }
            case "-j", "--jump" -> target(new Section(next(option).text(), false));
            case "-g", "--goto" -> target(new Section(next(option).text(), true));
            default -> {
                return false;
            }
        }
        if (negated) {
            throw new MalformedMessageException("'" + option + "' cannot be negated");
        }
        return true;
    }

    private void begin(Section section) {
        current = section;
        takesWords = true;
        isImplied = false;
    }

    private void target(Section section) {
        if (target != null) {
            throw new MalformedMessageException("a rule has one target");
        }
        begin(section);
        target = section;
    }

    /// A protocol brings the module of its name, for options without `-m`.
    private void protocol(String option, boolean negated) {
        Condition condition = condition(protocol, option, negated);
        protocol = condition;
        if (current == null) {
            begin(new Section(Protocols.module(condition.value()), false));
            isImplied = true;
        }
    }

    private Condition condition(@Nullable Condition given, String option, boolean negated) {
        if (given != null) {
            throw new MalformedMessageException("a rule has one '" + option + "'");
        }
        boolean behind = at < words.size() && words.get(at).is("!");
        if (behind) {
            at++;
        }
        takesWords = false;
        return new Condition(next(option).text(), negated || behind);
    }

    private void ofSection(Word word, boolean negated) {
        Section section = current;
        if (section == null) {
            throw new MalformedMessageException(
                    "'" + word.text() + "' belongs to no match or target");
        }
        if (isImplied) {
            matches.add(section);
            isImplied = false;
        }
        section.options().add(word.isOption() ? option(word, negated) : stray(word, negated));
    }

    /// A word that is no option and no value of one: what a program without the module prints in
    /// place of options, `[8 bytes of unknown target data]`.
    private Option stray(Word word, boolean negated) {
        if (!takesWords) {
            throw new MalformedMessageException("'" + word.text() + "' belongs to no option");
        }
        return new Option("", negated, List.of(word.text()));
    }

    private Option option(Word word, boolean negated) {
        String name = word.text();
        takesWords = TEXTS.contains(name);
        if (takesWords) {
            return new Option(name, negated, List.of(next(name).text()));
        }
        List<String> values = new ArrayList<>();
        boolean behind = isValueBehindNegation();
        if (behind) {
            at++;
        }
        while (at < words.size() && isValue(words.get(at))) {
            values.add(next(name).text());
        }
        return new Option(name, negated || behind, values);
    }

    private boolean isValueBehindNegation() {
        return at + 1 < words.size() && words.get(at).is("!") && isValue(words.get(at + 1));
    }

    private static boolean isValue(Word word) {
        return !word.isOption() && !word.is("!");
    }

    private Word next(String after) {
        if (at == words.size()) {
            throw new MalformedMessageException("a rule ends after '" + after + "'");
        }
        return words.get(at++);
    }
}
