package dev.weft.cli.cni;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The shim, compiled by `shim/build`.
final class BuiltShim {
    private static final int NO_COMPILER = 69;

    private BuiltShim() {}

    /// Compiles it, or skips the test where there is no compiler.
    ///
    /// @param flags of the compiler
    static byte[] compile(Path directory, String... flags) throws IOException {
        Path out = directory.resolve("weft-shim");
        List<String> argv = new ArrayList<>(List.of("env", "CFLAGS=" + String.join(" ", flags)));
        argv.add(Path.of(System.getenv("WEFT_ROOT"), "shim", "build").toString());
        argv.add(out.toString());
        Command.Result result = Command.run(argv.toArray(String[]::new));
        assumeTrue(result.exit() != NO_COMPILER, "there is no C compiler");
        result.orFail();
        return Files.readAllBytes(out);
    }

    /// Writes a one-shot command that tells how it was called.
    static Path oneShot(Path directory) throws IOException {
        Path script = directory.resolve("one shot");
        Files.writeString(
                script,
                """
                #!/bin/sh
                echo "one-shot: $*"
                cat
                echo "command $CNI_COMMAND" >&2
                exit 7
                """);
        Command.run("chmod", "755", script.toString()).orFail();
        return script;
    }
}
