package dev.weft.cli.kubenet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.PluginFile;
import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkDirectory;
import dev.weft.cni.runtime.RuntimeSettings;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DaemonPlugin;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.PluginSet;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A node, its pods, and somebody outside who knows the node alone, and under two addresses:
///
/// ```
///   outside ---- eth0 [node] cbr0 --- pods
///   192.0.2.2    192.0.2.1
///   10.9.9.9     2001:db8::1
///   2001:db8::2
/// ```
///
/// The first is the world's, the second of the cluster's: only to the latter it has a way back to
/// pods.
final class PodLab implements AutoCloseable {
    /// Where Debian has the reference plugins.
    static final Path REFERENCE = Path.of("/usr/lib/cni");

    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final Path directory;
    private final boolean isReference;
    private final Site site;
    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final NetworkNamespace host = create();
    private final NetworkNamespace outside = create();

    /// A pod that is attached.
    ///
    /// @param addresses in the order of the ranges
    /// @param capabilities what the runtime asked for
    record Pod(String id, NetworkNamespace inside, List<String> addresses, String capabilities) {
        Pod {
            addresses = List.copyOf(addresses);
        }

        String address() {
            return addresses.getFirst();
        }
    }

    /// @param isReference whose plugins the runtime has
    PodLab(Path directory, boolean isReference) throws IOException {
        this.directory = directory;
        this.isReference = isReference;
        this.site =
                Site.open(
                        NetworkNamespace.ofPath(host.path()),
                        directory.resolve("state"),
                        Steps.NONE);
        Path programs = Files.createDirectories(directory.resolve("bin"));
        for (String type : PluginSet.TYPES) {
            Files.writeString(programs.resolve(type), PluginFile.SHIM_MARK)
                    .toFile()
                    .setExecutable(true);
        }
        in(
                host,
                "ip link set lo up; ip link add eth0 type veth peer name eth0 netns "
                        + outside.path()
                        + "; ip addr add 192.0.2.1/24 dev eth0"
                        + "; ip addr add 2001:db8::1/64 dev eth0 nodad; ip link set eth0 up"
                        + "; ip route add 10.9.9.9 via 192.0.2.2");
        in(
                outside,
                "ip link set lo up; ip addr add 192.0.2.2/24 dev eth0"
                        + "; ip addr add 10.9.9.9/32 dev eth0"
                        + "; ip addr add 2001:db8::2/64 dev eth0 nodad; ip link set eth0 up"
                        + "; ip route add 10.1.0.0/16 via 192.0.2.1 src 10.9.9.9");
    }

    static boolean hasReference() {
        return Files.isExecutable(REFERENCE.resolve("bridge"));
    }

    private NetworkNamespace create() {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    NetworkNamespace host() {
        return host;
    }

    NetworkNamespace outside() {
        return outside;
    }

    Path lists() {
        return directory.resolve("net.d");
    }

    private Path leases() {
        return directory.resolve("leases");
    }

    /// Runs commands of a shell inside.
    static String in(NetworkNamespace namespace, String script) {
        return Command.run("nsenter", "--net=" + namespace.path(), "bash", "-e", "-c", script)
                .orFail()
                .stdout();
    }

    static Settings settings(HairpinMode hairpin, String... cidrs) {
        return new Settings(
                "cbr0",
                List.of(cidrs).stream().map(IpPrefix::parse).map(PodRange::new).toList(),
                List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("fd00::/8")),
                hairpin,
                Optional.empty());
    }

    Setup.Outcome setUp(Settings settings) throws IOException {
        return setUp(settings, Setup.Performer.ALL);
    }

    Setup.Outcome setUp(Settings settings, Setup.Performer performer) throws IOException {
        try (Node node = new Node(host)) {
            return new Setup(node, settings, new ListFile(lists()), new PodLeases(leases()))
                    .run(performer);
        }
    }

    List<String> remove(Setup.Performer performer) throws IOException {
        try (Node node = new Node(host)) {
            return new Removal(node, "cbr0", new ListFile(lists())).run(performer);
        }
    }

