package dev.weft.ipam.dhcp.live;

import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.packet.FramePoll;
import dev.weft.linux.packet.FrameSocket;
import dev.weft.linux.packet.ReceivedFrame;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.IpProtocol;
import dev.weft.wire.Ipv4;
import dev.weft.wire.LinkType;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import dev.weft.wire.Udp;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A server at `srv` that says what a test wants, also what no real server would.
final class ScriptedServer implements AutoCloseable {
    private static final Inet4Address OWN = IpAddresses.parseV4("10.9.0.1");
    private static final Inet4Address EVERYBODY = IpAddresses.parseV4("255.255.255.255");
    private static final Inet4Address MASK = IpAddresses.parseV4("255.255.255.0");
    private static final Duration LOOK = Duration.ofSeconds(60);

    private final NetworkNamespace own = NetworkNamespace.current();
    private final FramePoll poll = new FramePoll();
    private final BlockingQueue<Dhcpv4> heard = new LinkedBlockingQueue<>();
    private final Function<Dhcpv4, List<Dhcpv4>> script;
    private final MacAddress hardware;
    private final FrameSocket frames;
    private final Thread thread;
    private volatile boolean isClosing;

    /// @param script the answers to a message
    ScriptedServer(Function<Dhcpv4, List<Dhcpv4>> script) {
        this.script = script;
        try (NetlinkSocket route = NetlinkSocket.open(NetlinkProtocol.ROUTE, own)) {
            Link link = new Links(route).find("srv").orElseThrow();
            hardware = MacAddress.parse(link.address().orElseThrow().toString());
            frames = FrameSocket.open(own, DhcpFilter.requests(link.index()));
        }
        thread = Thread.ofPlatform().daemon().start(this::run);
    }

    private void run() {
        while (!isClosing) {
            poll.await(List.of(frames), LOOK);
            Optional<ReceivedFrame> frame = poll.receive(frames);
            while (frame.isPresent()) {
                Packet.decode(LinkType.ETHERNET, Slice.of(frame.get().bytes().bytes()))
                        .first(Dhcpv4.View.class)
                        .map(Dhcpv4.View::value)
                        .filter(message -> message.operation() == Dhcpv4.REQUEST)
                        .ifPresent(this::hear);
                frame = poll.receive(frames);
            }
        }
    }

    private void hear(Dhcpv4 message) {
        heard.add(message);
        script.apply(message).forEach(answer -> frames.send(frame(message, answer)));
    }

    /// To the address that the client has, or else to everybody.
    private byte[] frame(Dhcpv4 message, Dhcpv4 answer) {
        boolean hasAddress = !message.client().isAnyLocalAddress();
        return Packet.encode(
                new Ethernet(
                        hasAddress ? message.hardware() : MacAddress.BROADCAST,
                        hardware,
                        EtherType.IPV4),
                Ipv4.of(OWN, hasAddress ? message.client() : EVERYBODY, IpProtocol.UDP),
                new Udp(Dhcpv4.SERVER_PORT, Dhcpv4.CLIENT_PORT),
                answer);
    }

    /// An answer that gives an address.
    static Dhcpv4 giving(String address, int leaseSeconds, Dhcpv4 message) {
        Dhcpv4MessageType type =
                typeOf(message) == Dhcpv4MessageType.DISCOVER
                        ? Dhcpv4MessageType.OFFER
                        : Dhcpv4MessageType.ACK;
        return Dhcpv4.of(
                        Dhcpv4.REPLY,
                        message.transactionId(),
                        message.hardware(),
                        Dhcpv4Options.of(
                                type.option(),
                                Dhcpv4Option.address(Dhcpv4Option.SERVER_IDENTIFIER, OWN),
                                Dhcpv4Option.u32(Dhcpv4Option.LEASE_SECONDS, leaseSeconds),
                                Dhcpv4Option.address(Dhcpv4Option.SUBNET_MASK, MASK),
                                Dhcpv4Option.addresses(Dhcpv4Option.ROUTERS, List.of(OWN))))
                .withYour(IpAddresses.parseV4(address));
    }

    /// An answer that gives nothing.
    static Dhcpv4 refusing(Dhcpv4 message) {
        return Dhcpv4.of(
                Dhcpv4.REPLY,
                message.transactionId(),
                message.hardware(),
                Dhcpv4Options.of(
                        Dhcpv4MessageType.NAK.option(),
                        Dhcpv4Option.address(Dhcpv4Option.SERVER_IDENTIFIER, OWN)));
    }

    static Dhcpv4MessageType typeOf(Dhcpv4 message) {
        return message.options().messageType().orElseThrow();
    }

    /// Waits for the next message of a type.
    Dhcpv4 await(Dhcpv4MessageType type) throws InterruptedException {
        Dhcpv4 message = heard.poll(30, TimeUnit.SECONDS);
        while (message != null && typeOf(message) != type) {
            message = heard.poll(30, TimeUnit.SECONDS);
        }
        if (message == null) {
            throw new AssertionError("the client never said " + type);
        }
        return message;
    }

    @Override
    public void close() {
        isClosing = true;
        poll.wake();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        frames.close();
        poll.close();
        own.close();
    }
}
