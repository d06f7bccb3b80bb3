package dev.weft.linux;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Routes;
import dev.weft.linux.route.Rules;
import dev.weft.testkit.Command;
import java.util.stream.Stream;

/// A new network namespace for one test, a netlink socket in it, and iproute2 as the second opinion
/// on what the kernel holds. Closing it leaves nothing.
public final class Sandbox implements AutoCloseable {
    private final NetworkNamespace namespace;
    private final NetlinkSocket socket;

    public Sandbox() {
        namespace = NetworkNamespace.create();
        socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace);
    }

    public NetworkNamespace namespace() {
        return namespace;
    }

    public NetlinkSocket socket() {
        return socket;
    }

    public Links links() {
        return new Links(socket);
    }

    public Addresses addresses() {
        return new Addresses(socket);
    }

    public Routes routes() {
        return new Routes(socket);
    }

    public Rules rules() {
        return new Rules(socket);
    }

    /// A veth that is up with its peer in the same namespace, up too.
    public Link veth(String name, String peer) {
        links().create(LinkRequest.veth(name, LinkRequest.named(peer)).up());
        links().change(links().find(peer).orElseThrow().index(), LinkRequest.empty().up());
        return links().find(name).orElseThrow();
    }

    /// Runs a program inside, to its success.
    public String run(String... argv) {
        String[] inside =
                Stream.concat(Stream.of("nsenter", "--net=" + namespace.path()), Stream.of(argv))
                        .toArray(String[]::new);
        return Command.run(inside).orFail().stdout();
    }

    /// What `ip -j -d` prints for a command: `ip("link", "show", "dev", "br0")`.
    public JsonArray ip(String... command) {
        String[] argv =
                Stream.concat(Stream.of("ip", "-j", "-d", "-s"), Stream.of(command))
                        .toArray(String[]::new);
        String text = run(argv).strip();
        return text.isEmpty() ? new JsonArray() : JsonParser.parseString(text).getAsJsonArray();
    }

    /// The only object that `ip -j -d` prints for a command.
    public JsonObject ipOne(String... command) {
        JsonArray all = ip(command);
        if (all.size() != 1) {
            throw new AssertionError(
                    "one object expected of ip " + String.join(" ", command) + ": " + all);
        }
        return all.get(0).getAsJsonObject();
    }

    @Override
    public void close() {
        socket.close();
        namespace.close();
    }
}
