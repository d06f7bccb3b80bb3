package dev.weft.firewall.desired;

import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Elements for a line of a difference.
final class ElementText {
    /// A line is for people; the difference itself has all.
    private static final int MOST = 16;

    private ElementText() {}

    static String of(NftSet set, List<Element> elements) {
        String some =
                Member.of(set, elements).values().stream()
                        .limit(MOST)
                        .map(member -> of(set, member))
                        .collect(Collectors.joining(", "));
        int more = elements.size() - MOST;
        return "element "
                + set.family()
                + " "
                + set.table()
                + " "
                + set.name()
                + " { "
                + some
                + (more > 0 ? ", ..." : "")
                + " }";
    }

    private static String of(NftSet set, Member member) {
        Element first = member.elements().getFirst();
        String key = first.key().map(start -> of(set.key(), start)).orElse("*");
        String end = end(set, member);
        String data =
                member.value()
                        .data()
                        .map(found ->
                                switch (found) {
                                    case Verdict verdict -> " : " + verdict;
                                    case Datum datum -> " : " + of(set.data(), datum);
                                })
                        .or(() -> member.value().object().map(name -> " : " + name))
                        .orElse("");
        return key + end + data;
    }

    private static String end(NftSet set, Member member) {
        if (member.elements().size() > 1) {
            return "-" + of(set.key(), beforeEnd(member.key().end().bytes()));
        }
        return member.elements()
                .getFirst()
                .keyEnd()
                .map(last -> "-" + of(set.key(), last))
                .orElse("");
    }

    /// The last key of a range whose end is the first behind it.
    private static Datum beforeEnd(byte[] key) {
        for (int i = key.length - 1; i >= 0; i--) {
            key[i]--;
            if (key[i] != -1) {
                break;
            }
        }
        return Datum.of(key);
    }

    private static String of(Optional<List<DataType>> types, Datum datum) {
        return types.map(all -> DataType.text(all, datum, Surroundings.none()))
                .orElseGet(datum::toString);
    }
}
