package dev.weft.firewall;

import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import java.util.List;
import java.util.Optional;

/// A rule: expressions, carried out in order until one does not match.
///
/// @param attributes of [RuleAttributes]
public record Rule(Family family, Attributes attributes) {

    /// Starts a rule for a chain.
    public static RuleBuilder in(Chain chain) {
        return new RuleBuilder(chain);
    }

    /// A rule of expressions as they are; [#in] is the easier way.
    public static Rule of(Chain chain, List<Expression> expressions) {
        return new Rule(
                chain.family(),
                Attributes.build(
                        RuleAttributes.TABLE,
                        writer ->
                                writer.put(RuleAttributes.TABLE_NAME, chain.table())
                                        .put(RuleAttributes.CHAIN, chain.name())
                                        .nest(
                                                RuleAttributes.EXPRESSIONS,
                                                list ->
                                                        ExpressionAttributes.write(
                                                                expressions, list))));
    }

    /// This rule with a note for people.
    public Rule comment(String text) {
        return new Rule(
                family,
                attributes.and(writer ->
                        writer.put(
                                RuleAttributes.USER_DATA,
                                UserData.comment(UserData.COMMENT, text))));
    }

    /// The name of its table.
    public String table() {
        return attributes.orElse(RuleAttributes.TABLE_NAME, "");
    }

    /// The name of its chain.
    public String chain() {
        return attributes.orElse(RuleAttributes.CHAIN, "");
    }

    /// The kernel's number of it; nothing while it is only wanted.
    public Optional<Long> handle() {
        return attributes.find(RuleAttributes.HANDLE);
    }

    /// This rule with a number by which others of the same batch find their place, see
    /// [Batch#appendAfter(Rule,Rule)].
    public Rule numbered(int id) {
        return new Rule(family, attributes.and(writer -> writer.put(RuleAttributes.ID, id)));
    }

    /// Its number within a batch.
    Optional<Integer> id() {
        return attributes.find(RuleAttributes.ID);
    }

    /// The note for people.
    public Optional<String> comment() {
        return attributes
                .find(RuleAttributes.USER_DATA)
                .flatMap(data -> UserData.text(data, UserData.COMMENT));
    }

    /// What it does, step by step.
    ///
    /// @throws MalformedMessageException when an expression has no name
    public List<Expression> expressions() {
        return attributes.orElse(RuleAttributes.EXPRESSIONS, List.of()).stream()
                .map(ExpressionAttributes::decode)
                .toList();
    }

    /// The rule in `nft`'s words, with its comment, and numbers instead of names of interfaces; see
    /// [RulesetText] for more.
    public String text() {
        return RulesetText.of(this, Surroundings.none());
    }

    /// This rule as it would be made anew: without what the kernel added, and with each expression
    /// as the kernel takes it, which is not always as the kernel shows it.
    public Rule wanted() {
        List<Expression> expressions = expressions();
        return new Rule(
                family,
                attributes
                        .without(
                                RuleAttributes.HANDLE,
                                RuleAttributes.POSITION,
                                RuleAttributes.ID,
                                RuleAttributes.EXPRESSIONS)
                        .and(writer -> {
                            writer.put(
                                    RuleAttributes.EXPRESSIONS,
                                    expressions.stream()
                                            .map(ExpressionAttributes::encode)
                                            .toList());
                            Compatibility.of(family, expressions)
                                    .ifPresent(protocol ->
                                            writer.put(RuleAttributes.COMPATIBILITY, protocol));
                        }));
    }

    /// Which rule it is, for messages.
    String description() {
        String number = handle().map(handle -> " handle " + handle).orElse("");
        return "rule " + family + " " + table() + " " + chain() + number + ": " + text();
    }
}
