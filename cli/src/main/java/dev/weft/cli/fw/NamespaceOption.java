package dev.weft.cli.fw;

import dev.weft.linux.namespace.NetworkNamespace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// In which network namespace a command works.
final class NamespaceOption {
    @ArgGroup(exclusive = true)
    private @Nullable Choice choice;

    /// Of which there is one at most.
    static final class Choice {
        @Option(
                names = {"-n", "--netns"},
                paramLabel = "NAME|PATH",
                description = "work in a namespace of `ip netns`, or in the one of a file")
        private @Nullable String name;

        @Option(
                names = "--pid",
                paramLabel = "PID",
                description = "work in the namespace of a process")
        private @Nullable Long pid;
    }

    /// The namespace that was chosen, by default the caller's.
    NetworkNamespace open() {
        if (choice == null) {
            return NetworkNamespace.current();
        }
        if (choice.pid != null) {
            return NetworkNamespace.ofPid(choice.pid);
        }
        String name = choice.name == null ? "" : choice.name;
        return name.contains("/")
                ? NetworkNamespace.ofPath(Path.of(name))
                : NetworkNamespace.named(name);
    }
}
