package dev.weft.cli.lab;

import dev.weft.cli.lab.Sighting.Direction;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.packet.CapturedPacket;
import dev.weft.linux.packet.PacketSocket;
import dev.weft.linux.packet.PacketSocketOptions;
import dev.weft.linux.packet.PacketType;
import dev.weft.linux.packet.RingSize;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Every frame at every device of a network: one socket a namespace, so that the order in which its
/// devices saw a frame is kept even where the clock does not tell them apart.
final class Capture implements AutoCloseable {
    private static final int ETHERNET = 1;
    private static final int LOOPBACK = 772;

    /// For local experiments (IEEE 802 section 9.2.4).
    private static final EtherType MARK = new EtherType(0x88b5);

    /// A mark comes back at once; this only ends a wait on a machine that stands still.
    private static final Duration MARK_LIMIT = Duration.ofSeconds(10);

    /// Many small blocks, as nobody takes them while an experiment runs, and each holds no more
    /// than what came within its retirement time. Good for five seconds of steady traffic.
    private static final RingSize RING = new RingSize(4 << 10, 1024, Duration.ofMillis(5));

    private final List<Tap> taps = new ArrayList<>();
    private long marks;

    private record Tap(Node node, int loopback, PacketSocket socket) {}

    static Capture of(Network network) {
        Capture capture = new Capture();
        try {
            network.nodes().forEach(capture::add);
            return capture;
        } catch (RuntimeException failed) {
            capture.close();
            throw failed;
        }
    }

    private void add(Node node) {
        PacketSocket socket =
                PacketSocket.open(node.namespace(), PacketSocketOptions.onAllLinks().ring(RING));
        taps.add(new Tap(node, node.link("lo").index(), socket));
    }

    /// What was seen since the last call, in order of time.
    ///
    /// The kernel hands packets over in its own time, but in order: so a marked frame is sent over
    /// every loopback, and everything before it has been seen when it comes back.
    List<Sighting> drain() {
        marks++;
        Slice mark = Slice.of(ByteBuffer.allocate(Long.BYTES).putLong(marks).array());
        byte[] frame = Packet.encode(mark, new Ethernet(MacAddress.ZERO, MacAddress.ZERO, MARK));
        taps.forEach(tap -> tap.socket.send(tap.loopback, frame));
        List<Sighting> sightings = new ArrayList<>();
        taps.forEach(tap -> takeUntil(Slice.of(frame), tap, sightings));
        sightings.sort(Comparator.comparingLong(Sighting::timestampNanoseconds));
        return sightings;
    }

    private static void takeUntil(Slice mark, Tap tap, List<Sighting> sightings) {
        LinkNames names = tap.node.linkNames();
        boolean marked = false;
        while (!marked) {
            List<CapturedPacket> packets = tap.socket.receive(MARK_LIMIT);
            if (packets.isEmpty()) {
                throw KernelException.of(
                        Errno.ETIMEDOUT.number(), "capture packets in namespace", tap.node.name());
            }
            for (CapturedPacket packet : packets) {
                Sighting sighting = sighting(tap.node, names, packet);
                marked |= sighting.direction() == Direction.IN && sighting.frame().equals(mark);
                if (isFrame(packet) && !isMark(sighting)) {
                    sightings.add(sighting);
                }
            }
        }
    }

    private static boolean isFrame(CapturedPacket packet) {
        return packet.hardwareType() == ETHERNET || packet.hardwareType() == LOOPBACK;
    }

    private static boolean isMark(Sighting sighting) {
        return sighting.packet()
                .first(Ethernet.View.class)
                .filter(ethernet -> ethernet.type().equals(MARK))
                .isPresent();
    }

    private static Sighting sighting(Node node, LinkNames names, CapturedPacket packet) {
        Direction direction = packet.type() == PacketType.OUTGOING ? Direction.OUT : Direction.IN;
        return Sighting.of(
                node.name(),
                names.of(packet.linkIndex()),
                direction,
                packet.timeNanoseconds(),
                Slice.of(packet.frame().bytes()));
    }

    @Override
    public void close() {
        taps.forEach(tap -> tap.socket.close());
        taps.clear();
    }
}
