package dev.weft.cli.cni;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cli.cni.Change.Step;
import dev.weft.cli.text.TextTable;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `weft install-cni`: makes runtimes use Weft's plugins, or no longer.
@Command(
        name = "install-cni",
        description = {
            "Put Weft's CNI plugins where container runtimes execute them.",
            "What had their names is kept in BIN-DIR/.weft-replaced, and --uninstall puts it back."
                    + " Running containers keep their networks."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything is as asked",
            "1:it is not, and the message says why; repeating the command is safe",
            "2:the command line is wrong"
        })
public final class InstallCniCommand implements Callable<Integer> {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--bin-dir",
            paramLabel = "DIR",
            defaultValue = "/opt/cni/bin",
            description = "where runtimes look for plugins; by default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path binDirectory;

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            description =
                    "also write a first network, "
                            + FirstNetwork.FILE
                            + ", to this directory (runtimes read /etc/cni/net.d), unless it has"
                            + " one already")
    private @Nullable Path confDirectory;

    @Option(
            names = "--subnet",
            paramLabel = "PREFIX",
            description = "of the first network; by default " + FirstNetwork.DEFAULT_SUBNET)
    private @Nullable String subnet;

    @Option(names = "--force", description = "write the first network beside others")
    private boolean force;

    @Option(
            names = "--uninstall",
            description =
                    "take Weft's plugins away and put back what was there; of --conf-dir, take the"
                            + " first network, unless it was edited")
    private boolean uninstall;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "where weft-shim and weft-oneshot are; by default beside the program")
    private @Nullable Path from;

    @Option(names = "--dry-run", description = "show what would be done, and do nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /// Filled in by the command line.
    public InstallCniCommand() {}

    @Override
    public Integer call() throws IOException {
        boolean networkOptions = force || subnet != null;
        if (networkOptions && (confDirectory == null || uninstall)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--subnet and --force are of the network that --conf-dir writes");
        }
        PluginDirectory plugins = new PluginDirectory(binDirectory.toAbsolutePath());
        try {
            if (uninstall) {
                remove(plugins);
            } else {
                install(plugins);
            }
        } catch (FileSystemException refused) {
            throw explained(refused);
        } catch (KernelException refused) {
            if (refused.is(Errno.EACCES)) {
                throw new IOException(refused.getMessage() + "; run this as root", refused);
            }
            throw refused;
        }
        return CommandLine.ExitCode.OK;
    }

    /// A runtime that sees the network finds its plugins: they come first, and go last.
    private void install(PluginDirectory plugins) throws IOException {
        Shim shim = (from == null ? Delivery.ofThisProgram() : new Delivery(from)).shim();
        FirstNetwork first = network();
        Optional<Step> network =
                confDirectory == null
                        ? Optional.empty()
                        : Optional.of(first.planInstallation(confDirectory, force));
        List<Step> plan = plugins.planInstallation(shim);
        if (!dryRun) {
            plugins.install(shim, plan);
            if (confDirectory != null && network.isPresent()) {
                first.install(confDirectory, network.get());
            }
        }
        print(plan, network);
    }

    private FirstNetwork network() {
        try {
            return new FirstNetwork(
                    IpPrefix.parse(subnet == null ? FirstNetwork.DEFAULT_SUBNET : subnet));
        } catch (InvalidRequestException malformed) {
            throw new ParameterException(spec.commandLine(), malformed.getMessage(), malformed);
        }
    }

    private void remove(PluginDirectory plugins) throws IOException {
        Optional<Step> network =
                confDirectory == null ? Optional.empty() : FirstNetwork.planRemoval(confDirectory);
        List<Step> plan = plugins.planRemoval();
        if (!dryRun) {
            if (confDirectory != null && network.isPresent()) {
                FirstNetwork.remove(confDirectory, network.get());
            }
            plugins.remove(plan);
        }
        print(plan, network);
    }

    private void print(List<Step> plugins, Optional<Step> network) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.toJson(object(plugins, network)));
            return;
        }
        TextTable table = new TextTable(dryRun ? "WOULD" : "DONE", "FILE");
        plugins.forEach(step ->
                table.row(step.change().text(), binDirectory.resolve(step.name()).toString()));
        network.ifPresent(step ->
                table.row(step.change().text(), String.valueOf(confDirectory) + "/" + step.name()));
        if (table.isEmpty()) {
            out.println("There is nothing of Weft.");
        } else {
            table.lines().forEach(out::println);
        }
    }

    private JsonObject object(List<Step> plugins, Optional<Step> network) {
        JsonObject object = new JsonObject();
        object.addProperty("dryRun", dryRun);
        object.addProperty("binDir", binDirectory.toString());
        JsonArray all = new JsonArray();
        plugins.forEach(step -> all.add(object(step)));
        object.add("plugins", all);
        network.ifPresent(step -> {
            object.addProperty("confDir", String.valueOf(confDirectory));
            object.add("network", object(step));
        });
        return object;
    }

    private static JsonObject object(Step step) {
        JsonObject object = new JsonObject();
        object.addProperty("name", step.name());
        object.addProperty("change", step.change().word());
        return object;
    }

    /// The JDK's message is often the file's name alone.
    private static IOException explained(FileSystemException refused) {
        String reason =
                refused instanceof AccessDeniedException
                        ? "permission denied; run this as root"
                        : Optional.ofNullable(refused.getReason())
                                .orElse(refused.getClass().getSimpleName());
        return new IOException("cannot change " + refused.getFile() + ": " + reason, refused);
    }
}
