package dev.weft.dist;

import static java.util.stream.Collectors.joining;

import dev.weft.dist.ManualPages.Edition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One command's manual page in the language of man(7), from what the command line knows of it.
///
/// What a page says is what `--help` says; it adds the headings that man(7) asks for and the way to
/// the neighbouring pages.
final class ManualPage {
    /// Wider than any line, so that nothing is broken here: that is left to the reader's terminal.
    private static final int UNBROKEN = 10_000;

    private final CommandLine command;
    private final CommandSpec spec;
    private final StringBuilder out = new StringBuilder();

    ManualPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    /// `weft-fw-list`, say.
    String name() {
        return spec.qualifiedName("-");
    }

    /// The page's source.
    String roff(Edition edition) {
        out.setLength(0);
        out.append(".TH ")
                .append(quoted(name().toUpperCase(Locale.ROOT)))
                .append(" 1 ")
                .append(quoted(edition.date()))
                .append(' ')
                .append(quoted("weft " + edition.version()))
                .append('\n');
        List<String> description = lines(spec.usageMessage().description());
        section("NAME");
        text(name() + " - " + inNameLine(description.getFirst()));
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        description.forEach(this::paragraph);
        positionals();
        options();
        subcommands();
        exitCodes();
        seeAlso();
        return out.toString();
    }

    /// In lower case and without a full stop, as indexes of manual pages have it.
    private static String inNameLine(String sentence) {
        String bare =
                sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
    }

    private void synopsis() {
        int width = spec.usageMessage().width();
        spec.usageMessage().width(UNBROKEN);
        String synopsis = command.getHelp().synopsis(0).strip();
        spec.usageMessage().width(width);
        String words = spec.qualifiedName();
        out.append(".B ").append(escaped(words)).append('\n');
        text(synopsis.substring(words.length()).strip());
    }

    private void positionals() {
        List<PositionalParamSpec> shown =
                spec.positionalParameters().stream()
                        .filter(argument -> !argument.hidden())
                        .toList();
        if (!shown.isEmpty()) {
            section("ARGUMENTS");
            shown.forEach(argument -> entry(argument.paramLabel(), argument.description()));
        }
    }

    private void options() {
        section("OPTIONS");
        spec.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> entry(heading(option), option.description()));
    }

    private static String heading(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private void subcommands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        spec.subcommands()
                .forEach((name, subcommand) ->
                        entry(name, subcommand.getCommandSpec().usageMessage().description()));
    }

    private void exitCodes() {
        if (spec.usageMessage().exitCodeList().isEmpty()) {
            return;
        }
        section("EXIT STATUS");
        spec.usageMessage().exitCodeList().forEach((code, meaning) -> entry(code.strip(), meaning));
    }

    private void seeAlso() {
        CommandSpec parent = spec.parent();
        Stream<String> above =
                parent == null
                        ? Stream.of("weftd(8)")
                        : Stream.of(parent.qualifiedName("-") + "(1)");
        Stream<String> below =
                spec.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(ManualPages::isOurs)
                        .map(subcommand -> subcommand.qualifiedName("-") + "(1)");
        section("SEE ALSO");
        text(Stream.concat(above, below).collect(joining(", ")));
    }

    private void section(String heading) {
        out.append(".SH ").append(heading).append('\n');
    }

    private void paragraph(String words) {
        out.append(".PP\n");
        text(words);
    }

    private void entry(String heading, String... description) {
        out.append(".TP\n.B ").append(escaped(heading)).append('\n');
        text(String.join(" ", lines(description)));
    }

    private void text(String words) {
        out.append(escaped(words)).append('\n');
    }

    /// With variables and colours of picocli resolved; a line of its own may have several.
    private static List<String> lines(String... description) {
        return Arrays.stream(description)
                .map(line -> Ansi.OFF.string(line.replace("%n", "\n").replace("%%", "%")))
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static String quoted(String words) {
        return '"' + escaped(words).replace("\"", "\\(dq") + '"';
    }

    /// A hyphen stays one that can be copied; a control character at the start is text.
    private static String escaped(String words) {
        String text = words.replace("\\", "\\e").replace("-", "\\-");
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }
}
