package dev.weft.cli.cni;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What is to be installed. Whoever built it put two files into one directory, beside `weft.jar`:
/// `weft-shim`, the program, and `weft-oneshot`, the command that it becomes where no agent
/// listens, one word on each line; `{dir}` in a word stands for that directory, which was not known
/// when a distribution was built.
///
/// @param directory where the files are
record Delivery(Path directory) {
    private static final String PROGRAM = "weft-shim";
    private static final String ONE_SHOT = "weft-oneshot";

    /// What came with the program that runs.
    static Delivery ofThisProgram() {
        try {
            Path jar =
                    Path.of(
                            Delivery.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return new Delivery(jar.resolveSibling(""));
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The file to install.
    ///
    /// @throws IOException when the build left something out, with what it wants
    Shim shim() throws IOException {
        byte[] program =
                Files.readAllBytes(
                        require(
                                PROGRAM,
                                "it is compiled with ./weft where there is a C compiler: install"
                                        + " musl-tools (or gcc and libc6-dev), delete target/weft"
                                        + " and repeat this"));
        Path oneShot = require(ONE_SHOT, "this build of Weft is without the agent");
        return Shim.of(program, words(Files.readAllLines(oneShot)));
    }

    private List<String> words(List<String> lines) {
        String here = directory.toAbsolutePath().normalize().toString();
        return lines.stream().map(line -> line.replace("{dir}", here)).toList();
    }

    private Path require(String name, String otherwise) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no " + file + ": " + otherwise);
        }
        return file;
    }
}
