package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `near` and `far` are joined by a veth pair with 10.0.0.1/24 and .2, fd00::1/64 and ::2.
final class IcmpSocketKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ECHO = 8;
    private static final int ECHO_REPLY = 0;
    private static final int TIME_EXCEEDED = 11;
    private static final int ECHO_6 = 128;
    private static final int ECHO_REPLY_6 = 129;

    private static final InetAddress FAR = IpPrefix.parseAddress("10.0.0.2");
    private static final InetAddress FAR_6 = IpPrefix.parseAddress("fd00::2");

    private Sandbox near;
    private Sandbox far;
    private Link link;

    @BeforeEach
    void join() {
        near = new Sandbox();
        far = new Sandbox();
        // Link-local addresses without a second of duplicate detection.
        for (Sandbox sandbox : List.of(near, far)) {
            String[] key = {"net", "ipv6", "conf", "default", "accept_dad"};
            sandbox.namespace().sysctls().write("0", key);
        }
        LinkRequest peer = LinkRequest.named("eth0").in(far.namespace());
        link = near.links().create(LinkRequest.veth("eth0", peer).up());
        for (String command :
                List.of(
                        "ip link set lo up",
                        "ip link set eth0 up",
                        "ip addr add %s dev eth0 nodad",
                        "ip addr add %s dev eth0")) {
            run(near, command, command.endsWith("nodad") ? "fd00::1/64" : "10.0.0.1/24");
            run(far, command, command.endsWith("nodad") ? "fd00::2/64" : "10.0.0.2/24");
        }
    }

    private static void run(Sandbox sandbox, String command, String address) {
        sandbox.run(command.replace("%s", address).split(" "));
    }

    @AfterEach
    void close() {
        near.close();
        far.close();
    }

    /// An echo request whose checksum is right for IPv4.
    private static byte[] echo(int type, int sequence) {
        int checksum = ~((type << 8) + sequence) & 0xffff;
        return ByteBuffer.allocate(8)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) checksum)
                .putShort((short) 0)
                .putShort((short) sequence)
                .array();
    }

    private static ReceivedIcmp receive(IcmpSocket socket, int type) {
        Optional<ReceivedIcmp> received = socket.receive(LIMIT);
        while (received.orElseThrow().message().u8(0) != type) {
            received = socket.receive(LIMIT);
        }
        return received.orElseThrow();
    }

    @Test
    void echo_isAnsweredWithSourceHopLimitAndTime() {
        try (IcmpSocket socket = IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv4())) {
            socket.send(FAR, echo(ECHO, 77));
            ReceivedIcmp reply = receive(socket, ECHO_REPLY);
            assertThat(reply.source()).isEqualTo(FAR);
            assertThat(reply.hopLimit()).isEqualTo(64);
            assertThat(reply.message().be16(6)).isEqualTo(77);
            assertThat(reply.message().length()).isEqualTo(8);
            long now = Instant.now().getEpochSecond();
            assertThat(reply.timeNanoseconds() / 1_000_000_000L).isBetween(now - 5, now);
        }
    }

    @Test
    void echo6_isAnswered_withChecksumsOfTheKernel() {
        IcmpSocketOptions options = IcmpSocketOptions.ipv6().types(Set.of(ECHO_REPLY_6));
        try (IcmpSocket socket = IcmpSocket.open(near.namespace(), options)) {
            socket.send(FAR_6, echo(ECHO_6, 78));
            ReceivedIcmp reply = socket.receive(LIMIT).orElseThrow();
            assertThat(reply.source()).isEqualTo(FAR_6);
            assertThat(reply.hopLimit()).isEqualTo(64);
            assertThat(reply.message().u8(0)).isEqualTo(ECHO_REPLY_6);
            assertThat(reply.message().be16(6)).isEqualTo(78);
            assertThat(reply.timeNanoseconds()).isPositive();
        }
    }

    @Test
    void hopLimit_isThatOfTheRequest() {
        try (IcmpSocket listener =
                        IcmpSocket.open(
                                far.namespace(), IcmpSocketOptions.ipv4().types(Set.of(ECHO)));
                IcmpSocket listener6 =
                        IcmpSocket.open(
                                far.namespace(), IcmpSocketOptions.ipv6().types(Set.of(ECHO_6)));
                IcmpSocket socket =
                        IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv4().hopLimit(3));
                IcmpSocket socket6 =
                        IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv6().hopLimit(4))) {
            socket.send(FAR, echo(ECHO, 1));
            socket6.send(FAR_6, echo(ECHO_6, 1));
            assertThat(listener.receive(LIMIT).orElseThrow().hopLimit()).isEqualTo(3);
            assertThat(listener6.receive(LIMIT).orElseThrow().hopLimit()).isEqualTo(4);
        }
    }

    @Test
    void expiredHopLimit_isReportedByTheRouterAsMessage() {
        far.namespace().sysctls().write("1", "net", "ipv4", "ip_forward");
        run(near, "ip route add 192.0.2.0/24 via %s", "10.0.0.2");
        run(far, "ip route add 192.0.2.0/24 via %s", "10.0.0.1");
        try (IcmpSocket socket =
                IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv4().hopLimit(1))) {
            socket.send(IpPrefix.parseAddress("192.0.2.9"), echo(ECHO, 5));
            ReceivedIcmp error = receive(socket, TIME_EXCEEDED);
            assertThat(error.source()).isEqualTo(FAR);
            assertThat(error.message().be16(8 + 20 + 6)).as("quoted sequence").isEqualTo(5);
        }
    }

    @Test
    void sourceLinkAndMark_areThoseAsked() {
        run(near, "ip addr add %s dev eth0", "10.0.0.99/24");
        near.run("ip", "rule", "add", "fwmark", "7", "blackhole");
        IcmpSocketOptions from = IcmpSocketOptions.from(IpPrefix.parseAddress("10.0.0.99"));
        try (IcmpSocket listener =
                        IcmpSocket.open(
                                far.namespace(), IcmpSocketOptions.ipv4().types(Set.of(ECHO)));
                IcmpSocket socket = IcmpSocket.open(near.namespace(), from.on(link.index()));
                IcmpSocket marked = IcmpSocket.open(near.namespace(), from.mark(7))) {
            socket.send(FAR, echo(ECHO, 1));
            assertThat(listener.receive(LIMIT).orElseThrow().source())
                    .isEqualTo(IpPrefix.parseAddress("10.0.0.99"));
            assertThatThrownBy(() -> marked.send(FAR, echo(ECHO, 2)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageStartingWith("cannot send 8 bytes of ICMP to 10.0.0.2: EINVAL");
        }
    }

    @Test
    void linkLocalSource_saysOnWhichLink() {
        IcmpSocketOptions options = IcmpSocketOptions.ipv6().types(Set.of(ECHO_REPLY_6));
        // Those that the kernel makes come with the carrier, some time after the link is up.
        run(near, "ip addr add %s dev eth0 nodad", "fe80::1/64");
        run(far, "ip addr add %s dev eth0 nodad", "fe80::2/64");
        try (IcmpSocket socket = IcmpSocket.open(near.namespace(), options.on(link.index()))) {
            InetAddress destination = IpPrefix.parseAddress("fe80::2");
            socket.send(destination, echo(ECHO_6, 1));
            assertThat(socket.receive(LIMIT).orElseThrow().source().getHostAddress())
                    .endsWith("%" + link.index());
        }
    }

    @Test
    void open_fromAddressOfNobody_saysWhich() {
        IcmpSocketOptions from = IcmpSocketOptions.from(IpPrefix.parseAddress("10.9.9.9"));
        assertThatThrownBy(() -> IcmpSocket.open(near.namespace(), from))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("to 10.9.9.9: EADDRNOTAVAIL");
    }

    @Test
    void send_withoutRouteOrToTheOtherFamily_isRefused() {
        try (IcmpSocket socket = IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv4())) {
            assertThatThrownBy(() -> socket.send(IpPrefix.parseAddress("192.0.2.1"), echo(ECHO, 1)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("ENETUNREACH");
            assertThatThrownBy(() -> socket.send(FAR_6, echo(ECHO_6, 1)))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void send_alongAProhibitingRoute_isNoMatterOfPrivilege() {
        near.run("ip", "route", "add", "prohibit", "192.0.2.0/24");
        try (IcmpSocket socket = IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv4())) {
            byte[] message = echo(ECHO, 1);
            assertThatThrownBy(() -> socket.send(IpPrefix.parseAddress("192.0.2.1"), message))
                    .isInstanceOf(KernelException.class)
                    .hasMessage(
                            "cannot send %d bytes of ICMP to 192.0.2.1: EACCES (13, access denied): a"
                                    + " firewall rule or a prohibiting route forbids it",
                            message.length);
        }
    }

    @Test
    void close_whileAnotherThreadWaits_wakesIt() throws Exception {
        IcmpSocket socket = IcmpSocket.open(near.namespace(), IcmpSocketOptions.ipv4());
        FutureTask<Optional<ReceivedIcmp>> waiting =
                new FutureTask<>(() -> socket.receive(Duration.ofMinutes(5)));
        Thread.ofPlatform().start(waiting);
        socket.close();
        assertThat(waiting.get()).isEmpty();
    }
}
