package dev.weft.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A Debian of the smallest kind, without Java: the tree of `testkit/debian/tree` under a layer in
/// memory that takes what is written. It is mounted in the namespace of the test alone.
final class CleanDebian implements AutoCloseable {
    static final Path CHECKOUT = Path.of(System.getenv("WEFT_ROOT"));

    /// Where programs start on a machine that has all else to do as well.
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path layers;

    private CleanDebian(Path layers) {
        this.layers = layers;
    }

    /// Mounts one, or skips the test where there is none.
    ///
    /// @param layers an empty directory
    static CleanDebian mount(Path layers) throws IOException {
        Command.Result tree =
                Command.of(CHECKOUT.resolve("testkit/debian/tree").toString(), cache().toString())
                        .within(LIMIT)
                        .run();
        assumeTrue(tree.exit() == 0, "no clean Debian (./check makes one): " + tree.stderr());
        run("mount", "-t", "tmpfs", "weft-test", layers.toString());
        CleanDebian debian = new CleanDebian(layers);
        for (String directory : List.of("upper", "work", "root")) {
            Files.createDirectory(layers.resolve(directory));
        }
        String options =
                String.join(
                        ",",
                        "lowerdir=" + tree.stdout().strip(),
                        "upperdir=" + layers.resolve("upper"),
                        "workdir=" + layers.resolve("work"));
        run("mount", "-t", "overlay", "-o", options, "overlay", debian.root().toString());
        run("mount", "-t", "proc", "proc", debian.root().resolve("proc").toString());
        run("mount", "-t", "tmpfs", "weft-test", debian.root().resolve("run").toString());
        Files.createDirectory(debian.root().resolve("run/netns"));
        return debian;
    }

    private static Path cache() {
        String cache = System.getenv().getOrDefault("WEFT_CACHE", ".cache");
        return CHECKOUT.resolve(cache).resolve("debian");
    }

    private static void run(String... argv) {
        Command.run(argv).orFail();
    }

    Path root() {
        return layers.resolve("root");
    }

    /// Runs a line of the shell in the tree, with nothing of this process's environment.
    Command.Result shell(String line) {
        return Command.of(argv("bash", "-c", line)).within(LIMIT).run();
    }

    /// What starts a program in the tree.
    String[] argv(String... program) {
        return Stream.concat(
                        Stream.of(
                                "chroot",
                                root().toString(),
                                "env",
                                "-i",
                                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                "DEBIAN_FRONTEND=noninteractive"),
                        Stream.of(program))
                .toArray(String[]::new);
    }

    /// Every file, what it is and what it links to; but for the package database and logs.
    List<String> files() {
        return shell(
                        "find / -xdev \\( -path /proc -o -path /run -o -path /var/log -o -path"
                                + " /var/lib/dpkg -o -path /tmp \\) -prune -o -printf"
                                + " '%y %m %p %l\\n' | sort")
                .orFail()
                .stdout()
                .lines()
                .toList();
    }

    @Override
    public void close() {
        run("umount", "--recursive", "--lazy", layers.toString());
    }
}
