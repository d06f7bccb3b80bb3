package dev.weft.firewall.language;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sets and maps of a table, by name.
record Sets(Map<String, SetContent> byName) {
    Sets {
        byName = Map.copyOf(byName);
    }

    @Nullable SetContent find(String name) {
        return byName.get(name);
    }
}
