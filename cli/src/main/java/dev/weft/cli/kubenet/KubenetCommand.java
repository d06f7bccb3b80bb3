package dev.weft.cli.kubenet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cli.kubenet.Setup.Outcome;
import dev.weft.cli.kubenet.Setup.Performer;
import dev.weft.cni.JsonText;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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

/// `weft kubenet`: makes this machine a node of a cluster whose routes somebody else makes.
@Command(
        name = "kubenet",
        description = {
            "Make this machine a node as kubelet's kubenet did: a bridge for pods, masquerading out"
                    + " of the cluster, and the list of plugins by which any container runtime"
                    + " connects pods.",
            "Give it at every boot and whenever the node's range changes; what is as asked stays"
                    + " untouched. A former range stays as long as pods have addresses of it."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything is as asked",
            "1:it is not, and the message says why; repeating the command is safe",
            "2:the command line is wrong"
        })
public final class KubenetCommand implements Callable<Integer> {
    /// A run takes less than a second.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--pod-cidr",
            paramLabel = "CIDR",
            split = ",",
            description = "the node's range of pods' addresses, at most one of IPv4 and of IPv6")
    private List<String> podCidrs = List.of();

    @Option(
            names = "--non-masquerade-cidr",
            paramLabel = "CIDR",
            split = ",",
            defaultValue = "10.0.0.0/8",
            description =
                    "whither pods speak under their own addresses, by default ${DEFAULT-VALUE};"
                            + " 0.0.0.0/0 or ::/0 for no masquerading. A family of which none is"
                            + " named is not masqueraded")
    private List<String> direct = List.of();

    @Option(
            names = "--hairpin-mode",
            paramLabel = "MODE",
            defaultValue = "promiscuous-bridge",
            description = {
                "how a pod reaches itself through a service: ${COMPLETION-CANDIDATES};"
                        + " by default ${DEFAULT-VALUE}"
            })
    @SuppressWarnings("NullAway.Init") // has a default
    private HairpinMode hairpin;

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            description = "of bridge and pods; by default the smallest of the uplinks")
    private @Nullable Integer mtuBytes;

    @Option(
            names = "--bridge",
            paramLabel = "NAME",
            defaultValue = "cbr0",
            description = "by default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // has a default
    private String bridge;

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            defaultValue = "/etc/cni/net.d",
            description =
                    "where runtimes look for " + PodNetwork.FILE + "; by default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path confDirectory;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "/var/lib/cni/networks",
            description = "where host-local keeps pods' addresses; by default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path dataDirectory;

    @Option(names = "--print", description = "print the list of plugins, and do nothing")
    private boolean print;

    @Option(
            names = "--remove",
            description = "take everything away again; refused while pods are attached")
    private boolean remove;

    @Option(names = "--dry-run", description = "show what would be done, and do nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /// Filled in by the command line.
    public KubenetCommand() {}

    @Override
    public Integer call() throws IOException {
        if (remove == !podCidrs.isEmpty()) {
            throw wrong("give either --pod-cidr or --remove");
        }
        if (print && (remove || dryRun || json)) {
            throw wrong("--print goes with none of --remove, --dry-run and --json");
        }
        ListFile file = new ListFile(confDirectory.toAbsolutePath());
        Performer performer = dryRun ? Performer.NONE : Performer.ALL;
        Optional<Settings> settings = settings();
        try (NetworkNamespace where = NetworkNamespace.current();
                FileLock _ = alone(where);
                Node node = Node.here(where)) {
            if (settings.isEmpty()) {
                print(new Removal(node, bridge, file).run(performer));
                return CommandLine.ExitCode.OK;
            }
            PodLeases leases = new PodLeases(dataDirectory.toAbsolutePath());
            Setup setup = new Setup(node, settings.get(), file, leases);
            if (print) {
                out().print(setup.network().text());
                out().flush();
            } else {
                print(setup.run(performer));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /// Two runs on one node would each miss what the other has just made.
    private static FileLock alone(NetworkNamespace where) throws IOException {
        return FileLock.tryAcquireExisting(where.path(), PATIENCE)
                .orElseThrow(() ->
                        new IOException(
                                "another weft kubenet has been working on this node for "
                                        + PATIENCE.toSeconds()
                                        + " s"));
    }

    /// What is asked for; nothing where all shall be removed.
    private Optional<Settings> settings() {
        try {
            Settings.requireBridgeName(bridge);
            return remove
                    ? Optional.empty()
                    : Optional.of(
                            new Settings(
                                    bridge,
                                    podCidrs.stream()
                                            .map(IpPrefix::parse)
                                            .map(PodRange::new)
                                            .toList(),
                                    direct.stream().map(IpPrefix::parse).toList(),
                                    hairpin,
                                    Optional.ofNullable(mtuBytes)));
        } catch (InvalidRequestException malformed) {
            throw new ParameterException(spec.commandLine(), malformed.getMessage(), malformed);
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private void print(List<String> changes) {
        if (json) {
            out().println(JsonText.indented(object(changes)));
        } else {
            printChanges(changes);
        }
    }

    private void printChanges(List<String> changes) {
        if (changes.isEmpty()) {
            out().println("Everything is as asked.");
        }
        changes.forEach(change -> out().println((dryRun ? "would " : "") + change));
    }

    private void print(Outcome outcome) {
        if (json) {
            JsonObject object = object(outcome.changes());
            object.addProperty("mtu", outcome.mtu().bytes());
            object.addProperty("mtuReason", outcome.mtu().reason());
            object.add("formerRanges", former(outcome));
            object.add("warnings", texts(outcome.warnings()));
            out().println(JsonText.indented(object));
            return;
        }
        printChanges(outcome.changes());
        outcome.former()
                .forEach(range ->
                        out().println(
                                        range.gateway().network()
                                                + " stays for pods that have addresses of it: "
                                                + range.podNames()));
        outcome.warnings()
                .forEach(warning -> spec.commandLine().getErr().println("weft: " + warning));
    }

    private JsonObject object(List<String> changes) {
        JsonObject object = new JsonObject();
        object.addProperty("dryRun", dryRun);
        object.addProperty("bridge", bridge);
        object.add("changes", texts(changes));
        return object;
    }

    private static JsonArray former(Outcome outcome) {
        JsonArray all = new JsonArray();
        for (FormerRange range : outcome.former()) {
            JsonObject object = new JsonObject();
            object.addProperty("cidr", range.gateway().network().toString());
            object.add("pods", texts(range.pods().stream().map(IpPrefix::textOf).toList()));
            all.add(object);
        }
        return all;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray all = new JsonArray();
        texts.forEach(all::add);
        return all;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
