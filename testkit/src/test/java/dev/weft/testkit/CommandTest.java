package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CommandTest {
    @Test
    void outputsAndExitCode_areCaptured() {
        Command.Result result = Command.run("sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
    }

    @Test
    void failedCommand_showsItsOutputs() {
        Command.Result result = Command.run("sh", "-c", "echo why >&2; exit 1");
        assertThatThrownBy(result::orFail)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("exited with 1")
                .hasMessageContaining("why");
    }

    @Test
    void input_reachesTheProgram() {
        byte[] input = "line\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        assertThat(Command.of("wc", "-c").stdin(input).run().orFail().stdout().strip())
                .isEqualTo("250000");
    }

    @Test
    void programThatIgnoresItsInput_isNoFailure() {
        assertThat(Command.of("true").stdin(new byte[1 << 20]).run().exit()).isZero();
    }

    @Test
    void programBeyondItsTime_isKilledWithItsChildren() {
        Command endless = Command.of("sh", "-c", "tail -f /dev/null & wait");
        assertThatThrownBy(() -> endless.within(Duration.ofMillis(200)).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not finished within PT0.2S");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void missingProgram_isNamed() {
        assertThatThrownBy(() -> Command.run("no-such-program"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cannot run no-such-program");
        assertThat(Command.isInstalled("no-such-program")).isFalse();
        assertThat(Command.isInstalled("sh")).isTrue();
    }
}
