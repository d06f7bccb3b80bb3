package dev.weft.plugins;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.JsonText;
import dev.weft.cni.Plugin;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginSkeleton;
import dev.weft.cni.Reply;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultFormat;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.namespace.Sysctls.Setting;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A host and a container, connected as an interface plugin leaves them, for the plugins that come
/// after it in a chain; with the reference plugins of Debian beside them.
final class ChainedSandbox implements AutoCloseable {
    static final String HOST_DEVICE = "veth0";
    static final Path REFERENCE = Path.of("/usr/lib/cni");

    /// Every namespace's first link.
    private static final int LOOPBACK = 1;

    private static final String SHOW =
            "ip -d link show; tc -d qdisc show; ip rule; ip -6 rule;"
                    + "ip route show table all; ip -6 route show table all; cd /proc/sys/net/ipv4;"
                    + "grep -s . conf/*/arp_filter conf/*/arp_notify tcp_rmem";

    private final NetworkNamespace host = NetworkNamespace.create();
    private final NetworkNamespace container = NetworkNamespace.create();
    private final Path directory;
    private final Site site;

    ChainedSandbox(Steps steps) {
        try {
            directory = Files.createTempDirectory(Path.of("/run"), "chained");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        site = Site.open(host, directory.resolve("state"), steps);
        connect(HOST_DEVICE, "eth0");
        try (NetlinkSocket inside = NetlinkSocket.open(NetlinkProtocol.ROUTE, container)) {
            Links links = new Links(inside);
            links.change(LOOPBACK, LinkRequest.empty().up());
            int index = links.find("eth0").orElseThrow().index();
            Addresses addresses = new Addresses(inside);
            addresses.add(index, AddressRequest.of(IpPrefix.parse("10.9.0.2/24")));
            addresses.add(
                    index,
                    AddressRequest.of(IpPrefix.parse("fd09::2/64"))
                            .flag(AddressFlag.NO_DUPLICATE_DETECTION));
        }
    }

    /// Makes a pair of veths, up at both ends.
    void connect(String hostDevice, String interfaceName) {
        LinkRequest peer = LinkRequest.named(interfaceName).in(container);
        site.links().create(LinkRequest.veth(hostDevice, peer));
        setUp(host, site.links(), hostDevice);
        try (NetlinkSocket inside = NetlinkSocket.open(NetlinkProtocol.ROUTE, container)) {
            setUp(container, new Links(inside), interfaceName);
        }
    }

    /// Without a link-local address.
    private static void setUp(NetworkNamespace namespace, Links links, String name) {
        namespace
                .sysctls()
                .writeAll(List.of(Setting.of("1", "net", "ipv6", "conf", name, "addr_gen_mode")));
        links.change(links.find(name).orElseThrow().index(), LinkRequest.empty().up());
    }

    Site site() {
        return site;
    }

    NetworkNamespace host() {
        return host;
    }

    NetworkNamespace container() {
        return container;
    }

    Path directory() {
        return directory;
    }

    /// A configuration with the result that an interface plugin left.
    ///
    /// @param keys the plugin's own, `"mtu":1400,`, with a comma at their end
    JsonObject configuration(CniVersion version, String keys) {
        JsonObject json = withoutResult(version, keys);
        json.add("prevResult", ResultFormat.encode(previous(), version));
        return json;
    }

    static JsonObject withoutResult(CniVersion version, String keys) {
        return JsonText.parseObject(
                "{" + keys + "\"cniVersion\":\"" + version + "\",\"name\":\"mynet\"}", "test");
    }

    private Result previous() {
        List<ResultInterface> interfaces =
                List.of(
                        ResultInterface.ofHost(HOST_DEVICE, "00:11:22:33:44:55"),
                        ResultInterface.ofContainer(
                                "eth0", "66:11:22:33:44:55", container.path().toString()));
        List<ResultAddress> addresses =
                Stream.of("10.9.0.2/24 10.9.0.1", "fd09::2/64 fd09::1")
                        .map(text -> text.split(" ", -1))
                        .map(parts ->
                                ResultAddress.of(
                                                IpPrefix.parse(parts[0]),
                                                Optional.of(IpPrefix.parseAddress(parts[1])))
                                        .on(1))
                        .toList();
        return Result.empty().withInterfaces(interfaces).withAddresses(addresses);
    }

    /// Calls a plugin for `eth0` of container `c1`.
    Reply call(Plugin plugin, String command, JsonObject configuration) {
        return call(plugin, environment(command), configuration);
    }

    Reply call(Plugin plugin, Map<String, String> environment, JsonObject configuration) {
        return new PluginSkeleton(plugin, "test")
                .serve(
                        new PluginCall(
                                plugin.type(),
                                environment,
                                JsonText.compact(configuration),
                                host,
                                Optional.empty()));
    }

    Map<String, String> environment(String command) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", "c1");
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_NETNS", container.path().toString());
        environment.put("CNI_PATH", REFERENCE.toString());
        return environment;
    }

    /// Calls the reference plugin.
    Command.Result callReference(String type, String command, JsonObject configuration) {
        String[] argv =
                Stream.of(
                                Stream.of("nsenter", "--net=" + host.path(), "env", "-i"),
                                environment(command).entrySet().stream()
                                        .map(entry -> entry.getKey() + "=" + entry.getValue()),
                                Stream.of(REFERENCE.resolve(type).toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new);
        return Command.of(argv)
                .stdin(JsonText.compact(configuration).getBytes(StandardCharsets.UTF_8))
                .run();
    }

    static boolean hasReference() {
        return Files.isExecutable(REFERENCE.resolve("tuning"));
    }

    /// Runs a program inside, to its success.
    static String run(NetworkNamespace inside, String... argv) {
        String[] all =
                Stream.concat(Stream.of("nsenter", "--net=" + inside.path()), Stream.of(argv))
                        .toArray(String[]::new);
        return Command.run(all).orFail().stdout();
    }

    String inContainer(String command) {
        return run(container, words(command));
    }

    String onHost(String command) {
        return run(host, words(command));
    }

    static String[] words(String command) {
        return command.split(" ", -1);
    }

    /// What `ip -j -d link show` says of the container's interface.
    JsonObject link() {
        return JsonParser.parseString(inContainer("ip -j -d link show dev eth0"))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    /// Everything that a chained plugin can change on the host or in the container, and the files
    /// of the sandbox.
    String snapshot() {
        StringBuilder all = new StringBuilder();
        for (NetworkNamespace each : List.of(host, container)) {
            all.append(settled(run(each, "sh", "-c", SHOW)));
        }
        if (onHost("ip link show").contains(HOST_DEVICE)) {
            all.append(onHost("tc filter show dev veth0 ingress"));
        }
        return all + files();
    }

    /// Without what comes by itself when a carrier is noticed.
    private static String settled(String lines) {
        return lines.lines()
                .filter(line -> !line.contains("table local"))
                .map(line -> line.replaceAll("NO-CARRIER,|,LOWER_UP| state [A-Z]*", ""))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// The files of the sandbox, directories left out.
    String files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining("\n"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        site.close();
        container.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
