package dev.weft.plugins;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.JsonText;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.bridge.Bridge;
import dev.weft.plugins.bridge.PointToPoint;
import dev.weft.plugins.device.HostDevice;
import dev.weft.plugins.device.Sysfs;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import dev.weft.plugins.stacked.Stacked;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A host and a container in which plugins that make interfaces work: Weft's, and the reference
/// plugins of Debian, each with the reference's plugins for addresses.
final class InterfaceLab implements AutoCloseable {
    static final Path REFERENCE = Path.of("/usr/lib/cni");

    private static final String ID = "c1";
    private static final String NETWORK = "mynet";

    private final NetworkNamespace host = NetworkNamespace.create();
    private final NetworkNamespace container = NetworkNamespace.create();
    private final String type;
    private final Path directory;
    private final Site site;
    private final Plugin plugin;

    /// @param type of the plugin
    /// @param directory for leases and records
    InterfaceLab(String type, Path directory) {
        this.type = type;
        this.directory = directory;
        try {
            Files.createDirectories(leases());
            Files.createDirectories(state());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        site = Site.open(NetworkNamespace.ofPath(host.path()), state(), Steps.NONE);
        Ipam ipam = new Ipam(site, InstalledPlugins.none());
        plugin = plugin(type, ipam);
        NatLab.in(host, "ip link set lo up");
        NatLab.in(container, "ip link set lo up");
    }

    private Plugin plugin(String name, Ipam ipam) {
        return switch (name) {
            case "bridge" -> new Bridge(site, ipam);
            case "ptp" -> new PointToPoint(site, ipam);
            case "macvlan" -> Stacked.macvlan(site, ipam);
            case "ipvlan" -> Stacked.ipvlan(site, ipam);
            case "vlan" -> Stacked.vlan(site, ipam);
            case "host-device" ->
                    new HostDevice(site, ipam, Sysfs.MOUNTED, HostDevice.RETURN_LIMIT);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static boolean hasReference() {
        return Files.isExecutable(REFERENCE.resolve(Bridge.TYPE));
    }

    NetworkNamespace host() {
        return host;
    }

    NetworkNamespace container() {
        return container;
    }

    Path leases() {
        return directory.resolve("leases");
    }

    Path state() {
        return directory.resolve("state");
    }

    /// What a plugin answered.
    ///
    /// @param exit of its process
    /// @param output the result or the error; empty where neither was printed
    record Answer(int exit, JsonObject output) {
        Answer orFail() {
            if (exit != 0) {
                throw new AssertionError(output);
            }
            return this;
        }

        int code() {
            return output.get("code").getAsInt();
        }

        String message() {
            return output.get("msg").getAsString();
        }
    }

    /// Whose plugin is called.
    enum Maker {
        OURS,
        THEIRS;

        Maker other() {
            return this == OURS ? THEIRS : OURS;
        }

        String word() {
            return this == OURS ? "ours" : "theirs";
        }
    }

    /// Calls a plugin for `eth0` of container `c1`.
    ///
    /// @param arguments CNI_ARGS
    Answer call(Maker maker, String command, JsonObject configuration, String arguments) {
        return call(maker, environment(command, arguments), configuration);
    }

    Answer call(Maker maker, Map<String, String> environment, JsonObject configuration) {
        return maker == Maker.OURS
                ? callOurs(environment, configuration)
                : callTheirs(environment, configuration);
    }

    Map<String, String> environment(String command, String arguments) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", ID);
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_NETNS", container.path().toString());
        environment.put("CNI_PATH", REFERENCE.toString());
        environment.put("CNI_ARGS", arguments);
        return environment;
    }

    private Answer callOurs(Map<String, String> environment, JsonObject configuration) {
        Reply reply =
                new PluginSkeleton(plugin, "test")
                        .serve(
                                new PluginCall(
                                        type,
                                        environment,
                                        JsonText.compact(configuration),
                                        host,
                                        Optional.empty()));
        return new Answer(reply.exitCode(), object(reply.output()));
    }

    private Answer callTheirs(Map<String, String> environment, JsonObject configuration) {
        String[] argv =
                Stream.of(
                                Stream.of("nsenter", "--net=" + host.path(), "env", "-i"),
                                Stream.of("PATH=" + System.getenv("PATH")),
                                environment.entrySet().stream()
                                        .map(entry -> entry.getKey() + "=" + entry.getValue()),
                                Stream.of(REFERENCE.resolve(type).toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new);
        Command.Result result =
                Command.of(argv)
                        .stdin(JsonText.compact(configuration).getBytes(StandardCharsets.UTF_8))
                        .run();
        return new Answer(result.exit(), object(result.stdout()));
    }

    private static JsonObject object(String output) {
        JsonElement json = JsonParser.parseString(output);
        return json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
    }

    /// A configuration of this lab's plugin.
    ///
    /// @param keys `'isGateway':true,`, single quotes for double ones; LEASES is the directory of
    ///   this lab's leases
    JsonObject configuration(String version, String keys) {
        return NatLab.json(
                "{"
                        + keys.replace("LEASES", leases().toString())
                        + "'cniVersion':'"
                        + version
                        + "','name':'"
                        + NETWORK
                        + "','type':'"
                        + type
                        + "'}");
    }

    @Override
    public void close() {
        site.close();
        container.close();
        host.close();
    }
}
