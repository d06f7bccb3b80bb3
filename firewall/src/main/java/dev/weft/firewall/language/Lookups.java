package dev.weft.firewall.language;

import dev.weft.firewall.expression.DynamicSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.value.DataType;
import dev.weft.linux.netlink.Slice;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what asks or changes sets and maps. A set without a name of its own is written where it is
/// used, with values as the key says.
final class Lookups {
    private final Sets sets;
    private final Registers registers;
    private final Operands operands;
    private final KnownHeaders headers;

    Lookups(Sets sets, Registers registers, Operands operands, KnownHeaders headers) {
        this.sets = sets;
        this.registers = registers;
        this.operands = operands;
        this.headers = headers;
    }

    /// A key and the set it is looked for in.
    private record Question(Operands.Key key, Term set, @Nullable SetContent content) {}

    private Question ask(String name, Register first) {
        SetContent content = sets.find(name);
        int bytes = content == null ? 0 : content.key().bytes();
        Operands.Key key = operands.key(registers.key(first, bytes), first);
        Term set =
                content != null && content.isAnonymous()
                        ? new Term.AnonymousSet(
                                Elements.of(content, content.key().as(key.parts())).read())
                        : new Term.SetReference(name);
        return new Question(key, set, content);
    }

    Statement match(Lookup lookup) {
        Question question = ask(lookup.set(), lookup.key());
        if (question.set instanceof Term.AnonymousSet(List<Term> elements)
                && !elements.isEmpty()
                && elements.getFirst() instanceof Term.Value(_, var datum)
                && !lookup.inverted()) {
            headers.learnMessage(question.key.term(), datum.bytes());
        }
        return new Statement.Match(
                lookup.inverted()
                        ? Statement.Match.Operator.NOT_EQUAL
                        : Statement.Match.Operator.EQUAL,
                question.key.term(),
                question.set);
    }

    Statement verdictMap(MapLookup lookup) {
        Question question = ask(lookup.map(), lookup.key());
        return new Statement.VerdictMap(question.key.term(), question.set);
    }

    /// Leaves what the map leads to in the register that is asked for.
    void map(MapLookup lookup) {
        Question question = ask(lookup.map(), lookup.key());
        Term term = new Term.MapLookup(question.key.term(), question.set);
        SetContent content = question.content;
        DataType type = content == null ? DataType.INTEGER : content.dataType();
        int bytes = content == null ? Register.LARGE_BYTES : content.data().bytes();
        registers.compute(
                lookup.key(),
                content == null ? Register.LARGE_BYTES : content.key().bytes(),
                lookup.destination(),
                Known.of(term, Typing.of(type, bytes)));
    }

    Statement object(ObjectMapReference reference) {
        Question question = ask(reference.map(), reference.key());
        SetContent content = question.content;
        return new Statement.ObjectReference(
                content == null ? 0 : content.objectType(),
                new Term.MapLookup(question.key.term(), question.set));
    }

    Statement update(DynamicSet update, Function<List<Expression>, List<Statement>> state) {
        SetContent content = sets.find(update.set());
        int bytes = content == null ? 0 : content.key().bytes();
        Operands.Key key = operands.key(registers.key(update.key(), bytes), update.key());
        Term element =
                update.timeoutMillis() == 0
                        ? key.term()
                        : new Term.Element(
                                key.term(),
                                Duration.ofMillis(update.timeoutMillis()),
                                null,
                                null,
                                List.of());
        if (content != null && content.isAnonymous()) {
            return new Statement.Meter(
                    update.set(), content.size(), element, state.apply(update.expressions()));
        }
        return new Statement.SetUpdate(
                operation(update.operation()),
                update.set(),
                element,
                data(update.data(), content),
                state.apply(update.expressions()));
    }

    private static Statement.SetUpdate.Operation operation(DynamicSet.Operation operation) {
        return switch (operation) {
            case ADD -> Statement.SetUpdate.Operation.ADD;
            case UPDATE -> Statement.SetUpdate.Operation.UPDATE;
            case DELETE -> Statement.SetUpdate.Operation.DELETE;
        };
    }

    private @Nullable Term data(@Nullable Register first, @Nullable SetContent content) {
        if (first == null) {
            return null;
        }
        Layout layout = content == null ? Layout.NONE : content.data();
        List<Content> parts = registers.key(first, layout.bytes());
        if (parts.size() == 1 && parts.getFirst() instanceof Content.Constant(Slice value)) {
            return layout.term(value);
        }
        return operands.as(parts, first, layout);
    }
}
