package dev.weft.firewall.iptables;

import dev.weft.firewall.iptables.Words.Word;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A rule of `iptables` as data: strings, numbers and lists, which every mapper to JSON prints.
///
/// What Weft does not know, modules and their options, is kept as it was written. Two rules are
/// equal when they are written alike; [#isSameAs] is whether `iptables` would take them for the
/// same.
///
/// @param chain the chain that it stands in
/// @param source `-s`
/// @param destination `-d`
/// @param inInterface `-i`
/// @param outInterface `-o`
/// @param protocol `-p`
/// @param fragments `-f`
/// @param matches `-m`, in order
/// @param target `-j` or `-g`; a rule without one only counts
/// @param counters nothing where they were not asked for
public record Rule(
        String chain,
        @Nullable Condition source,
        @Nullable Condition destination,
        @Nullable Condition inInterface,
        @Nullable Condition outInterface,
        @Nullable Condition protocol,
        Fragments fragments,
        List<Match> matches,
        @Nullable Target target,
        @Nullable Counters counters) {
    public Rule {
        matches = List.copyOf(matches);
    }

    /// A rule of a chain from the options that `iptables -A CHAIN` would be given.
    ///
    /// @throws InvalidRequestException when they are no rule
    public static Rule of(String chain, String... specification) {
        try {
            return RuleParser.specification(
                    Syntax.chain(chain),
                    Syntax.specification(List.of(specification)).stream()
                            .map(word -> new Word(word, false))
                            .toList());
        } catch (MalformedMessageException none) {
            throw new InvalidRequestException(String.valueOf(none.getMessage()));
        }
    }

    /// Reads a line of `iptables-save` or `iptables -S`, with counters or without.
    ///
    /// @throws MalformedMessageException when it is no rule
    public static Rule parse(String line) {
        return RuleParser.line(line);
    }

    /// As [#parse]; nothing when the line is no rule.
    public static Optional<Rule> tryParse(String line) {
        try {
            return Optional.of(parse(line));
        } catch (MalformedMessageException none) {
            return Optional.empty();
        }
    }

    /// The text of its first `-m comment`.
    public Optional<String> comment() {
        return match("comment")
                .flatMap(match -> match.option("--comment"))
                .flatMap(option -> option.values().stream().findFirst());
    }

    /// Its first match of a module.
    public Optional<Match> match(String module) {
        return matches.stream().filter(match -> match.module().equals(module)).findFirst();
    }

    /// Whether `iptables` would take both for the same rule, however they are written. Counters do
    /// not matter.
    ///
    /// Known to be the same are: an address and its `/32` or `/128`; a network written with a mask,
    /// or with bits after its prefix; every address, every interface (`+`) and every protocol
    /// (`all`) beside nothing; a protocol's number and name; `-p tcp` with and without `-m tcp`;
    /// long and short names of ports' options; `--syn` and its flags; `-m state` and `-m
    /// conntrack`; the order of states; `--set-mark` and `--set-xmark`; `-j REJECT` with and
    /// without what it answers by default. What is not known to be the same is different.
    public boolean isSameAs(Rule other) {
        return NormalForm.of(this).equals(NormalForm.of(other));
    }

    /// This with counters, or without.
    public Rule withCounters(@Nullable Counters counted) {
        return new Rule(
                chain,
                source,
                destination,
                inInterface,
                outInterface,
                protocol,
                fragments,
                matches,
                target,
                counted);
    }

    /// The options that make it, in the order in which `iptables` prints them; no counters.
    public List<String> specification() {
        return words().map(RuleWord::text).toList();
    }

    /// As [#specification], with counters in front if it has some.
    List<String> restorable() {
        List<String> words = new ArrayList<>();
        if (counters != null) {
            words.add("-c");
            words.add(Long.toUnsignedString(counters.packets()));
            words.add(Long.toUnsignedString(counters.bytes()));
        }
        words.addAll(specification());
        return words;
    }

    /// As a line of `iptables -S`; with `-c` in front of the target when it has counters.
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("-A ").append(Words.quote(chain));
        Counters counted = counters;
        words().forEach(word -> {
            if (word.beginsTarget() && counted != null) {
                line.append(countersText(counted));
            }
            line.append(' ').append(word.line());
        });
        return counted != null && target == null ? line + countersText(counted) : line.toString();
    }

    private static String countersText(Counters counters) {
        return " -c "
                + Long.toUnsignedString(counters.packets())
                + " "
                + Long.toUnsignedString(counters.bytes());
    }

    /// A word of a rule: as an argument, and as it stands in a line.
    private record RuleWord(String text, String line, boolean beginsTarget) {
        static RuleWord option(String text) {
            return new RuleWord(text, Words.quote(text), false);
        }

        static RuleWord value(String text) {
            return new RuleWord(text, Words.quoteValue(text), false);
        }
    }

    private Stream<RuleWord> words() {
        List<RuleWord> words = new ArrayList<>();
        condition("-s", source, words);
        condition("-d", destination, words);
        condition("-i", inInterface, words);
        condition("-o", outInterface, words);
        condition("-p", protocol, words);
        fragments(words);
        for (Match match : matches) {
            words.add(RuleWord.option("-m"));
            words.add(RuleWord.value(match.module()));
            match.options().forEach(option -> option(option, words));
        }
        if (target != null) {
            String jump = target.goesTo() ? "-g" : "-j";
            words.add(new RuleWord(jump, jump, true));
            words.add(RuleWord.value(target.name()));
            target.options().forEach(option -> option(option, words));
        }
        return words.stream();
    }

    private void fragments(List<RuleWord> words) {
        switch (fragments) {
            case ANY -> {}
            case LATER -> words.add(RuleWord.option("-f"));
            case FIRST -> {
                words.add(RuleWord.option("!"));
                words.add(RuleWord.option("-f"));
            }
        }
    }

    private static void condition(
            String option, @Nullable Condition condition, List<RuleWord> words) {
        if (condition == null) {
            return;
        }
        if (condition.negated()) {
            words.add(RuleWord.option("!"));
        }
        words.add(RuleWord.option(option));
        words.add(RuleWord.value(condition.value()));
    }

    private static void option(Option option, List<RuleWord> words) {
        if (option.negated()) {
            words.add(RuleWord.option("!"));
        }
        if (!option.name().isEmpty()) {
            words.add(RuleWord.option(option.name()));
        }
        boolean isText = RuleParser.TEXTS.contains(option.name());
        for (String value : option.values()) {
            words.add(
                    isText
                            ? new RuleWord(value, Words.quoteText(value), false)
                            : RuleWord.value(value));
        }
    }
}
