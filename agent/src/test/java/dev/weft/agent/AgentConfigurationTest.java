package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

final class AgentConfigurationTest {
    @Test
    void settings_areTaken() {
        AgentConfiguration settings =
                AgentConfiguration.parse(
                        """
                        {"runDirectory": "/a", "stateDirectory": "/b", "workers": 3, "queue": 0,
                         "operationSeconds": 7, "stopSeconds": 8, "logLevel": "debug",
                         "httpPort": 9100}
                        """);
        assertThat(settings)
                .isEqualTo(
                        new AgentConfiguration(
                                Path.of("/a"),
                                Path.of("/b"),
                                3,
                                0,
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Level.DEBUG,
                                9100));
    }

    @Test
    void settings_areReadAsTheyAreTold() {
        AgentConfiguration settings =
                AgentConfiguration.parse("{\"workers\": 3, \"logLevel\": \"warn\"}")
                        .withRunDirectory(Path.of("/a"));
        assertThat(AgentConfiguration.parse(settings.toJson().toString())).isEqualTo(settings);
    }

    @Test
    void file_thatCannotBeRead_isNamedWithTheReason() {
        assertThatThrownBy(() -> AgentConfiguration.read(Path.of("/nonexistent")))
                .hasMessage("cannot read /nonexistent: there is no such file or directory");
    }

    @Test
    void emptyObject_isTheStandard() {
        assertThat(AgentConfiguration.parse("{}")).isEqualTo(AgentConfiguration.standard());
    }

    @Test
    void everythingWrong_isToldAtOnce() {
        assertThatThrownBy(() ->
                        AgentConfiguration.parse(
                                """
                                {"worker": 3, "queue": 1.5, "runDirectory": "relative",
                                 "logLevel": null}
                                """))
                .isInstanceOf(InvalidConfigurationException.class)
                .message()
                .isEqualTo(
                        """
                        "runDirectory" is "relative", not an absolute path
                        "queue" is 1.5, not a number from 0 to 4096
                        "logLevel" is null, not one of "error", "warn", "info", "debug"
                        "worker" is no setting; did you mean "workers"?\
                        """);
    }

    @Test
    void commandLine_goesBeforeTheFile() {
        AgentCommandLine line = AgentCommandLine.parse("--run-dir", "/a", "--state-dir=/b");
        assertThat(line.configuration().runDirectory()).isEqualTo(Path.of("/a"));
        assertThat(line.configuration().stateDirectory()).isEqualTo(Path.of("/b"));
    }

    @Test
    void unknownArguments_areAllTold() {
        assertThatThrownBy(() -> AgentCommandLine.parse("--foo", "bar", "--config"))
                .message()
                .contains("'--foo'", "'bar'", "--config wants a path");
    }

    @FuzzTest
    void anyText_isAConfigurationOrRefused(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            assertThat(AgentConfiguration.parse(text).workers()).isBetween(1, 256);
        } catch (InvalidConfigurationException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
