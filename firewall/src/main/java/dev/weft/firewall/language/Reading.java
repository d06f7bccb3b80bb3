package dev.weft.firewall.language;

import dev.weft.firewall.Element;
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
    private final Family family;
    private final Map<String, NftSet> sets = new HashMap<>();
    private final Map<String, List<Element>> elements = new HashMap<>();

    private Reading(Family family) {
        this.family = family;
    }

    /// For rules of a family alone: sets that were written inside a rule are read as references.
    public static Reading of(Family family) {
        return new Reading(family);
    }

    /// For a table, with its sets at hand.
    public static Reading of(TableContent content) {
        Reading reading = new Reading(content.table().family());
        content.sets()
                .forEach((set, elements) -> {
                    reading.sets.put(set.name(), set);
                    reading.elements.put(set.name(), elements);
                });
        return reading;
    }

    /// The family of the table that is read.
    public Family family() {
        return family;
    }

    /// What a rule does, in order.
    public List<Statement> statements(Rule rule) {
        return statements(rule.expressions());
    }

    /// What expressions do, in order: those of a rule, or those that each element of a set carries.
    public List<Statement> statements(List<Expression> expressions) {
        return expressions.stream().<Statement>map(Statement.Raw::new).toList();
    }

    /// The elements of a set or map as a person would list them, sorted; those that together say an
    /// interval as one.
    ///
    /// @return constants, [Term.Prefix], [Term.Range], [Term.Concatenation], [Term.Element] or, of
    ///   maps, [Term.Mapping]
    public List<Term> elements(NftSet set) {
        return List.of();
    }

    /// What a set's key was declared to be like with `typeof`; nothing when it was declared by
    /// `type`.
    public Optional<Term> typeofKey(NftSet set) {
        return Optional.empty();
    }

    /// What a map's data were declared to be like with `typeof`.
    public Optional<Term> typeofData(NftSet set) {
        return Optional.empty();
    }
}
