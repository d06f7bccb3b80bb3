package dev.weft.linux.sys;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// What the kernel's headers say, asked of a C compiler.
///
/// The headers of arm64 are compiled by the machine's own compiler: its structures are laid out as
/// arm64's are, since both have 64-bit longs and pointers, little-endian order and natural
/// alignment, and no header in use has bit fields.
public final class CompiledHeaders {
    /// Beside the kernel's headers; those are what differs between architectures.
    private static final List<String> LIBRARY =
            List.of(
                    "sys/socket.h",
                    "netinet/in.h",
                    "time.h",
                    "fcntl.h",
                    "sched.h",
                    "sys/mount.h",
                    "sys/mman.h",
                    "sys/eventfd.h",
                    "sys/file.h");

    private static final List<String> KERNEL =
            List.of(
                    "asm/socket.h",
                    "asm/poll.h",
                    "linux/errno.h",
                    "linux/filter.h",
                    "linux/icmpv6.h",
                    "linux/if.h",
                    "linux/if_arp.h",
                    "linux/if_ether.h",
                    "linux/if_packet.h",
                    "linux/if_tun.h",
                    "linux/in.h",
                    "linux/in6.h",
                    "linux/netlink.h",
                    "linux/nsfs.h",
                    "linux/rtnetlink.h",
                    "linux/stat.h",
                    "linux/time_types.h",
                    "linux/un.h",
                    "linux/virtio_net.h");

    private static final Path ARM_HEADERS = Path.of("/usr/aarch64-linux-gnu/include");

    private final Architecture architecture;
    private final Path directory;

    /// Skips the test where there is no compiler, or no header of the architecture.
    public CompiledHeaders(Architecture architecture, Path directory) {
        Assumptions.assumeTrue(Command.isInstalled("gcc"), "gcc is not installed");
        if (architecture == Architecture.ARM64) {
            Assumptions.assumeTrue(
                    Files.isDirectory(ARM_HEADERS), "linux-libc-dev-arm64-cross is not installed");
        }
        this.architecture = architecture;
        this.directory = directory;
    }

    /// The values of constant expressions; of macros, those that are defined.
    public Map<String, Long> values(Collection<String> expressions) {
        String program =
                includes()
                        + "int main(void) {\n"
                        + expressions.stream()
                                .map(CompiledHeaders::print)
                                .collect(Collectors.joining())
                        + "  return 0;\n}\n";
        return output(compile(program));
    }

    private String includes() {
        String kernel = KERNEL.stream().map(CompiledHeaders::include).collect(Collectors.joining());
        if (architecture == Architecture.ARM64) {
            return kernel + "#include <stddef.h>\nint printf(const char *, ...);\n";
        }
        return "#define _GNU_SOURCE\n#include <stdio.h>\n#include <stddef.h>\n"
                + LIBRARY.stream().map(CompiledHeaders::include).collect(Collectors.joining())
                + kernel;
    }

    private static String include(String header) {
        return "#include <" + header + ">\n";
    }

    private static String print(String expression) {
        String call =
                "  printf(\"%s = %lld\\n\", \""
                        + expression
                        + "\", (long long)("
                        + expression
                        + "));\n";
        boolean isMacro =
                expression.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
        return isMacro ? "#ifdef " + expression + "\n" + call + "#endif\n" : call;
    }

    private Path compile(String program) {
        try {
            Path source = Files.writeString(directory.resolve("headers.c"), program);
            Path binary = directory.resolve("headers");
            Command.of(compiler(source, binary)).within(Duration.ofSeconds(30)).run().orFail();
            return binary;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private String[] compiler(Path source, Path binary) throws IOException {
        List<String> output = List.of("-o", binary.toString(), source.toString());
        List<String> command =
                switch (architecture) {
                    case X86_64 -> List.of("gcc", "-w");
                    case ARM64 -> {
                        // linux/if.h wants struct sockaddr of the C library, of which there is
                        // none.
                        Path own = Files.createDirectories(directory.resolve("sys"));
                        Files.writeString(
                                own.resolve("socket.h"),
                                "struct sockaddr { unsigned short sa_family; char sa_data[14]; };\n");
                        String builtin =
                                Command.run("gcc", "-print-file-name=include")
                                        .orFail()
                                        .stdout()
                                        .strip();
                        yield List.of(
                                "gcc",
                                "-w",
                                "-nostdinc",
                                "-isystem",
                                ARM_HEADERS.toString(),
                                "-isystem",
                                builtin,
                                "-I" + directory);
                    }
                };
        return Stream.concat(command.stream(), output.stream()).toArray(String[]::new);
    }

    private static Map<String, Long> output(Path binary) {
        Map<String, Long> values = new LinkedHashMap<>();
        Command.run(binary.toString())
                .orFail()
                .stdout()
                .lines()
                .forEach(line -> {
                    int equals = line.lastIndexOf(" = ");
                    values.put(
                            line.substring(0, equals), Long.parseLong(line.substring(equals + 3)));
                });
        return values;
    }
}
