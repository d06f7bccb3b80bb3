package dev.weft.cli.runtime;

import dev.weft.cni.CniException;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkDirectory;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.cni.runtime.ResultCache;
import dev.weft.cni.runtime.RuntimeSettings;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Where everything is that an operation needs.
final class RuntimeOptions {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            defaultValue = "${env:NETCONFPATH:-/etc/cni/net.d}",
            description =
                    "where network configurations are (environment: NETCONFPATH; default:"
                            + " ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path confDirectory;

    @Option(
            names = "--plugin-dir",
            paramLabel = "DIR",
            description =
                    "where plugins are; may be given several times (environment: CNI_PATH; default:"
                            + " /opt/cni/bin and /usr/lib/cni)")
    private List<Path> pluginDirectories = List.of();

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            defaultValue = "/var/lib/cni",
            description = "where attachments are remembered, as libcni does (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path cacheDirectory;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long one call of a plugin may last (${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Option(names = "--json", description = "print JSON, also what went wrong")
    private boolean json;

    boolean json() {
        return json;
    }

    NetworkDirectory networks() {
        return new NetworkDirectory(confDirectory);
    }

    ResultCache cache() {
        return ResultCache.in(cacheDirectory);
    }

    PluginDirectories plugins() {
        if (!pluginDirectories.isEmpty()) {
            return new PluginDirectories(pluginDirectories);
        }
        return PluginDirectories.parse(
                System.getenv().getOrDefault("CNI_PATH", "/opt/cni/bin:/usr/lib/cni"));
    }

    RuntimeSettings settings() {
        if (timeoutSeconds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout is at least 1, not " + timeoutSeconds);
        }
        return RuntimeSettings.of(plugins())
                .withCache(cacheDirectory)
                .withLimit(Duration.ofSeconds(timeoutSeconds));
    }

    /// Runs an operation in the namespace of this process. A failure is told here.
    ///
    /// @return the exit code
    int run(RuntimeSettings settings, Function<CniRuntime, Integer> operation) {
        try (NetworkNamespace host = NetworkNamespace.current()) {
            return operation.apply(
                    new CniRuntime(settings, InstalledPlugins.none(), host, this::warn));
        }
    }

    /// Runs an operation on a network, and says on failure which one it was.
    int on(NetworkList network, Runnable operation) {
        try {
            operation.run();
            return CommandLine.ExitCode.OK;
        } catch (CniException failed) {
            if (json) {
                out().println(JsonText.compact(failed.toJson()));
            } else {
                tell(failed, network);
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void tell(CniException failed, NetworkList network) {
        warn(failed.message());
        warn(
                "network "
                        + network.name()
                        + " is that of "
                        + network.file().map(Path::toString).orElse("the cache")
                        + ", version "
                        + (network.version().isEmpty() ? "0.1.0" : network.version()));
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    void warn(String text) {
        text.lines().forEach(line -> spec.commandLine().getErr().println("weft: " + line));
    }
}
