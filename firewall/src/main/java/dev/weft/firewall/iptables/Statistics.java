package dev.weft.firewall.iptables;

import dev.weft.linux.IpFamily;
import dev.weft.linux.MalformedMessageException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row of `iptables -L -n -v -x`.
///
/// @param packets unsigned
/// @param bytes unsigned
/// @param target empty for a rule that only counts
/// @param protocol a name; `all` for every protocol; `!` in front when negated
/// @param fragments `--`, `-f` or `!f`
/// @param inInterface `*` for every interface; `!` in front when negated
/// @param outInterface as `inInterface`
/// @param source with its prefix length
/// @param destination with its prefix length
/// @param options the rest, in the words of the program's version
public record Statistics(
        long packets,
        long bytes,
        String target,
        String protocol,
        String fragments,
        String inInterface,
        String outInterface,
        Condition source,
        Condition destination,
        String options) {
    /// The target is missing where a blank follows the one behind the bytes; ip6tables before 1.8
    /// leaves out the option of fragments.
    private static final Pattern ROW =
            Pattern.compile(
                    "\\s*(\\d{1,20})\\s+(\\d{1,20}) (\\S*)\\s+(\\S+)\\s+(?:(--|-f|!f)\\s+)?"
                            + "(\\S+)\\s+(\\S+)\\s+(!?[0-9a-fA-F:.]+(?:/[0-9a-fA-F:.]+)?)\\s+"
                            + "(!?[0-9a-fA-F:.]+(?:/[0-9a-fA-F:.]+)?)(?:\\s+(.*))?");

    /// Reads the listing of one chain.
    ///
    /// @throws MalformedMessageException when a row is none
    static List<Statistics> parse(List<String> lines, IpFamily family) {
        return lines.stream()
                .filter(line -> !line.startsWith("Chain "))
                .filter(line -> !line.stripLeading().startsWith("pkts "))
                .map(line -> parseRow(line, family))
                .toList();
    }

    /// Reads a row.
    ///
    /// @throws MalformedMessageException when it is none
    public static Statistics parseRow(String line, IpFamily family) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            throw new MalformedMessageException("no row of statistics: " + line);
        }
        Counters counters = Counters.parse(row.group(1), row.group(2));
        return new Statistics(
                counters.packets(),
                counters.bytes(),
                row.group(3),
                protocol(row.group(4)),
                row.group(5) == null ? "--" : row.group(5),
                row.group(6),
                row.group(7),
                address(row.group(8), family),
                address(row.group(9), family),
                row.group(10) == null ? "" : row.group(10).strip());
    }

    /// Versions differ: `all` or `0`, `tcp` or `6`.
    private static String protocol(String text) {
        return text.startsWith("!")
                ? "!" + Protocols.name(text.substring(1))
                : Protocols.name(text);
    }

    private static Condition address(String text, IpFamily family) {
        boolean negated = text.startsWith("!");
        String value = negated ? text.substring(1) : text;
        return new Condition(
                value.indexOf('/') < 0 ? value + "/" + family.width() : value, negated);
    }

    /// The ten columns as texts.
    public List<String> columns() {
        return List.of(
                Long.toUnsignedString(packets),
                Long.toUnsignedString(bytes),
                target,
                protocol,
                fragments,
                inInterface,
                outInterface,
                text(source),
                text(destination),
                options);
    }

    private static String text(Condition address) {
        return (address.negated() ? "!" : "") + address.value();
    }
}