    private CniRuntime runtime() {
        PluginSet plugins =
                new PluginSet(
                        site,
                        new HostLocal(),
                        new DaemonPlugin(directory.resolve("dhcp.sock"), directory));
        return new CniRuntime(
                RuntimeSettings.of(
                                new PluginDirectories(
                                        List.of(
                                                isReference
                                                        ? REFERENCE
                                                        : directory.resolve("bin"))))
                        .withCache(directory.resolve("cache")),
                new InstalledPlugins(plugins::find),
                host,
                _ -> {});
    }

    /// What any runtime does with the list.
    ///
    /// @param capabilities with `'` for `"`
    Pod attach(String id, String capabilities) {
        NetworkNamespace inside = create();
        in(inside, "ip link set lo up");
        JsonObject result =
                runtime()
                        .add(
                                new NetworkDirectory(lists()).load(PodNetwork.NAME),
                                attachment(id, Optional.of(inside), capabilities));
        List<String> addresses = new ArrayList<>();
        JsonArray ips = result.getAsJsonArray("ips");
        for (JsonElement ip : ips) {
            String address = ip.getAsJsonObject().get("address").getAsString();
            addresses.add(IpPrefix.textOf(IpPrefix.parse(address).address()));
        }
        Pod pod = new Pod(id, inside, addresses, capabilities);
        pods.add(pod);
        return pod;
    }

    private static Attachment attachment(
            String id, Optional<NetworkNamespace> inside, String capabilities) {
        return new Attachment(
                new AttachmentId(id, "eth0"),
                inside.map(namespace -> namespace.path().toString()),
                List.of(),
                JsonParser.parseString(capabilities.replace('\'', '"')).getAsJsonObject());
    }

    void detach(Pod pod) {
        runtime()
                .delete(
                        new NetworkDirectory(lists()).load(PodNetwork.NAME),
                        attachment(pod.id(), Optional.of(pod.inside()), pod.capabilities()));
        pods.remove(pod);
    }

    /// Counts what arrives in a namespace from now on.
    ///
    /// @param match in the language of nft
    static void count(NetworkNamespace at, String name, String match) {
        in(
                at,
                "nft add table inet seen; nft add counter inet seen "
                        + name
                        + "; nft add chain inet seen arriving"
                        + " '{ type filter hook prerouting priority -300 ; }'"
                        + "; nft add rule inet seen arriving "
                        + match
                        + " counter name "
                        + name);
    }

    static int counted(NetworkNamespace at, String name) {
        Matcher matcher = PACKETS.matcher(in(at, "nft list counter inet seen " + name));
        if (!matcher.find()) {
            throw new AssertionError("no counter " + name);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /// Sends datagrams, and returns when they have arrived, or never will: a packet that followed
    /// them has been answered.
    static void send(NetworkNamespace from, String to, int port, int times) {
        in(
                from,
                "s=$(printf %1200s); for i in $(seq "
                        + times
                        + "); do printf %s \"$s\" >/dev/udp/"
                        + to
                        + "/"
                        + port
                        + "; done; ping -q -c 1 -W 1 "
                        + to
                        + " >/dev/null || true");
    }

    static boolean reaches(NetworkNamespace from, String to) {
        return Command.run(
                                "nsenter",
                                "--net=" + from.path(),
                                "ping",
                                "-q",
                                "-c",
                                "1",
                                "-w",
                                "4",
                                to)
                        .exit()
                == 0;
    }

    /// Everything that the command may leave on the node, without what changes by itself.
    String state() {
        String kernel =
                in(
                        host,
                        "ip -o link | sed -E 's/^[0-9]+: ([^@:]+).*mtu ([0-9]+).*/\\1 \\2/' | sort"
                                + "; ip -d -o link show | grep -o 'cbr0.*PROMISC' |"
                                + " sed 's/<.*PROMISC/PROMISC/' || true"
                                + "; ip -o addr | awk '$4 !~ /^fe80/ {print $2, $4}' | sort"
                                + "; (ip route; ip -6 route) | sed 's/ linkdown//' | grep -v fe80 | sort"
                                + "; nft list ruleset");
        return kernel + files();
    }

    private String files() {
        StringBuilder text = new StringBuilder();
        if (Files.isDirectory(lists())) {
            try (var files = Files.list(lists())) {
                for (Path file : files.sorted().toList()) {
                    text.append(file.getFileName()).append('\n').append(Files.readString(file));
                }
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        List.copyOf(pods).forEach(this::detach);
        site.close();
        namespaces.forEach(NetworkNamespace::close);
    }
}
