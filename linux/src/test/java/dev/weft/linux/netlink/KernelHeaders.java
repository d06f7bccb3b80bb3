package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The numbers that the kernel's own headers give to enumerators: a second opinion on attribute
/// tables, from the machine's package of headers.
public final class KernelHeaders {
    /// Where Debian's linux-libc-dev puts them.
    private static final Path DIRECTORY = Path.of("/usr/include/linux");

    private static final Pattern ENUM =
            Pattern.compile("enum\\s*\\w*\\s*\\{(.*?)\\}", Pattern.DOTALL);
    private static final Pattern ENUMERATOR =
            Pattern.compile("(\\w+)\\s*(?:=\\s*([^,]*[^,\\s]))?\\s*(?:,|$)");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^\\s*#.*$");

    private KernelHeaders() {}

    /// Compares the numbers of attributes with those of the enumerators that have their names;
    /// skips the test where the package of headers is missing. Newer attributes have none.
    ///
    /// @param least how many must be found
    public static void check(Stream<AttributeTable> tables, int least, String... headers)
            throws IOException {
        assumeThat(DIRECTORY).as("package linux-libc-dev").exists();
        Map<String, Integer> numbers = enumerators(headers);
        List<Attribute<?>> known =
                attributes(tables)
                        .filter(attribute -> numbers.containsKey(attribute.name()))
                        .toList();

        assertThat(known)
                .hasSizeGreaterThanOrEqualTo(least)
                .allSatisfy(attribute ->
                        assertThat(attribute.number())
                                .as(attribute.name())
                                .isEqualTo(numbers.get(attribute.name())));
    }

    private static Map<String, Integer> enumerators(String... headers) throws IOException {
        Map<String, Integer> numbers = new TreeMap<>();
        for (String header : headers) {
            String text = Files.readString(DIRECTORY.resolve(header));
            String code = DIRECTIVE.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
            Matcher block = ENUM.matcher(code);
            while (block.find()) {
                read(block.group(1), numbers);
            }
        }
        return numbers;
    }

    private static void read(String block, Map<String, Integer> numbers) {
        int next = 0;
        Matcher enumerator = ENUMERATOR.matcher(block);
        while (enumerator.find()) {
            String value = enumerator.group(2);
            if (value != null) {
                next =
                        value.matches("0x\\w+|\\d+")
                                ? Long.decode(value).intValue()
                                : numbers.getOrDefault(value, -1);
            }
            if (next < 0) {
                return;
            }
            numbers.put(enumerator.group(1), next);
            next++;
        }
    }

    /// The attributes of tables, and of the tables inside that do not depend on neighbours.
    private static Stream<Attribute<?>> attributes(Stream<AttributeTable> tables) {
        Deque<AttributeTable> open = new ArrayDeque<>(tables.toList());
        Set<AttributeTable> seen = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            AttributeTable table = open.pop();
            if (seen.add(table)) {
                table.all().stream()
                        .flatMap(attribute ->
                                attribute.inside().apply(Attributes.empty(table)).stream())
                        .forEach(open::push);
            }
        }
        return seen.stream().flatMap(table -> table.all().stream());
    }
}
