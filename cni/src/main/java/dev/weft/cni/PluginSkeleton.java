package dev.weft.cni;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.FileIdentity;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What every plugin does around its own work: reads the environment and the configuration, tests
/// versions, and prints the result or the error.
///
/// Two things differ from the reference implementation: that the container's namespace is not the
/// plugin's own is tested before the work, not after it, and every plugin serves GC and STATUS.
public final class PluginSkeleton {
    private static final String OVERRIDE = "CNI_NETNS_OVERRIDE";

    private final Plugin plugin;
    private final String release;

    /// The skeleton of a plugin.
    ///
    /// @param release Weft's version, for whoever starts a plugin by hand
    public PluginSkeleton(Plugin plugin, String release) {
        this.plugin = plugin;
        this.release = release;
    }

    /// Serves a call. Never throws but for bugs of the JVM's kind.
    public Reply serve(PluginCall call) {
        Diagnostics diagnostics = new Diagnostics();
        try {
            return new Reply(0, answer(call, diagnostics), diagnostics.text());
        } catch (CniException | LinuxException | UncheckedIOException failed) {
            return failure(CniException.of(failed), diagnostics);
        } catch (RuntimeException bug) {
            CniException error =
                    new CniException(
                            ErrorCode.INTERNAL,
                            plugin.type() + " failed unexpectedly: " + bug,
                            Stream.of(bug.getStackTrace())
                                    .limit(8)
                                    .map(StackTraceElement::toString)
                                    .collect(Collectors.joining(" < ")));
            return failure(error, diagnostics);
        }
    }

    /// The reply that tells of an error.
    public static Reply failure(CniException error) {
        return failure(error, new Diagnostics());
    }

    private static Reply failure(CniException error, Diagnostics diagnostics) {
        return new Reply(1, JsonText.indented(error.toJson()), diagnostics.text());
    }

