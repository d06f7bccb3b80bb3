package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.weft.cli.text.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void lab_withoutName_listsEveryLab() {
        assertThat(run("lab", "--lang", "en")).isEqualTo(CommandLine.ExitCode.OK);
        assertThat(out.toString()).contains("bridge", "veth", "router", "macvlan");
    }

    @Test
    void lab_listAsJson_isAnArrayOfNames() {
        assertThat(run("lab", "--json")).isEqualTo(CommandLine.ExitCode.OK);
        JsonArray labs = JsonParser.parseString(out.toString()).getAsJsonArray();
        assertThat(labs)
                .extracting(lab -> lab.getAsJsonObject().get("lab"))
                .extracting(JsonElement::getAsString)
                .containsExactly("bridge", "veth", "router", "macvlan");
    }

    @Test
    void lab_ofUnknownName_isAUsageErrorThatNamesThoseThereAre() {
        assertThat(run("lab", "brigde")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("there is no lab 'brigde'; the labs are: bridge, veth, router, macvlan");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void lab_withUnknownOption_isAUsageError() {
        assertThat(run("lab", "bridge", "--josn")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--josn");
    }

    @Test
    void version_ofASubCommand_isTheProgramsOwn() {
        assertThat(run("lab", "--version")).isEqualTo(CommandLine.ExitCode.OK);
        assertThat(out.toString()).startsWith("weft ");
    }

    @Test
    void list_inChinese_speaksChinese() {
        assertThat(run("lab", "--lang", "zh")).isEqualTo(CommandLine.ExitCode.OK);
        assertThat(out.toString()).contains("网桥上的容器");
    }

    @Test
    void output_fitsEightyColumns() {
        run("lab", "--lang", "en");
        run("lab", "--lang", "zh");
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(Terminal.width(line)).isLessThanOrEqualTo(80));
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
