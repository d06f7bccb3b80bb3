package dev.weft.agent;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DaemonPlugin;
import dev.weft.ipam.dhcp.live.LeaseDaemon;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.PluginSet;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A plugin as a process of its own, for where no agent runs: serves the call that this process is,
/// and ends.
///
/// Its time is the JVM's start and what is loaded: so nothing is, that the call does not need.
public final class OneShot {
    private static final String RUN_DIRECTORY = "WEFT_RUN_DIR";
    private static final String STATE_DIRECTORY = "WEFT_STATE_DIR";

    private OneShot() {}

    /// Serves the call in environment and standard input.
    ///
    /// @param arguments the plugin's name; or `--train`, for who keeps what the JVM loads
    public static void main(String[] arguments) throws IOException {
        Reply reply =
                switch (arguments.length == 1 ? arguments[0] : "") {
                    case "" -> wrongUsage();
                    case "--train" -> OneShotTraining.run();
                    default -> serve(arguments[0]);
                };
        write(FileDescriptor.err, reply.errors());
        write(FileDescriptor.out, reply.output());
        // Nothing is left to do, and an orderly end takes another millisecond.
        Runtime.getRuntime().halt(reply.exitCode());
    }

    private static Reply serve(String name) throws IOException {
        Map<String, String> environment = System.getenv();
        NetworkNamespace own = NetworkNamespace.current();
        Site site = site(own, stateDirectory(environment));
        return serve(name, environment, input(environment), site);
    }

    static Site site(NetworkNamespace own, Path stateDirectory) {
        return Site.open(own, stateDirectory, HaltingSteps.around(Steps.NONE));
    }

    static Reply serve(String name, Map<String, String> environment, String input, Site site) {
        PluginCall call = new PluginCall(name, environment, input, site.host(), Optional.empty());
        Plugin plugin =
                new PluginSet(site, new HostLocal(), dhcp(environment)).find(name).orElse(null);
        return plugin == null
                ? PluginSkeleton.failure(
                        new CniException(
                                ErrorCode.INVALID_CONFIGURATION,
                                "Weft has no plugin \"" + name + '"'))
                : new PluginSkeleton(plugin, Release.VERSION).serve(call);
    }

    private static Plugin dhcp(Map<String, String> environment) {
        return new DaemonPlugin(
                runDirectory(environment).resolve(LeaseDaemon.SOCKET), stateDirectory(environment));
    }

    private static Path runDirectory(Map<String, String> environment) {
        return directory(environment, RUN_DIRECTORY).orElse(Path.of("/run/weft"));
    }

    /// The one that is told, or else that of the agent which was here last.
    private static Path stateDirectory(Map<String, String> environment) {
        return directory(environment, STATE_DIRECTORY)
                .or(() -> StateLink.follow(runDirectory(environment)))
                .orElse(Path.of("/var/lib/weft"));
    }

    private static Optional<Path> directory(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    /// What the specification has a plugin read: nothing for VERSION, and without a command there
    /// may be a terminal.
    static String input(Map<String, String> environment) throws IOException {
        String command = environment.getOrDefault("CNI_COMMAND", "");
        if (command.isEmpty() || command.equals("VERSION")) {
            return "";
        }
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            return PluginCall.text(in.readAllBytes());
        }
    }

    private static Reply wrongUsage() {
        return new Reply(2, "", "usage: weft-oneshot PLUGIN, started as a CNI plugin is\n");
    }

    /// Whoever closed the other end does not want it.
    private static void write(FileDescriptor to, String text) {
        if (text.isEmpty()) {
            return;
        }
        try (FileOutputStream out = new FileOutputStream(to)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            Runtime.getRuntime().halt(1);
        }
    }
}
