package dev.weft.cli.lab;

import dev.weft.cli.lab.LabRun.Outcome;
import dev.weft.cli.lab.LabRun.Report;
import dev.weft.cli.lab.Situation.Observation;
import dev.weft.cli.text.Paragraph;
import dev.weft.cli.text.Terminal;
import dev.weft.cli.text.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/// A lab's run for a person, told as it happens.
final class LabText implements LabRun.Audience {
    private final Lab lab;
    private final Texts texts;
    private final PrintWriter out;
    private final Ansi ansi;
    private final Runnable pause;

    /// Tells a lab's run.
    ///
    /// @param pause called where the reader may want time
    LabText(Lab lab, Texts texts, PrintWriter out, Ansi ansi, Runnable pause) {
        this.lab = lab;
        this.texts = texts;
        this.out = out;
        this.ansi = ansi;
        this.pause = pause;
    }

    /// The labs there are.
    static void list(List<Lab> labs, Texts texts, PrintWriter out) {
        int nameWidth = labs.stream().mapToInt(lab -> lab.name().length()).max().orElse(0);
        for (Lab lab : labs) {
            out.println(
                    Terminal.padded(lab.name(), nameWidth)
                            + "  "
                            + texts.of("lab." + lab.name() + ".title"));
            print(out, nameWidth + 2, texts.of("lab." + lab.name() + ".about"));
        }
        out.println();
        out.println(texts.of("list.hint"));
    }

    @Override
    public void planned(Lab planned) {
        out.println(bold(texts.of("lab." + lab.name() + ".title")));
        print(out, 0, texts.of("lab." + lab.name() + ".about"));
        heading(texts.of("section.plan"));
        commands(lab.plan());
        pause.run();
    }

    @Override
    public void built(Network network) {
        heading(texts.of("section.state"));
        new StateTables(texts, network).all().forEach(this::table);
        pause.run();
    }

    @Override
    public void trying(int number, Situation situation) {
        String name = texts.of(key(situation) + ".name");
        heading(texts.of("section.situation", number, lab.situations().size(), name));
        print(out, 2, texts.of("label.expected") + ": " + texts.of(key(situation) + ".expected"));
        if (!situation.before().isEmpty()) {
            out.println("  " + texts.of("section.before"));
            commands(situation.before());
        }
    }

    @Override
    public void prepared(Situation situation, Network network) {
        if (!situation.before().isEmpty()) {
            new StateTables(texts, network).rules().forEach(this::table);
        }
    }

    @Override
    public void tried(Outcome outcome) {
        Observation observation = outcome.observation();
        observation.trails().stream()
                .filter(trail -> trail.flow().isLandmark())
                .forEach(this::trail);
        long others =
                observation.trails().stream().filter(trail -> !trail.flow().isLandmark()).count();
        if (others > 0) {
            out.println("  " + texts.of("label.more-packets", others));
        }
        print(out, 2, texts.of("label.observed") + ": " + texts.observed(observation.observed()));
        out.println("  " + verdict(observation));
        pause.run();
    }

    /// The last line: how many situations went as expected.
    void finished(Report report) {
        int all = report.outcomes().size();
        out.println();
        out.println(
                report.isOk()
                        ? good(texts.of("result.ok", lab.name(), all))
                        : bad(texts.of("result.failed", lab.name(), report.failures(), all)));
    }

    /// How to enter the namespaces while they stand. The namespace stands before its command, not
    /// in a comment behind it, which not every shell takes as one.
    static void enter(Network network, Texts texts, PrintWriter out) {
        int width = network.nodes().stream().mapToInt(node -> node.name().length()).max().orElse(0);
        out.println();
        out.println(texts.of("keep.left"));
        network.nodes()
                .forEach(node ->
                        out.println(
                                "  "
                                        + Terminal.padded(node.name(), width)
                                        + "  "
                                        + node.enterCommand()));
        out.println(texts.of("keep.end", Long.toString(ProcessHandle.current().pid())));
    }

    private String key(Situation situation) {
        return "lab." + lab.name() + "." + situation.key();
    }

    private String verdict(Observation observation) {
        return observation.asExpected()
                ? good(texts.of("label.as-expected"))
                : bad(texts.of("label.not-as-expected"));
    }

    private void heading(String text) {
        out.println();
        out.println(bold("== " + text));
    }

    private void commands(List<Operation> operations) {
        operations.stream()
                .flatMap(operation -> operation.command().lines())
                .forEach(line -> out.println("    " + line));
    }

    private void table(StateTables.Titled titled) {
        out.println("  " + titled.title());
        titled.table().lines().forEach(line -> out.println("    " + line));
    }

    private void trail(Trail trail) {
        out.println("  " + bold(trail.flow().protocol() + " " + trail.flow().summary()));
        TextTable table =
                new TextTable(
                        texts.of("column.namespace"),
                        texts.of("column.device"),
                        texts.of("column.direction"),
                        texts.of("column.source"),
                        "",
                        texts.of("column.destination"));
        trail.hops().forEach(hop -> row(table, hop));
        List<String> lines = table.lines();
        out.println("    " + lines.getFirst());
        for (int i = 0; i < trail.hops().size(); i++) {
            out.println("    " + lines.get(i + 1));
            changes(trail.hops().get(i));
        }
    }

    private static void row(TextTable table, Trail.Hop hop) {
        table.row(
                hop.node(),
                hop.device(),
                hop.direction().name().toLowerCase(Locale.ROOT),
                hop.source(),
                "->",
                hop.destination());
    }

    private void changes(Trail.Hop hop) {
        if (!hop.changes().isEmpty()) {
            String text =
                    hop.changes().stream().map(texts::change).collect(Collectors.joining(", "));
            new Paragraph(text)
                    .lines(Terminal.COLUMNS - 8)
                    .forEach(line -> out.println("        " + faint(line)));
        }
    }

    private static void print(PrintWriter out, int indent, String text) {
        new Paragraph(text)
                .lines(Terminal.COLUMNS - indent)
                .forEach(line -> out.println(" ".repeat(indent) + line));
    }

    private String bold(String text) {
        return Terminal.styled(ansi, Ansi.Style.bold, text);
    }

    private String faint(String text) {
        return Terminal.styled(ansi, Ansi.Style.fg_cyan, text);
    }

    private String good(String text) {
        return Terminal.styled(ansi, Ansi.Style.fg_green, text);
    }

    private String bad(String text) {
        return Terminal.styled(ansi, Ansi.Style.fg_red, text);
    }
}
