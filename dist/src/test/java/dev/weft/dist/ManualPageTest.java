package dev.weft.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.dist.ManualPages.Edition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class ManualPageTest {
    private final String page =
            new ManualPage(new CommandLine(knot())).roff(new Edition("1.0", "2026-01-02"));

    private static CommandSpec knot() {
        CommandSpec knot =
                CommandSpec.create()
                        .name("knot")
                        .addOption(
                                OptionSpec.builder("-r", "--rope")
                                        .paramLabel("ROPE")
                                        .type(String.class)
                                        .defaultValue("hemp")
                                        .description(
                                                "what to tie it in; by default ${DEFAULT-VALUE}")
                                        .build())
                        .addOption(OptionSpec.builder("--hidden").hidden(true).build());
        knot.usageMessage()
                .description("Tie a knot.", ".dots and a \\ are text, 100 %% of them.")
                .exitCodeList(Map.of("3", "the rope is too short"));
        return knot;
    }

    @Test
    void head_namesPageEditionAndDay() {
        assertThat(page).startsWith(".TH \"KNOT\" 1 \"2026\\-01\\-02\" \"weft 1.0\"\n");
    }

    @Test
    void name_isWhatIndexesOfPagesRead() {
        assertThat(page).contains(".SH NAME\nknot \\- tie a knot\n");
    }

    @Test
    void option_hasItsNamesValueAndDefault() {
        assertThat(page).contains(".B \\-r, \\-\\-rope ROPE\nwhat to tie it in; by default hemp\n");
    }

    @Test
    void hiddenOption_isAbsent() {
        assertThat(page).doesNotContain("hidden");
    }

    @Test
    void textThatLooksLikeARequest_staysText() {
        assertThat(page).contains("\n\\&.dots and a \\e are text, 100 % of them.\n");
    }

    @Test
    void exitCode_hasItsMeaning() {
        assertThat(page).contains(".SH EXIT STATUS\n.TP\n.B 3\nthe rope is too short\n");
    }
}
