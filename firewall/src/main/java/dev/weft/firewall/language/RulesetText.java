package dev.weft.firewall.language;

import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.value.Surroundings;
import java.util.List;
import java.util.Map;

/// Rulesets in `nft`'s language, as `nft list ruleset` of nftables 1.0.6 prints them: `nft -f`
/// makes the same again.
///
/// Text differs from that of `nft` where its own cannot be read again: no time at all is `0s`, and
/// what iptables made without a counterpart in `nft` is named, not translated.
public final class RulesetText {
    private RulesetText() {}

    /// Tables with everything in them.
    ///
    /// @throws dev.weft.linux.MalformedMessageException when an object or rule is not as the kernel
    ///   makes it
    public static String of(List<TableContent> tables, Surroundings around) {
        StringBuilder text = new StringBuilder();
        tables.forEach(table -> new TableText(table, around, text).write());
        return text.toString();
    }

    /// One rule with its comment. Sets that were written inside it are shown as references,
    /// `@__set0`: a rule alone does not have them.
    public static String of(Rule rule, Surroundings around) {
        return of(rule, Reading.of(rule.family()), around);
    }

    /// One rule with its comment.
    ///
    /// @param beside what has the sets that were written inside it
    public static String of(Rule rule, TableContent beside, Surroundings around) {
        return of(rule, Reading.of(beside), around);
    }

    private static String of(Rule rule, Reading reading, Surroundings around) {
        return TableText.text(rule, reading, new StatementText(rule.family(), around));
    }

    /// Elements of a set or map, each as it stands in a list, sorted.
    public static List<String> of(NftSet set, List<Element> elements, Surroundings around) {
        TableContent beside =
                new TableContent(
                        Table.of(set.family(), set.table()), Map.of(), Map.of(set, elements));
        Reading reading = Reading.of(beside);
        Term like = reading.typeofKey(set).orElse(null);
        StatementText statements = new StatementText(set.family(), around);
        return reading.elements(set).stream()
                .map(element -> statements.terms().of(element, like))
                .toList();
    }
}
