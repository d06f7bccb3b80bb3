package dev.weft.firewall.language;

import static dev.weft.firewall.language.FieldText.words;

import dev.weft.firewall.Chain;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectType;
import dev.weft.firewall.Rule;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.TableFlag;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.TimeText;
import dev.weft.firewall.value.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One table as `nft list table` prints it.
final class TableText {
    /// Where the elements of a set go on: under the first one.
    private static final String NEXT_ELEMENTS = ",\n\t\t\t     ";

    private static final int HARDWARE = 1;
    private static final int COUNTS = 2;
    private static final int CHAIN_IN_HARDWARE = 2;

    private final StringBuilder text;
    private final TableContent content;
    private final Reading reading;
    private final StatementText statements;
    private String between = "";

    TableText(TableContent content, Surroundings around, StringBuilder text) {
        this.content = content;
        this.text = text;
        this.reading = Reading.of(content);
        this.statements = new StatementText(content.table().family(), around);
    }

    /// Writes it all, objects first and chains last.
    void write() {
        Table table = content.table();
        text.append(table).append(" {\n");
        head(table);
        ObjectText objects = new ObjectText(reading, statements);
        content.objects().forEach(object -> write(object, objects));
        content.sets().keySet().stream()
                .filter(set -> !set.flags().contains(SetFlag.ANONYMOUS))
                .forEach(this::write);
        content.flowtables().forEach(this::write);
        content.chains()
                .forEach((chain, rules) -> {
                    if (!chain.isPartOfRule()) {
                        write(chain, rules);
                    }
                });
        text.append("}\n");
    }

    private void head(Table table) {
        List<String> lines = new ArrayList<>();
        if (!table.flags().isEmpty()) {
            lines.add("flags " + joined(table.flags().stream().map(TableFlag::toString).toList()));
        }
        comment(table.comment()).ifPresent(lines::add);
        lines.forEach(line -> text.append('\t').append(line).append('\n'));
        between = table.flags().isEmpty() ? "" : "\n";
    }

    private static String joined(List<String> words) {
        return String.join(",", words);
    }

    private static Optional<String> comment(Optional<String> note) {
        return note.map(words -> "comment " + TermText.quoted(words));
    }

    private void open(String title) {
        text.append(between).append('\t').append(title).append(" {\n");
        between = "\n";
    }

    private void line(String line) {
        text.append("\t\t").append(line).append('\n');
    }

    private void close() {
        text.append("\t}\n");
    }

    private void write(NftObject object, ObjectText objects) {
        open(object.type().map(ObjectType::toString).orElse("object") + " " + object.name());
        comment(object.comment()).ifPresent(this::line);
        objects.lines(object).forEach(this::line);
        close();
    }

    private void write(NftSet set) {
        open(SetWords.kind(set) + " " + set.name());
        line(type(set));
        if (set.isSmall()) {
            line("policy memory");
        }
        SetWords.size(set).ifPresent(size -> line("size " + size));
        flags(set);
        if (!set.expressions().isEmpty()) {
            line(statements.withoutState(reading.statements(set.expressions())));
        }
        if (set.mergesIntervals()) {
            line("auto-merge");
        }
        set.timeout().filter(time -> !time.isZero()).ifPresent(time -> line(time("timeout", time)));
        set.sweepInterval()
                .filter(time -> !time.isZero())
                .ifPresent(time -> line(time("gc-interval", time)));
        comment(set.comment()).ifPresent(this::line);
        elements(set);
        close();
    }

    private static String time(String word, Duration time) {
        return word + " " + TimeText.of(time);
    }

    private String type(NftSet set) {
        Optional<Term> key = reading.typeofKey(set);
        String start =
                key.map(term -> "typeof " + statements.terms().of(term))
                        .orElseGet(() -> "type " + String.join(" . ", SetWords.key(set)));
        return SetWords.isMap(set) ? start + " : " + data(set, key.isPresent()) : start;
    }

    private String data(NftSet set, boolean typeof) {
        Optional<Term> data = typeof ? reading.typeofData(set) : Optional.empty();
        String type =
                data.map(term -> statements.terms().of(term)).orElseGet(() -> SetWords.data(set));
        return set.hasDataIntervals() ? "interval " + type : type;
    }

    /// That elements expire goes without saying when it is said when.
    private void flags(NftSet set) {
        List<SetFlag> flags = SetWords.flags(set).toList();
        boolean said = set.timeout().filter(time -> !time.isZero()).isPresent();
        if (!flags.isEmpty() && !(said && flags.equals(List.of(SetFlag.TIMEOUT)))) {
            line("flags " + joined(flags.stream().map(SetFlag::toString).toList()));
        }
    }

    private void elements(NftSet set) {
        List<Term> elements = reading.elements(set);
        if (elements.isEmpty()) {
            return;
        }
        Term like = reading.typeofKey(set).orElse(null);
        int perLine = SetWords.elementsPerLine(set);
        text.append("\t\telements = { ");
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                text.append(i % perLine == 0 ? NEXT_ELEMENTS : ", ");
            }
            text.append(statements.terms().of(elements.get(i), like));
        }
        text.append(" }\n");
    }

    private void write(Flowtable flowtable) {
        open("flowtable " + flowtable.name());
        line(
                "hook ingress priority "
                        + PriorityWords.of(
                                Family.NETDEV, Hook.INGRESS, flowtable.priority().orElse(0)));
        if (!flowtable.devices().isEmpty()) {
            line(devices(flowtable.devices()));
        }
        if ((flowtable.flags() & HARDWARE) != 0) {
            line("flags offload");
        }
        if ((flowtable.flags() & COUNTS) != 0) {
            line("counter");
        }
        close();
    }

    /// Whatever order they were given in.
    private static String devices(List<String> devices) {
        return devices.stream().sorted().collect(Collectors.joining(", ", "devices = { ", " }"));
    }

    private void write(Chain chain, List<Rule> rules) {
        open("chain " + chain.name());
        comment(chain.comment()).ifPresent(this::line);
        chain.hook().ifPresent(hook -> line(attachment(chain, hook)));
        rules.forEach(rule -> line(text(rule, reading, statements)));
        close();
    }

    private static String attachment(Chain chain, Hook hook) {
        int priority = chain.priority().orElse(0);
        return words(
                "type",
                chain.type(),
                "hook",
                hook.toString(),
                device(chain.devices()),
                "priority",
                PriorityWords.of(chain.family(), hook, priority) + ";",
                "policy",
                chain.policy().orElse(Verdict.ACCEPT) + ";",
                (chain.flags() & CHAIN_IN_HARDWARE) == 0 ? "" : "flags offload;");
    }

    private static String device(List<String> devices) {
        return switch (devices.size()) {
            case 0 -> "";
            case 1 -> "device " + TermText.quoted(devices.getFirst());
            default -> devices(devices);
        };
    }

    static String text(Rule rule, Reading reading, StatementText statements) {
        return words(
                reading.statements(rule).stream()
                        .map(statements::of)
                        .collect(Collectors.joining(" ")),
                comment(rule.comment()).orElse(""));
    }
}
