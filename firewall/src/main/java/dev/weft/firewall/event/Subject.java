package dev.weft.firewall.event;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Element;
import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Family;
import java.util.List;

/// What an event of the ruleset is about.
public sealed interface Subject {
    Family family();

    /// The name of the table that it is or is in.
    String table();

    /// A table, chain, set, object or flowtable.
    record Named(FirewallObject object) implements Subject {
        @Override
        public Family family() {
            return object.family();
        }

        @Override
        public String table() {
            return switch (object) {
                case Table table -> table.name();
                case Chain chain -> chain.table();
                case NftSet set -> set.table();
                case NftObject named -> named.table();
                case Flowtable flowtable -> flowtable.table();
            };
        }
    }

    /// A rule.
    record OfChain(Rule rule) implements Subject {
        @Override
        public Family family() {
            return rule.family();
        }

        @Override
        public String table() {
            return rule.table();
        }
    }

    /// Elements of a set or map.
    ///
    /// @param set with its name alone
    record OfSet(NftSet set, List<Element> elements) implements Subject {
        public OfSet {
            elements = List.copyOf(elements);
        }

        @Override
        public Family family() {
            return set.family();
        }

        @Override
        public String table() {
            return set.table();
        }
    }
}
