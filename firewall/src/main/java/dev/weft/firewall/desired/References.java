package dev.weft.firewall.desired;

import dev.weft.firewall.Element;
import dev.weft.firewall.Kind;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.SetAttributes;
import dev.weft.firewall.expression.DynamicSet;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.FlowOffload;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.MapLookup;
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.value.Verdict;
import java.util.stream.Stream;

/// What rules and elements name of their table, and so cannot be without.
final class References {
    private References() {}

    static Stream<ObjectName> of(Expression expression) {
        return switch (expression) {
            case Lookup lookup -> Stream.of(ObjectName.set(lookup.set()));
            case MapLookup lookup -> Stream.of(ObjectName.set(lookup.map()));
            case DynamicSet update -> Stream.of(ObjectName.set(update.set()));
            case ObjectMapReference lookup -> Stream.of(ObjectName.set(lookup.map()));
            case ObjectReference reference ->
                    Stream.of(new ObjectName(Kind.OBJECT, reference.type(), reference.object()));
            case FlowOffload offload ->
                    Stream.of(new ObjectName(Kind.FLOWTABLE, 0, offload.flowtable()));
            case Immediate immediate when immediate.data() instanceof Verdict verdict ->
                    of(verdict);
            case Expression _ -> Stream.empty();
        };
    }

    static Stream<ObjectName> of(NftSet set, Element element) {
        Stream<ObjectName> chain =
                element.data().stream()
                        .flatMap(data ->
                                data instanceof Verdict verdict ? of(verdict) : Stream.empty());
        int type = set.attributes().orElse(SetAttributes.OBJECT_TYPE, 0);
        Stream<ObjectName> object =
                element.object().stream().map(name -> new ObjectName(Kind.OBJECT, type, name));
        return Stream.concat(chain, object);
    }

    private static Stream<ObjectName> of(Verdict verdict) {
        return verdict.chain().isEmpty()
                ? Stream.empty()
                : Stream.of(ObjectName.chain(verdict.chain()));
    }
}
