package dev.weft.firewall.language;

import dev.weft.firewall.language.Term.Value;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Literal;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.TimeText;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Terms as `nft` writes them in a ruleset.
final class TermText {
    private final Surroundings around;
    private final StatementText statements;

    TermText(Surroundings around, StatementText statements) {
        this.around = around;
        this.statements = statements;
    }

    String of(Term term) {
        return of(term, null);
    }

    /// A term, with its constants as they are written beside another.
    String of(Term term, @Nullable Term beside) {
        return switch (term) {
            case Field field -> FieldText.of(field, this);
            case Value value -> of(value, beside);
            case Term.Prefix prefix -> of(prefix.address(), beside) + "/" + prefix.bits();
            case Term.Range range -> end(range.from(), beside) + "-" + end(range.to(), beside);
            case Term.Concatenation all -> concatenation(all.parts(), beside);
            case Term.AnonymousSet set ->
                    set.elements().stream()
                            .map(element -> of(element, beside))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            case Term.Mapping mapping ->
                    of(mapping.key(), beside) + " : " + of(mapping.data(), null);
            case Term.Element element -> element(element, beside);
            case Term.AnyKey _ -> "*";
            case Term.SetReference reference -> "@" + reference.name();
            case Term.Name name -> quoted(name.name());
            case Term.MapLookup lookup -> of(lookup.key()) + " map " + of(lookup.map());
            case Term.Binary binary -> binary(binary);
            case Term.Verdict verdict -> verdict.verdict().toString();
            case Term.Unknown unknown -> "[register " + unknown.register() + "]";
        };
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    private String of(Value value, @Nullable Term beside) {
        return value.type() == DataType.INTEGER && Beside.isRaw(beside)
                ? hexadecimal(value)
                : Beside.literal(value, around).text();
    }

    private static String hexadecimal(Value value) {
        return "0x" + new BigInteger(1, value.datum().bytes().bytes()).toString(16);
    }

    /// The right side of a comparison, or what something is set to.
    String of(Term term, @Nullable Term beside, Beside manner) {
        if (term instanceof Value value
                && Beside.literal(value, around) instanceof Literal.Bits bits) {
            return switch (manner) {
                case LISTED -> bits.text(",");
                case NUMBER -> value.type().end(value.datum(), around);
                case NOTHING -> bits.text();
            };
        }
        return of(term, beside);
    }

    private String end(Term term, @Nullable Term beside) {
        return term instanceof Value value && value.type() != DataType.INTEGER
                ? value.type().end(value.datum(), around)
                : of(term, beside);
    }

    private String concatenation(List<Term> parts, @Nullable Term beside) {
        List<String> texts = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            texts.add(of(parts.get(i), Beside.part(beside, i)));
        }
        return String.join(" . ", texts);
    }

    /// The key, and what more is known of it.
    String element(Term.Element element, @Nullable Term beside) {
        String comment = element.comment();
        return FieldText.words(
                of(element.key(), beside),
                element.state().stream().map(statements::of).collect(Collectors.joining(" ")),
                time("timeout ", element.timeout()),
                time("expires ", element.expires()),
                comment == null ? "" : "comment " + quoted(comment));
    }

    private static String time(String word, @Nullable Duration time) {
        return time == null ? "" : word + TimeText.of(time);
    }

    private String binary(Term.Binary binary) {
        return operand(binary, binary.left())
                + " "
                + binary.operation()
                + " "
                + operand(binary, binary.right());
    }

    /// In brackets when it binds less than the operation around it.
    private String operand(Term.Binary outer, Term operand) {
        String text = of(operand, outer.left());
        return binding(operand) > binding(outer.operation()) ? "(" + text + ")" : text;
    }

    private int binding(Term operand) {
        if (operand instanceof Term.Binary inner) {
            return binding(inner.operation());
        }
        boolean bits =
                operand instanceof Value value
                        && Beside.literal(value, around) instanceof Literal.Bits;
        return bits ? binding(Term.Binary.Operation.OR) : 0;
    }

    /// Shifts bind most, then and, exclusive or, or.
    private static int binding(Term.Binary.Operation operation) {
        return switch (operation) {
            case SHIFT_LEFT, SHIFT_RIGHT -> 0;
            case AND -> 1;
            case XOR -> 2;
            case OR -> 3;
        };
    }
}
