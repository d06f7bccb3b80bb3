package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateLinkTest {
    @TempDir private Path run;

    @Test
    void link_leadsToTheLastAgentsDirectory() throws IOException {
        assertThat(StateLink.follow(run)).isEmpty();
        StateLink.publish(run, run.resolve("first"));
        assertThat(StateLink.follow(run)).contains(run.resolve("first"));
        StateLink.publish(run, run.resolve("second"));
        assertThat(StateLink.follow(run)).contains(run.resolve("second"));
        assertThat(run).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatAKilledAgentLeft_isNoObstacle() throws IOException {
        Files.createSymbolicLink(run.resolve("state.new"), run.resolve("elsewhere"));
        StateLink.publish(run, run.resolve("kept"));
        assertThat(StateLink.follow(run)).contains(run.resolve("kept"));
    }

    @Test
    void stateDirectoryThere_isItself() throws IOException {
        Path state = Files.createDirectory(run.resolve("state"));
        StateLink.publish(run, state);
        assertThat(StateLink.follow(run)).contains(state);
    }

    @Test
    void runDirectoryThatOthersWrite_isNotBelieved() throws IOException {
        StateLink.publish(run, run.resolve("kept"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThat(StateLink.follow(run)).isEmpty();
    }

    @Test
    void whatIsNoLink_isNotFollowed() throws IOException {
        Files.writeString(run.resolve("state"), "/var/lib/weft");
        assertThat(StateLink.follow(run)).isEmpty();
        assertThat(StateLink.follow(run.resolve("absent"))).isEmpty();
    }
}