    private String answer(PluginCall call, Diagnostics diagnostics) {
        PluginEnvironment environment = PluginEnvironment.read(call);
        if (environment.commandText().isEmpty()) {
            diagnostics.add(about());
            return "";
        }
        if (environment.command().equals(Optional.of(Command.VERSION))) {
            return JsonText.compact(versions()) + "\n";
        }
        JsonObject json = JsonText.parseObject(call.input(), "network config");
        Identifiers.requireNetworkName(name(json));
        Command command =
                environment
                        .command()
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INVALID_ENVIRONMENT,
                                        "unknown CNI_COMMAND: " + environment.commandText()));
        requireVersion(json, command);
        Request request = environment.request(command, Configuration.of(json), diagnostics);
        requireOtherNamespace(call, request);
        return perform(request);
    }

    private String perform(Request request) {
        return switch (request.command()) {
            case ADD -> {
                Result result = plugin.add(request);
                CniVersion version = request.configuration().version();
                yield JsonText.indented(ResultFormat.encode(result, version));
            }
            case DEL -> silently(() -> plugin.delete(request));
            case CHECK -> silently(() -> plugin.check(request));
            case GC ->
                    silently(() ->
                            request.validAttachments()
                                    .ifPresent(valid -> plugin.collect(request, valid)));
            case STATUS -> silently(() -> plugin.status(request));
            case VERSION -> "";
        };
    }

    private static String silently(Runnable operation) {
        operation.run();
        return "";
    }

    private static String name(JsonObject json) {
        String name = Fields.of(json).text("name").orElse("");
        if (name.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIGURATION, "missing network name");
        }
        return name;
    }

    private String about() {
        return "CNI plugin "
                + plugin.type()
                + " v"
                + release
                + "\nCNI protocol versions supported: "
                + texts().collect(Collectors.joining(", "))
                + "\n";
    }

    private JsonObject versions() {
        JsonObject json = new JsonObject();
        json.addProperty("cniVersion", CniVersion.newest().toString());
        JsonArray supported = new JsonArray();
        texts().forEach(supported::add);
        json.add("supportedVersions", supported);
        return json;
    }

    private Stream<String> texts() {
        return plugin.versions().stream().map(CniVersion::toString);
    }

    private void requireVersion(JsonObject json, Command command) {
        String text = Fields.of(json).text("cniVersion").orElse("");
        Optional<CniVersion> version = CniVersion.find(text);
        if (command.since().compareTo(CniVersion.V0_4_0) >= 0) {
            requireCommand(VersionNumber.tryParse(text), command);
        }
        if (version.isEmpty() || !plugin.versions().contains(version.get())) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION,
                    "incompatible CNI versions",
                    "config is \""
                            + text
                            + "\", plugin supports ["
                            + texts().map(each -> '"' + each + '"').collect(Collectors.joining(" "))
                            + "]");
        }
    }

    /// Commands that not every version has are refused in words of their own.
    private void requireCommand(Optional<VersionNumber> version, Command command) {
        if (version.filter(number -> !number.isAtLeast(command.since())).isPresent()) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION, "config version does not allow " + command);
        }
        if (version.filter(number -> plugin.versions().stream().noneMatch(number::isAtMost))
                .isPresent()) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION, "plugin version does not allow " + command);
        }
    }

    private static void requireOtherNamespace(PluginCall call, Request request) {
        boolean creates = request.command() == Command.ADD || request.command() == Command.DEL;
        String override = call.variable(OVERRIDE).toUpperCase(Locale.ROOT);
        if (!creates || override.equals("1") || override.equals("TRUE")) {
            return;
        }
        Optional<Path> path = request.namespacePath();
        if (path.isPresent() && isNamespace(path.get(), call.own())) {
            throw new CniException(
                    ErrorCode.INVALID_NAMESPACE,
                    "plugin's netns and netns from CNI_NETNS should not be the same");
        }
    }

    /// A path that leads nowhere is some other plugin's complaint.
    private static boolean isNamespace(Path path, NetworkNamespace own) {
        try {
            FileIdentity container = FileIdentity.ofPath(path);
            return container.device() == own.id().device() && container.inode() == own.id().inode();
        } catch (LinuxException unusable) {
            return false;
        }
    }

    /// The variables of the protocol.
    private record PluginEnvironment(PluginCall call, String commandText) {

        static PluginEnvironment read(PluginCall call) {
            PluginEnvironment environment =
                    new PluginEnvironment(call, call.variable("CNI_COMMAND"));
            if (!environment.commandText.isEmpty()) {
                environment.requireVariables();
            }
            return environment;
        }

        Optional<Command> command() {
            return Command.find(commandText);
        }

        /// Collects all that are missing; an invalid one before is told first.
        private void requireVariables() {
            Optional<Command> command = command();
            boolean attached = command.map(Command::isOfAttachment).orElse(false);
            List<String> missing = new ArrayList<>();
            if (attached && isThere("CNI_CONTAINERID", missing)) {
                Identifiers.requireContainerId(call.variable("CNI_CONTAINERID"));
            }
            if (attached && !command.equals(Optional.of(Command.DEL))) {
                isThere("CNI_NETNS", missing);
            }
            if (attached && isThere("CNI_IFNAME", missing)) {
                Identifiers.requireInterfaceName(call.variable("CNI_IFNAME"));
            }
            if (command.isPresent() && command.get() != Command.VERSION) {
                isThere("CNI_PATH", missing);
            }
            if (!missing.isEmpty()) {
                throw new CniException(
                        ErrorCode.INVALID_ENVIRONMENT,
                        "required env variables [" + String.join(",", missing) + "] missing");
            }
        }

        private boolean isThere(String name, List<String> missing) {
            if (call.variable(name).isEmpty()) {
                missing.add(name);
                return false;
            }
            return true;
        }

        Request request(Command command, Configuration configuration, Diagnostics diagnostics) {
            String netns = call.variable("CNI_NETNS");
            return new Request(
                    command,
                    new AttachmentId(call.variable("CNI_CONTAINERID"), call.variable("CNI_IFNAME")),
                    netns.isEmpty() ? Optional.empty() : Optional.of(netns),
                    call.sandbox(),
                    call.variable("CNI_ARGS"),
                    PluginDirectories.parse(call.variable("CNI_PATH")),
                    call.environment(),
                    configuration,
                    diagnostics);
        }
    }
}
