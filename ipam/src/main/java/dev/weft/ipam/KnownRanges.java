package dev.weft.ipam;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The range sets of configurations that were read before: a network's are the same in every call.
/// May be used by many threads.
final class KnownRanges {
    /// More networks than a machine has.
    private static final int MAX_ENTRIES = 64;

    /// A configuration with more is read anew each time, so little is kept.
    private static final int MAX_RANGES = 16;

    private final Map<Told, List<RangeSet>> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Told, List<RangeSet>> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    /// Everything that tells of ranges.
    private record Told(List<JsonElement> elements) {
        static Told of(Fields ipam, Optional<Fields> runtimeConfig) {
            List<JsonElement> elements = new ArrayList<>();
            for (String key : HostLocalConfiguration.RANGES) {
                elements.add(ipam.element(key).orElse(JsonNull.INSTANCE));
            }
            elements.add(
                    runtimeConfig
                            .flatMap(runtime ->
                                    runtime.element(HostLocalConfiguration.RUNTIME_RANGES))
                            .orElse(JsonNull.INSTANCE));
            return new Told(elements);
        }

        /// One that nobody else can change.
        Told copy() {
            return new Told(elements.stream().map(JsonElement::deepCopy).toList());
        }
    }

    /// The range sets of a configuration.
    ///
    /// @throws CniException when something of them is invalid
    List<RangeSet> of(Fields ipam, Optional<Fields> runtimeConfig) {
        Told told = Told.of(ipam, runtimeConfig);
        synchronized (known) {
            List<RangeSet> sets = known.get(told);
            if (sets != null) {
                return sets;
            }
        }
        List<RangeSet> sets = HostLocalConfiguration.rangeSets(ipam, runtimeConfig);
        if (sets.stream().mapToInt(set -> set.ranges().size()).sum() <= MAX_RANGES) {
            synchronized (known) {
                known.put(told.copy(), sets);
            }
        }
        return sets;
    }
}
