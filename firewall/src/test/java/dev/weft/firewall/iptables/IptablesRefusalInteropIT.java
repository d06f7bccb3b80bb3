package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.process.ProgramNotFoundException;
import dev.weft.linux.process.ProgramTimedOutException;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the program refuses, and how it is told apart.
@ParameterizedClass
@EnumSource(Flavour.class)
final class IptablesRefusalInteropIT {
    private final Flavour flavour;
    private IptablesSandbox sandbox;
    private Iptables iptables;

    IptablesRefusalInteropIT(Flavour flavour) {
        this.flavour = flavour;
    }

    @BeforeEach
    void open() {
        sandbox = new IptablesSandbox(flavour);
        iptables = sandbox.iptables();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static IptablesException refusal(ThrowingCallable attempt) {
        return catchThrowableOfType(IptablesException.class, attempt);
    }

    private static Problem problem(ThrowingCallable attempt) {
        return refusal(attempt).problem();
    }

    @Test
    void missingRule_isNotExist() {
        IptablesException refused =
                refusal(() -> iptables.delete("filter", "INPUT", "-s", flavour.host()));

        assertThat(refused.isNotExist()).isTrue();
        assertThat(refused.problem()).isEqualTo(Problem.RULE_MISSING);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.table()).hasValue("filter");
        assertThat(refused.chain()).hasValue("INPUT");
        assertThat(refused.command()).contains("-D", "INPUT", flavour.host());
        assertThat(refused.errors()).contains("Bad rule");
        assertThat(refused)
                .hasMessage(
                        "cannot delete a rule of chain INPUT of table filter ("
                                + flavour.variant().program(flavour.family())
                                + "): Bad rule (does a matching rule exist in that chain?).");
    }

    @Test
    void missingChain_isNotExist() {
        assertThat(problem(() -> iptables.list("filter", "GONE"))).isEqualTo(Problem.CHAIN_MISSING);
        assertThat(problem(() -> iptables.append("filter", "GONE", "-j", "DROP")))
                .isEqualTo(Problem.CHAIN_MISSING);
        assertThat(problem(() -> iptables.stats("filter", "GONE")))
                .isEqualTo(Problem.CHAIN_MISSING);
        assertThat(problem(() -> iptables.zero("filter", "GONE"))).isEqualTo(Problem.CHAIN_MISSING);
        assertThat(refusal(() -> iptables.deleteChain("filter", "GONE")).isNotExist()).isTrue();
    }

    @Test
    void missingTable_isNotExist() {
        assertThat(problem(() -> iptables.chains("nowhere"))).isEqualTo(Problem.TABLE_MISSING);
        assertThat(problem(() -> iptables.chainExists("nowhere", "X")))
                .isEqualTo(Problem.TABLE_MISSING);
        assertThat(problem(() -> iptables.exists("nowhere", "X", "-j", "DROP")))
                .isEqualTo(Problem.TABLE_MISSING);
        assertThat(problem(() -> iptables.read("nowhere"))).isEqualTo(Problem.TABLE_MISSING);
        assertThat(refusal(() -> iptables.chains("nowhere")).status()).isEqualTo(3);
    }

    @Test
    void positionBeyondTheEnd_isNotExist() {
        assertThat(refusal(() -> iptables.deleteAt("filter", "INPUT", 9)).isNotExist()).isTrue();
        assertThat(problem(() -> iptables.insert("filter", "INPUT", 9, "-j", "DROP")))
                .isEqualTo(Problem.POSITION_MISSING);
    }

    @Test
    void whatTheProgramDoesNotKnow_isSaid() {
        assertThat(problem(() -> iptables.append("filter", "INPUT", "-m", "nonsense")))
                .isEqualTo(Problem.MATCH_UNKNOWN);
        assertThat(problem(() -> iptables.append("filter", "INPUT", "-j", "NONSENSE")))
                .isEqualTo(Problem.TARGET_UNKNOWN);
        assertThat(problem(() -> iptables.append("filter", "INPUT", "-p", "tcp", "--bogus")))
                .isEqualTo(Problem.BAD_ARGUMENT);
        assertThat(problem(() -> iptables.append("filter", "INPUT", "-s", "1.2.3.4.5")))
                .isEqualTo(Problem.BAD_ARGUMENT);
        assertThat(sandbox.save("filter")).doesNotContain("-A");
    }

    @Test
    void injection_isRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> iptables.append("filter", "INPUT", "-t", "nat", "-j", "DROP"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> iptables.append("filter", "--flush", "-j", "DROP"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() ->
                        iptables.append("filter", "INPUT", "-m", "comment", "--comment", "a\nb"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> iptables.list("filter -F", "INPUT"))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(sandbox.save("filter")).doesNotContain("-A");
    }

    /// The program waits for a lock that the one around it holds. The lock is that of the whole
    /// machine, where it lies in /run; here /run is the test's own.
    @Test
    void lockThatIsHeld_isWaitedForByTheLegacyVariant(@TempDir Path directory) throws IOException {
        Path locked =
                script(
                        directory,
                        "exec flock /run/xtables.lock "
                                + flavour.variant().program(flavour.family())
                                + " \"$@\"");
        Iptables waiting =
                Iptables.open(
                        sandbox.options().withProgram(locked).withLimit(Duration.ofMillis(500)));

        switch (iptables.mode()) {
            case LEGACY ->
                    assertThatThrownBy(() -> waiting.append("filter", "INPUT", "-j", "DROP"))
                            .isInstanceOf(ProgramTimedOutException.class);
            case NF_TABLES -> waiting.append("filter", "INPUT", "-j", "DROP");
        }
        assertThat(iptables.exists("filter", "INPUT", "-j", "DROP"))
                .isEqualTo(iptables.mode() == Mode.NF_TABLES);
    }

    @Test
    void wait_isWithoutLimitOrForSeconds() {
        Iptables waiting = Iptables.open(sandbox.options().withWaitSeconds(7));

        assertThat(refusal(() -> iptables.list("filter", "GONE")).command())
                .contains("--wait", "-t");
        assertThat(refusal(() -> waiting.list("filter", "GONE")).command())
                .contains("--wait=7", "-t");
        assertThatThrownBy(() -> sandbox.options().withWaitSeconds(-1))
                .isInstanceOf(InvalidRequestException.class);
    }

    private static Path script(Path directory, String line) throws IOException {
        Path script =
                Files.createFile(
                        directory.resolve("iptables"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        return Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    }

    @Test
    void program_isLookedForOrAtItsPath(@TempDir Path directory) throws IOException {
        Path path =
                Path.of(
                        Command.run(
                                        "sh",
                                        "-c",
                                        "command -v " + flavour.variant().program(flavour.family()))
                                .orFail()
                                .stdout()
                                .strip());
        assertThat(Iptables.open(sandbox.options().withProgram(path)).chains("filter"))
                .contains("INPUT");
        assertThatThrownBy(() ->
                        Iptables.open(sandbox.options().withProgram(directory.resolve("iptables"))))
                .isInstanceOf(ProgramNotFoundException.class);
    }

    @Test
    void oldVersion_isRefused(@TempDir Path directory) throws IOException {
        Path old = script(directory, "echo iptables v1.4.14");

        assertThatThrownBy(() -> Iptables.open(sandbox.options().withProgram(old)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is v1.4.14 (legacy); the oldest that works is v1.4.20");
    }
}
