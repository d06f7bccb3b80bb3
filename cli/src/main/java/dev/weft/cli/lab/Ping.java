package dev.weft.cli.lab;

import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.packet.IcmpSocket;
import dev.weft.linux.packet.IcmpSocketOptions;
import dev.weft.linux.packet.ReceivedIcmp;
import dev.weft.wire.Icmpv4;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One ICMP echo request, and its reply if one comes.
final class Ping implements AutoCloseable {
    /// Tells our messages from those of others in the namespace, of which a lab has none.
    private static final int IDENTIFIER = 0x77ef;

    private static final Slice PAYLOAD =
            Slice.of("weft lab: where does this packet go?".getBytes(StandardCharsets.US_ASCII));

    private final IcmpSocket receiver;
    private final Icmpv4.Echo request;

    private Ping(IcmpSocket receiver, Icmpv4.Echo request) {
        this.receiver = receiver;
        this.request = request;
    }

    /// The answer.
    ///
    /// @param timeToLive what was left of it
    record Reply(InetAddress source, int timeToLive) {
        String sender() {
            return IpPrefix.textOf(source);
        }
    }

    /// Sends a request, unless no route leads there. Its reply may come by any link.
    ///
    /// @param sequenceNumber that no other ping of the lab has
    /// @param device sent out through this link whatever the routes say; empty for as they say
    static Ping send(Node node, String device, InetAddress to, int sequenceNumber) {
        IcmpSocketOptions options = IcmpSocketOptions.ipv4().types(Set.of(Icmpv4.ECHO_REPLY));
        int link = device.isEmpty() ? 0 : node.link(device).index();
        Icmpv4.Echo request = Icmpv4.Echo.request(IDENTIFIER, sequenceNumber);
        IcmpSocket receiver = IcmpSocket.open(node.namespace(), options);
        try (IcmpSocket sender = IcmpSocket.open(node.namespace(), options.on(link))) {
            sender.send(to, Packet.encode(PAYLOAD, request));
        } catch (KernelException failed) {
            if (!failed.is(Errno.ENETUNREACH) && !failed.is(Errno.EHOSTUNREACH)) {
                receiver.close();
                throw failed;
            }
        }
        return new Ping(receiver, request);
    }

    /// Waits for the reply.
    ///
    /// @return nothing when none came in time
    Optional<Reply> await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Optional<ReceivedIcmp> received = receiver.receive(left);
            if (received.isEmpty() || isReply(received.get())) {
                return received.map(got -> new Reply(got.source(), got.hopLimit()));
            }
        }
    }

    private boolean isReply(ReceivedIcmp received) {
        try {
            Icmpv4 message = Icmpv4.decode(Slice.of(received.message().bytes())).value();
            return message.equals(request.reply());
        } catch (MalformedPacketException someoneElses) {
            return false;
        }
    }

    @Override
    public void close() {
        receiver.close();
    }
}
