package dev.weft.ipam.dhcp;

import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.packet.PacketSocket;
import dev.weft.linux.packet.PacketSocketOptions;
import dev.weft.testkit.Command;
import dev.weft.wire.EtherType;
import dev.weft.wire.LinkType;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A veth whose end `srv` is a server's, and whose end `eth0` is a client's in a namespace of its
/// own, with a packet socket on it.
final class Cable implements AutoCloseable {
    static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:77");

    private final NetworkNamespace container = NetworkNamespace.create();
    private final PacketSocket socket;
    private final int link;
    private Optional<Process> server = Optional.empty();

    /// @param type which packets the client hears
    Cable(EtherType type) {
        ip("link add srv type veth peer name eth0 address " + MAC + " netns " + container.path());
        ip("link set srv addrgenmode none up");
        inside("link set eth0 addrgenmode none up");
        try (NetlinkSocket route = NetlinkSocket.open(NetlinkProtocol.ROUTE, container)) {
            link = new Links(route).find("eth0").orElseThrow().index();
        }
        socket = PacketSocket.open(container, PacketSocketOptions.on(link).protocol(type.value()));
    }

    NetworkNamespace container() {
        return container;
    }

    /// `ip`, where the server is.
    static void ip(String arguments) {
        Command.run(("ip " + arguments).split(" ", -1)).orFail();
    }

    /// `ip`, where the client is.
    void inside(String arguments) {
        List<String> argv = new ArrayList<>(List.of("nsenter", "--net=" + container.path(), "ip"));
        argv.addAll(List.of(arguments.split(" ", -1)));
        Command.run(argv.toArray(String[]::new)).orFail();
    }

    /// Starts the server, whose output goes to a file.
    void serve(List<String> command, Path log) throws IOException {
        server =
                Optional.of(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(log.toFile())
                                .start());
    }

    void send(byte[] frame) {
        socket.send(link, frame);
    }

    /// What came, if anything does within a third of a second.
    List<Packet> receive() {
        return socket.receive(Duration.ofMillis(300)).stream()
                .map(captured -> Slice.of(captured.frame().bytes()))
                .map(frame -> Packet.decode(LinkType.ETHERNET, frame))
                .toList();
    }

    @Override
    public void close() {
        server.ifPresent(running -> running.destroyForcibly().onExit().join());
        socket.close();
        Command.run("ip", "link", "delete", "srv").orFail();
        container.close();
    }
}
