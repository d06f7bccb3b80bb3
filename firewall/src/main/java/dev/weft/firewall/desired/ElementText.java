package dev.weft.firewall.desired;

import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Surroundings;
import java.util.List;

/// Elements for a line of a difference.
final class ElementText {
    /// A line is for people; the difference itself has all.
    private static final int MOST = 16;

    private ElementText() {}

    static String of(NftSet set, List<Element> elements, Surroundings around) {
        List<String> all = RulesetText.of(set, elements, around);
        List<String> some = all.subList(0, Math.min(all.size(), MOST));
        return "element "
                + set.family()
                + " "
                + set.table()
                + " "
                + set.name()
                + " { "
                + String.join(", ", some)
                + (all.size() > MOST ? ", ..." : "")
                + " }";
    }
}
