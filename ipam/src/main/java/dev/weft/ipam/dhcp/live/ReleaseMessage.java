package dev.weft.ipam.dhcp.live;

import dev.weft.ipam.dhcp.Transmission;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.packet.FramePoll;
import dev.weft.linux.packet.FrameSocket;
import dev.weft.linux.packet.ReceivedFrame;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.LinkType;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A message that nobody answers, and that has to have left before its interface is deleted.
///
/// The kernel keeps a datagram back while it asks for the link address of its next hop. When it
/// lets it go, the socket that follows the link sees it.
///
/// @param namespace where
/// @param linkIndex the interface
/// @param message to the server
record ReleaseMessage(NetworkNamespace namespace, int linkIndex, Transmission.Unicast message) {

    /// @param limit how long to wait until it has left
    void send(Duration limit) {
        try (FrameSocket frames = FrameSocket.open(namespace, DhcpFilter.requests(linkIndex));
                FramePoll poll = new FramePoll()) {
            try (UdpPort port = UdpPort.open(namespace, message.source())) {
                port.send(message);
            } catch (UncheckedIOException noSuchAddress) {
                // The interface has lost its address, or does not have it yet.
                frames.send(broadcast());
                return;
            }
            awaitDeparture(poll, frames, limit);
        }
    }

    private byte[] broadcast() {
        return new Transmission.Broadcast(message.message(), message.source()).frame();
    }

    private void awaitDeparture(FramePoll poll, FrameSocket frames, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration left = limit;
        while (left.isPositive()) {
            poll.await(List.of(frames), left);
            for (Optional<ReceivedFrame> frame = receive(poll, frames);
                    frame.isPresent();
                    frame = receive(poll, frames)) {
                if (isTheMessage(frame.get())) {
                    return;
                }
            }
            left = Duration.ofNanos(deadline - System.nanoTime());
        }
    }

    private static Optional<ReceivedFrame> receive(FramePoll poll, FrameSocket frames) {
        try {
            return poll.receive(frames);
        } catch (KernelException linkDown) {
            return Optional.empty();
        }
    }

    private boolean isTheMessage(ReceivedFrame frame) {
        return Packet.decode(LinkType.ETHERNET, Slice.of(frame.bytes().bytes()))
                .first(Dhcpv4.View.class)
                .filter(sent -> sent.transactionId() == message.message().transactionId())
                .isPresent();
    }
}
