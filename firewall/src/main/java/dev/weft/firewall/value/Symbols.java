package dev.weft.firewall.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names of a type's numbers, as `nft describe` lists them. Of several names of a number the
/// first is written; all can be read.
public final class Symbols {
    static final Symbols NONE = new Symbols();

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final Map<Long, String> names = new LinkedHashMap<>();

    private Symbols() {}

    /// Numbers and names in turn: `0 echo-reply 3 destination-unreachable`.
    static Symbols of(String table) {
        Symbols symbols = new Symbols();
        List<String> words = BLANKS.splitAsStream(table.strip()).toList();
        for (int i = 0; i < words.size(); i += 2) {
            long number = Long.decode(words.get(i));
            String name = words.get(i + 1);
            symbols.numbers.put(name, number);
            symbols.names.putIfAbsent(number, name);
        }
        return symbols;
    }

    Optional<String> name(long number) {
        return Optional.ofNullable(names.get(number));
    }

    /// Every name and its number.
    public Map<String, Long> numbers() {
        return Collections.unmodifiableMap(numbers);
    }
}
