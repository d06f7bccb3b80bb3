package dev.weft.firewall;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.DatumText;
import dev.weft.firewall.value.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A table in `nft`'s words.
final class TableText {
    private static final String INDENT = "\t";

    private TableText() {}

    /// As `nft list table` prints it.
    static String of(TableContent content) {
        StringBuilder text = new StringBuilder(content.table().toString()).append(" {\n");
        content.table().comment().ifPresent(note -> line(text, 1, "comment \"" + note + '"'));
        String between = "";
        for (Map.Entry<NftSet, List<Element>> set : content.sets().entrySet()) {
            text.append(between);
            print(text, set.getKey(), set.getValue());
            between = "\n";
        }
        for (Map.Entry<Chain, List<Rule>> chain : content.chains().entrySet()) {
            text.append(between);
            print(text, chain.getKey(), chain.getValue());
            between = "\n";
        }
        return text.append("}\n").toString();
    }

    private static void line(StringBuilder text, int depth, String line) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }

    private static void print(StringBuilder text, Chain chain, List<Rule> rules) {
        line(text, 1, "chain " + chain.name() + " {");
        chain.comment().ifPresent(note -> line(text, 2, "comment \"" + note + '"'));
        chain.hook().ifPresent(hook -> line(text, 2, attachment(chain, hook)));
        rules.forEach(rule -> line(text, 2, rule.text()));
        line(text, 1, "}");
    }

    private static String attachment(Chain chain, Hook hook) {
        return "type "
                + chain.attributes().orElse(ChainAttributes.TYPE, "")
                + " hook "
                + hook
                + " priority "
                + Priority.print(chain.priority().orElse(0))
                + "; policy "
                + chain.policy().orElse(Verdict.ACCEPT)
                + ";";
    }

    private static void print(StringBuilder text, NftSet set, List<Element> elements) {
        line(text, 1, (set.isMap() ? "map " : "set ") + set.name() + " {");
        line(text, 2, "type " + types(set));
        set.size().ifPresent(size -> line(text, 2, "size " + size));
        String flags =
                set.flags().stream()
                        .map(SetFlag::toString)
                        .filter(keyword -> !keyword.isEmpty())
                        .collect(Collectors.joining(","));
        if (!flags.isEmpty()) {
            line(text, 2, "flags " + flags);
        }
        set.comment().ifPresent(note -> line(text, 2, "comment \"" + note + '"'));
        if (!elements.isEmpty()) {
            line(
                    text,
                    2,
                    elements.stream()
                            .map(element -> print(set, element))
                            .collect(Collectors.joining(", ", "elements = { ", " }")));
        }
        line(text, 1, "}");
    }

    private static String types(NftSet set) {
        String key = types(set.key());
        if (!set.isMap()) {
            return key;
        }
        return key + " : " + (set.hasVerdicts() ? "verdict" : types(set.data()));
    }

    private static String types(Optional<List<DataType>> types) {
        return types.map(all ->
                        all.stream().map(DataType::toString).collect(Collectors.joining(" . ")))
                .orElse("unknown");
    }

    private static String print(NftSet set, Element element) {
        String key = element.key().map(datum -> print(set.key(), datum)).orElse("*");
        String note = element.comment().map(text -> " comment \"" + text + '"').orElse("");
        String data =
                element.data()
                        .map(found ->
                                switch (found) {
                                    case Verdict verdict -> " : " + verdict;
                                    case Datum datum -> " : " + print(set.data(), datum);
                                })
                        .orElse("");
        return key + note + data;
    }

    private static String print(Optional<List<DataType>> types, Datum datum) {
        return types.map(all -> DatumText.of(all, datum)).orElseGet(datum::toString);
    }
}
