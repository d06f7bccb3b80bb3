package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.agent.AgentCommandLine.Action;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentCommandLineTest {
    @Test
    void nothing_isToServeWithWhatIsStandard() {
        AgentCommandLine asked = AgentCommandLine.parse();
        assertThat(asked.action()).isEqualTo(Action.SERVE);
        assertThat(asked.configuration()).isEqualTo(AgentConfiguration.standard());
    }

    @ParameterizedTest
    @CsvSource({"--run-dir, /a", "--run-dir=/a, ''"})
    void directory_isTheNextWordOrBehindTheSign(String option, String next) {
        AgentCommandLine asked =
                next.isEmpty()
                        ? AgentCommandLine.parse(option, "--state-dir=/b")
                        : AgentCommandLine.parse(option, next, "--state-dir", "/b");
        assertThat(asked.configuration().runDirectory()).isEqualTo(Path.of("/a"));
        assertThat(asked.configuration().stateDirectory()).isEqualTo(Path.of("/b"));
    }

    @ParameterizedTest
    @CsvSource({"--check, CHECK", "-h, HELP", "--help, HELP", "-V, VERSION", "--train, TRAIN"})
    void flag_isTheAction(String flag, Action action) {
        assertThat(AgentCommandLine.parse(flag).action()).isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--run-dir", "--state-dir=", "--config="})
    void optionWithoutPath_isRefused(String option) {
        assertThatThrownBy(() -> AgentCommandLine.parse(option))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageEndingWith("wants a path after it");
        assertThatThrownBy(() -> AgentCommandLine.parse("--run-dir", ""))
                .hasMessage("--run-dir wants a path after it");
    }

    @Test
    void everythingThatIsWrong_isToldAtOnce() {
        assertThatThrownBy(() -> AgentCommandLine.parse("serve", "--check=yes", "-x", "--config"))
                .hasMessage(
                        """
                        unknown argument 'serve', see --help
                        unknown argument '--check=yes', see --help
                        unknown argument '-x', see --help
                        --config wants a path after it\
                        """);
    }
}
