package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PacketSocketKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration NO_TIME = Duration.ZERO;

    private Sandbox sandbox;
    private Link left;
    private Link right;

    @BeforeEach
    void veth() {
        sandbox = new Sandbox();
        sandbox.namespace().sysctls().write("1", "net", "ipv6", "conf", "default", "disable_ipv6");
        left = sandbox.veth("left", "right");
        right = sandbox.links().find("right").orElseThrow();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private PacketSocket open(PacketSocketOptions options) {
        return PacketSocket.open(sandbox.namespace(), options);
    }

    private PacketSocket sender() {
        return open(PacketSocketOptions.on(left.index()).protocol(PacketSocketOptions.NO_PROTOCOL));
    }

    private static List<CapturedPacket> receive(PacketSocket socket, int count) {
        List<CapturedPacket> packets = new ArrayList<>(socket.receive(LIMIT));
        while (packets.size() < count) {
            List<CapturedPacket> more = socket.receive(LIMIT);
            assertThat(more)
                    .as(() -> packets.size() + " packets, then none: " + socket.statistics())
                    .isNotEmpty();
            packets.addAll(more);
        }
        return packets;
    }

    @Test
    void receive_onAllLinks_tellsDirectionLinkAndTimeOfEachPassage() {
        try (PacketSocket all = open(PacketSocketOptions.onAllLinks());
                PacketSocket sender = sender()) {
            byte[] frame = Frames.broadcast(Frames.EXPERIMENTAL, 46);
            sender.send(left.index(), frame);

            List<CapturedPacket> packets = receive(all, 2);

            assertThat(packets)
                    .extracting(CapturedPacket::linkIndex, CapturedPacket::type)
                    .containsExactly(
                            tuple(left.index(), PacketType.OUTGOING),
                            tuple(right.index(), PacketType.BROADCAST));
            assertThat(packets)
                    .allSatisfy(packet -> {
                        assertThat(packet.frame().bytes()).isEqualTo(frame);
                        assertThat(packet.originalLength()).isEqualTo(frame.length);
                        assertThat(packet.protocol()).isEqualTo(Frames.EXPERIMENTAL);
                        assertThat(packet.hardwareType()).isEqualTo(1);
                        assertThat(packet.isTruncated()).isFalse();
                        long now = Instant.now().getEpochSecond();
                        assertThat(packet.timeNanoseconds() / 1_000_000_000L)
                                .isBetween(now - 5, now);
                    });
            assertThat(packets.getFirst().timeNanoseconds())
                    .isLessThan(packets.getLast().timeNanoseconds());
        }
    }

    @Test
    void receive_ofFramesToOthers_classifiesThem() {
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).promiscuous());
                PacketSocket sender = sender()) {
            String own = right.address().orElseThrow().toString().replace(":", "");
            for (String to : List.of(own, "01005e000001", "02aabbccddee")) {
                sender.send(left.index(), Frames.to(to, Frames.EXPERIMENTAL, new byte[46]));
            }
            assertThat(receive(socket, 3))
                    .extracting(CapturedPacket::type)
                    .containsExactly(PacketType.HOST, PacketType.MULTICAST, PacketType.OTHER_HOST);
            assertThat(promiscuity()).isEqualTo(1);
        }
        assertThat(promiscuity()).isZero();
    }

    private int promiscuity() {
        return sandbox.ipOne("link", "show", "dev", "right").get("promiscuity").getAsInt();
    }

    @Test
    void ignoreOutgoing_leavesOutWhatTheLinkSends() {
        try (PacketSocket socket = open(PacketSocketOptions.onAllLinks().ignoreOutgoing());
                PacketSocket sender = sender()) {
            sender.send(left.index(), Frames.broadcast(Frames.EXPERIMENTAL, 46));
            sender.send(left.index(), Frames.broadcast(Frames.ARP, 46));
            assertThat(receive(socket, 2))
                    .extracting(CapturedPacket::linkIndex)
                    .containsExactly(right.index(), right.index());
        }
    }

    @Test
    void receive_ofTaggedFrame_hasTheTagWhereItWasOnTheWire() {
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()));
                PacketSocket sender = sender()) {
            byte[] tagged = Frames.broadcast(0x8100, 50);
            tagged[15] = 42;
            tagged[16] = (byte) (Frames.EXPERIMENTAL >> 8);
            tagged[17] = (byte) Frames.EXPERIMENTAL;
            sender.send(left.index(), tagged);
            CapturedPacket packet = receive(socket, 1).getFirst();
            assertThat(packet.frame().bytes()).isEqualTo(tagged);
            assertThat(packet.originalLength()).isEqualTo(tagged.length);
        }
    }

    @Test
    void receive_withShortFilter_truncatesAndKeepsTheLength() {
        PacketFilter filter = PacketFilter.all(20);
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).filter(filter));
                PacketSocket sender = sender()) {
            sender.send(left.index(), Frames.broadcast(Frames.EXPERIMENTAL, 1000));
            CapturedPacket packet = receive(socket, 1).getFirst();
            assertThat(packet.frame().length()).isEqualTo(20);
            assertThat(packet.originalLength()).isEqualTo(1014);
            assertThat(packet.isTruncated()).isTrue();
        }
    }

    @Test
    void filterByEtherType_passesItAlone() {
        PacketFilter arp = PacketFilter.etherType(Frames.ARP);
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).filter(arp));
                PacketSocket sender = sender()) {
            sender.send(left.index(), Frames.broadcast(Frames.EXPERIMENTAL, 46));
            sender.send(left.index(), Frames.broadcast(Frames.ARP, 46));
            assertThat(receive(socket, 1))
                    .extracting(CapturedPacket::protocol)
                    .containsExactly(Frames.ARP);
            assertThat(socket.statistics().seen()).isEqualTo(1);
        }
    }

    @Test
    void filterByIpProtocol_passesItInBothFamilies() {
        int udp = 17;
        int tcp = 6;
        PacketFilter filter = PacketFilter.ipProtocol(udp);
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).filter(filter));
                PacketSocket sender = sender()) {
            for (int protocol : List.of(tcp, udp)) {
                byte[] four = Frames.to("ffffffffffff", 0x0800, Frames.ipv4(protocol));
                byte[] six = Frames.to("ffffffffffff", 0x86dd, Frames.ipv6(protocol));
                sender.send(left.index(), four);
                sender.send(left.index(), six);
            }
            sender.send(left.index(), Frames.broadcast(Frames.ARP, 46));
            assertThat(receive(socket, 2))
                    .satisfiesExactly(
                            four -> assertThat(four.frame().u8(14 + 9)).isEqualTo(udp),
                            six -> assertThat(six.frame().u8(14 + 6)).isEqualTo(udp));
            assertThat(socket.statistics().seen()).isEqualTo(2);
        }
    }

    @Test
    void filterByWord_readsNetworkOrder() {
        int start = 0x45000014;
        PacketFilter filter =
                new PacketFilter(
                        List.of(
                                FilterInstruction.loadWord(FilterInstruction.FROM_NETWORK_HEADER),
                                FilterInstruction.ifEqual(start, 0, 1),
                                FilterInstruction.accept(PacketFilter.WHOLE),
                                FilterInstruction.accept(0)));
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).filter(filter));
                PacketSocket sender = sender()) {
            sender.send(left.index(), Frames.broadcast(Frames.ARP, 46));
            sender.send(left.index(), Frames.to("ffffffffffff", 0x0800, Frames.ipv4(6)));
            assertThat(receive(socket, 1))
                    .singleElement()
                    .satisfies(four -> assertThat(four.frame().be32(14)).isEqualTo(start));
        }
    }

    @Test
    void filterOfNothing_receivesNothing() {
        PacketFilter none = PacketFilter.none();
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).filter(none));
                PacketSocket witness = open(PacketSocketOptions.on(right.index()));
                PacketSocket sender = sender()) {
            sender.send(left.index(), Frames.broadcast(Frames.EXPERIMENTAL, 46));
            assertThat(receive(witness, 1)).hasSize(1);
            assertThat(socket.receive(NO_TIME)).isEmpty();
            assertThat(socket.statistics()).isEqualTo(new PacketStatistics(0, 0, 0));
        }
    }

    @Test
    void open_withProgramThatTheKernelRefuses_says() {
        PacketFilter endless = new PacketFilter(List.of(FilterInstruction.loadByte(0)));
        assertThatThrownBy(() -> open(PacketSocketOptions.on(left.index()).filter(endless)))
                .isInstanceOf(KernelException.class)
                .hasMessage(
                        "cannot attach filter to packet socket on link "
                                + left.index()
                                + ": EINVAL (22, invalid argument)");
    }

    @Test
    void open_onMissingLink_saysSo() {
        assertThatThrownBy(() -> open(PacketSocketOptions.on(999_999)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("bind packet socket on link 999999: ENODEV");
    }

    @Test
    void statistics_whenTheRingIsFull_countWhatWasLost() {
        RingSize tiny = new RingSize(4096, 2, Duration.ofSeconds(10));
        // A block for every packet, as nobody takes any while they are sent.
        RingSize ample = new RingSize(4096, 256, Duration.ofMillis(5));
        int sent = 100;
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).ring(tiny));
                PacketSocket witness = open(PacketSocketOptions.on(right.index()).ring(ample));
                PacketSocket sender = sender()) {
            for (int i = 0; i < sent; i++) {
                sender.send(left.index(), Frames.broadcast(Frames.EXPERIMENTAL, 1000));
            }
            receive(witness, sent);
            int received = receive(socket, 2).size() + socket.receive(NO_TIME).size();
            PacketStatistics statistics = socket.statistics();
            assertThat(statistics.seen()).isEqualTo(sent);
            assertThat(statistics.dropped()).isEqualTo(sent - received).isPositive();
            assertThat(statistics.freezes()).isPositive();
            assertThat(socket.statistics()).isEqualTo(statistics);
        }
    }

    @Test
    void receive_ofManyMoreThanTheRingHolds_losesNoneWhenTakenInTime() {
        RingSize small = new RingSize(8192, 2, Duration.ofMillis(1));
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()).ring(small));
                PacketSocket sender = sender()) {
            for (int i = 0; i < 100; i++) {
                byte[] frame = Frames.broadcast(Frames.EXPERIMENTAL, 100);
                frame[20] = (byte) i;
                sender.send(left.index(), frame);
                CapturedPacket packet = receive(socket, 1).getFirst();
                assertThat(packet.frame().u8(20)).isEqualTo(i);
            }
            assertThat(socket.statistics().dropped()).isZero();
        }
    }

    @Test
    void receive_ofOwnTcp_showsThatChecksumsAreNotReady() {
        sandbox.run("ip", "link", "set", "lo", "up");
        try (PacketSocket socket = open(PacketSocketOptions.onAllLinks())) {
            sandbox.run("bash", "-c", "exec 3<>/dev/udp/127.0.0.1/9; echo x >&3");
            List<CapturedPacket> packets = receive(socket, 1);
            assertThat(packets.getFirst().checksum()).isEqualTo(PacketChecksum.NOT_READY);
        }
    }

    @Test
    void close_whileAnotherThreadWaits_wakesIt() throws Exception {
        PacketSocket socket = open(PacketSocketOptions.on(right.index()));
        FutureTask<List<CapturedPacket>> waiting =
                new FutureTask<>(() -> socket.receive(Duration.ofMinutes(5)));
        Thread thread = Thread.ofPlatform().start(waiting);
        while (thread.getState() != Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        socket.close();
        assertThat(waiting.get()).isEmpty();
        assertThat(socket.isOpen()).isFalse();
        assertThat(socket.receive(LIMIT)).isEmpty();
        socket.close();
        assertThatThrownBy(() -> socket.send(left.index(), new byte[60]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void receive_whenTheLinkGoesDown_saysSoOnceAndGoesOnAfterwards() {
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()));
                PacketSocket sender = sender()) {
            sandbox.links().change(right.index(), LinkRequest.empty().down());
            assertThatThrownBy(() -> socket.receive(LIMIT))
                    .asInstanceOf(InstanceOfAssertFactories.type(KernelException.class))
                    .matches(failed -> failed.is(Errno.ENETDOWN));
            assertThat(socket.receive(NO_TIME)).isEmpty();

            sandbox.links().change(right.index(), LinkRequest.empty().up());
            // On the link itself: its peer's queue is set going later, by a worker of the kernel.
            sender.send(right.index(), Frames.broadcast(Frames.EXPERIMENTAL, 46));
            assertThat(receive(socket, 1)).hasSize(1);
        }
    }

    @Test
    void open_onLinkThatIsDown_receivesOnceItIsUp() {
        sandbox.links().change(right.index(), LinkRequest.empty().down());
        try (PacketSocket socket = open(PacketSocketOptions.on(right.index()));
                PacketSocket sender = sender()) {
            assertThat(socket.receive(NO_TIME)).isEmpty();
            sandbox.links().change(right.index(), LinkRequest.empty().up());
            sender.send(right.index(), Frames.broadcast(Frames.EXPERIMENTAL, 46));
            assertThat(receive(socket, 1)).hasSize(1);
        }
    }

    @Test
    void send_ofTooLongFrame_saysHowLong() {
        try (PacketSocket sender = sender()) {
            assertThatThrownBy(() -> sender.send(left.index(), Frames.broadcast(1, 9000)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("send frame of 9014 bytes on link")
                    .hasMessageContaining("EMSGSIZE");
        }
    }
}
