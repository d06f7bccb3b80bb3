package dev.weft.firewall.language;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.weft.firewall.language.Term.Value;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Literal;
import dev.weft.firewall.value.Surroundings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Terms as `nft -j` writes them.
final class TermJson {
    private final Surroundings around;
    private final StatementJson statements;

    TermJson(Surroundings around, StatementJson statements) {
        this.around = around;
        this.statements = statements;
    }

    JsonElement of(Term term) {
        return switch (term) {
            case Field field -> FieldJson.of(field, this);
            case Value value -> of(Beside.literal(value, around));
            case Term.Prefix prefix ->
                    Json.of(
                            "prefix",
                            new Json()
                                    .put("addr", of(prefix.address()))
                                    .put("len", prefix.bits())
                                    .object());
            case Term.Range range ->
                    Json.of("range", Json.array(end(range.from()), end(range.to())));
            case Term.Concatenation all -> Json.of("concat", array(all.parts()));
            case Term.AnonymousSet set -> Json.of("set", array(set.elements()));
            case Term.Mapping mapping -> Json.array(of(mapping.key()), of(mapping.data()));
            case Term.Element element -> element(element);
            case Term.AnyKey _ -> Json.string("*");
            case Term.SetReference reference -> Json.string("@" + reference.name());
            case Term.Name name -> Json.string(name.name());
            case Term.MapLookup lookup ->
                    Json.of(
                            "map",
                            new Json()
                                    .put("key", of(lookup.key()))
                                    .put("data", of(lookup.map()))
                                    .object());
            case Term.Binary binary ->
                    Json.of(
                            binary.operation().toString(),
                            Json.array(of(binary.left()), of(binary.right())));
            case Term.Verdict verdict -> of(verdict.verdict());
            case Term.Unknown _ -> JsonNull.INSTANCE;
        };
    }

    /// Ends of ranges of protocols are numbers.
    private JsonElement end(Term term) {
        return term instanceof Value value && value.type() == DataType.INET_PROTO
                ? Json.number(value.type().number(value.datum()))
                : of(term);
    }

    JsonArray array(List<Term> terms) {
        return Json.array(terms.stream().map(this::of));
    }

    private static JsonElement of(Literal literal) {
        return switch (literal) {
            case Literal.Word word -> Json.string(word.value());
            case Literal.Numeral number -> Json.number(number.value());
            case Literal.Truth truth -> new JsonPrimitive(truth.value());
            case Literal.Bits bits -> ored(bits.parts());
        };
    }

    /// Or-ed two by two, from the left.
    private static JsonElement ored(List<Literal> parts) {
        JsonElement all = of(parts.getFirst());
        for (Literal part : parts.subList(1, parts.size())) {
            all = Json.of("|", Json.array(all, of(part)));
        }
        return all;
    }

    /// The right side of a comparison, or what something is set to.
    JsonElement of(Term term, Beside manner) {
        if (term instanceof Value value
                && Beside.literal(value, around) instanceof Literal.Bits bits) {
            return switch (manner) {
                case LISTED -> Json.array(bits.parts().stream().map(TermJson::of));
                case NUMBER -> Json.number(value.type().number(value.datum()));
                case NOTHING -> of(bits);
            };
        }
        return of(term);
    }

    /// An element is its key alone when there is no more to say. Of several statements, `nft` 1.0.6
    /// has the first only.
    private JsonElement element(Term.Element element) {
        JsonElement key = of(element.key());
        Json content =
                new Json()
                        .put("val", key)
                        .put("timeout", seconds(element.timeout()))
                        .put("expires", seconds(element.expires()))
                        .put("comment", element.comment());
        element.state().stream()
                .limit(1)
                .map(statements::of)
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .flatMap(state -> state.entrySet().stream())
                .forEach(member -> content.put(member.getKey(), member.getValue()));
        JsonObject object = content.object();
        return object.size() == 1 ? key : Json.of("elem", object);
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    static JsonObject of(dev.weft.firewall.value.Verdict verdict) {
        if (verdict.chain().isEmpty()) {
            return Json.word(verdict.toString());
        }
        String keyword = verdict.toString().substring(0, verdict.toString().indexOf(' '));
        return Json.of(keyword, Json.of("target", Json.string(verdict.chain())));
    }
}
