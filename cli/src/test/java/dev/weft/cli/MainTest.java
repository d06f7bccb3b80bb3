package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_isPrintedOnStandardOutput() {
        assertThat(run("--version")).isEqualTo(CommandLine.ExitCode.OK);
        assertThat(out.toString()).startsWith("weft 0.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void missingCommand_isAUsageErrorOnStandardError() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Usage: weft");
    }

    @Test
    void unknownOption_isNamedInTheError() {
        assertThat(run("--nonsense")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("'--nonsense'");
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
