package dev.weft.firewall.language;

import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a table's rules and sets say.
public final class Reading {
    /// The kernel's limit of jumps within jumps (`NFT_JUMP_STACK_SIZE`).
    private static final int MAX_DEPTH = 16;

    private final Family family;
    private final Sets sets;
    private final Map<String, List<Rule>> chainsInRules;

    private Reading(Family family, Sets sets, Map<String, List<Rule>> chainsInRules) {
        this.family = family;
        this.sets = sets;
        this.chainsInRules = Map.copyOf(chainsInRules);
    }

    /// For rules of a family alone: sets that were written inside a rule are read as references.
    public static Reading of(Family family) {
        return new Reading(family, new Sets(Map.of()), Map.of());
    }

    /// For a table, with its sets at hand.
    public static Reading of(TableContent content) {
        Map<String, SetContent> sets = new HashMap<>();
        content.sets()
                .forEach((set, elements) -> sets.put(set.name(), SetContent.of(set, elements)));
        Map<String, List<Rule>> chainsInRules = new HashMap<>();
        content.chains()
                .forEach((chain, rules) -> {
                    if (chain.isPartOfRule()) {
                        chainsInRules.put(chain.name(), rules);
                    }
                });
        return new Reading(content.table().family(), new Sets(sets), chainsInRules);
    }

    /// The family of the table that is read.
    public Family family() {
        return family;
    }

    /// What a rule does, in order.
    public List<Statement> statements(Rule rule) {
        return statements(rule, 0);
    }

    private List<Statement> statements(Rule rule, int depth) {
        List<Statement> statements = statements(rule.expressions());
        return chainsInRules.isEmpty() || depth == MAX_DEPTH
                ? statements
                : statements.stream().map(statement -> nested(statement, depth + 1)).toList();
    }

    private Statement nested(Statement statement, int depth) {
        if (!(statement instanceof Statement.Verdict(var verdict))) {
            return statement;
        }
        List<Rule> rules = chainsInRules.get(verdict.chain());
        return rules == null
                ? statement
                : new Statement.Nested(
                        verdict,
                        rules.stream()
                                .map(rule ->
                                        new Statement.Nested.Rule(
                                                statements(rule, depth), rule.comment().orElse("")))
                                .toList());
    }

    /// What expressions do, in order: those of a rule, or those that each element of a set carries.
    public List<Statement> statements(List<Expression> expressions) {
        return new RuleReader(family, sets).read(expressions);
    }

    /// The elements of a set or map as a person would list them, sorted; those that together say an
    /// interval as one.
    ///
    /// @param set of the table
    /// @return constants, [Term.Prefix], [Term.Range], [Term.Concatenation], [Term.Element] or, of
    ///   maps, [Term.Mapping]
    public List<Term> elements(NftSet set) {
        SetContent content = sets.find(set.name());
        return content == null ? List.of() : Elements.of(content, content.key()).read();
    }

    /// What a set's key was declared to be like with `typeof`; nothing when it was declared by
    /// `type`.
    public Optional<Term> typeofKey(NftSet set) {
        return SetNotes.key(set).term();
    }

    /// What a map's data were declared to be like with `typeof`.
    public Optional<Term> typeofData(NftSet set) {
        return SetNotes.data(set).term();
    }
}
