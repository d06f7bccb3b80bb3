package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.LinkRequest;
import dev.weft.testkit.KernelFeature;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TunQueueKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] ECHO = {8, 0, (byte) 0xf7, (byte) 0xfe, 0, 0, 0, 1};

    private Sandbox sandbox;

    @BeforeAll
    static void assumeAccess() {
        KernelFeature.assumeMachineRoot("open /dev/net/tun");
    }

    @BeforeEach
    void open() {
        sandbox = new Sandbox();
        sandbox.namespace().sysctls().write("1", "net", "ipv6", "conf", "default", "disable_ipv6");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private TunQueue open(TunRequest request) {
        return TunQueue.open(sandbox.namespace(), request);
    }

    private void up(String name, String address) {
        sandbox.run("ip", "addr", "add", address, "dev", name);
        int index = sandbox.links().find(name).orElseThrow().index();
        sandbox.links().change(index, LinkRequest.empty().up());
    }

    private JsonObject data(String name) {
        return sandbox.ipOne("link", "show", "dev", name)
                .getAsJsonObject("linkinfo")
                .getAsJsonObject("info_data");
    }

    @Test
    void read_answersWhatIsRoutedToTheDevice_andWriteComesIn() {
        try (TunQueue tun = open(TunRequest.tun("tun0"));
                IcmpSocket icmp = IcmpSocket.open(sandbox.namespace(), IcmpSocketOptions.ipv4())) {
            up("tun0", "10.5.0.1/24");
            icmp.send(IpPrefix.parseAddress("10.5.0.9"), ECHO);
            byte[] request = tun.read(LIMIT).orElseThrow();
            assertThat(request).hasSize(28).startsWith(0x45).endsWith(ECHO);

            tun.write(answerTo(request));
            ReceivedIcmp reply = icmp.receive(LIMIT).orElseThrow();
            assertThat(reply.source()).isEqualTo(IpPrefix.parseAddress("10.5.0.9"));
            assertThat(reply.message().u8(0)).isZero();
        }
        assertThat(sandbox.links().find("tun0")).isEmpty();
    }

    /// Addresses exchanged, which leaves the header's checksum as it was.
    private static byte[] answerTo(byte[] request) {
        byte[] answer = request.clone();
        System.arraycopy(request, 12, answer, 16, 4);
        System.arraycopy(request, 16, answer, 12, 4);
        answer[20] = 0;
        answer[22] = (byte) 0xff;
        return answer;
    }

    @Test
    void read_ofTap_answersEthernetFrames() {
        try (TunQueue tap = open(TunRequest.tap("tap0"));
                IcmpSocket icmp = IcmpSocket.open(sandbox.namespace(), IcmpSocketOptions.ipv4())) {
            up("tap0", "10.5.0.1/24");
            icmp.send(IpPrefix.parseAddress("10.5.0.9"), ECHO);
            byte[] arp = tap.read(LIMIT).orElseThrow();
            assertThat(arp).hasSize(42);
            assertThat(arp[12] << 8 | arp[13]).isEqualTo(0x0806);
            assertThat(data("tap0").get("type").getAsString()).isEqualTo("tap");
        }
    }

    @Test
    void flagsOwnerGroupAndPersistence_areReadBack() {
        try (TunQueue tun =
                open(
                        TunRequest.tun("tun7", TunFlag.MULTI_QUEUE, TunFlag.VIRTIO_HEADER)
                                .offload(TunOffload.CHECKSUM, TunOffload.TCP_IPV4))) {
            tun.owner(1234);
            tun.group(4321);
            tun.persist(true);
            JsonObject data = data("tun7");
            assertThat(data.get("type").getAsString()).isEqualTo("tun");
            assertThat(data.get("vnet_hdr").getAsBoolean()).isTrue();
            assertThat(data.get("multi_queue").getAsBoolean()).isTrue();
            assertThat(data.get("persist").getAsBoolean()).isTrue();
            assertThat(data.get("pi").getAsBoolean()).isFalse();
            assertThat(data.get("user").getAsInt()).isEqualTo(1234);
            assertThat(data.get("group").getAsInt()).isEqualTo(4321);
            assertThat(sandbox.run("ethtool", "-k", "tun7"))
                    .contains("tx-tcp-segmentation: on")
                    .contains("tx-tcp6-segmentation: off");
        }
        assertThat(sandbox.links().find("tun7")).isPresent();
        try (TunQueue again =
                open(TunRequest.tun("tun7", TunFlag.MULTI_QUEUE, TunFlag.VIRTIO_HEADER))) {
            again.persist(false);
        }
        assertThat(sandbox.links().find("tun7")).isEmpty();
    }

    @Test
    void read_withVirtioHeader_hasItBeforeThePacket() {
        try (TunQueue tun = open(TunRequest.tun("tun0", TunFlag.VIRTIO_HEADER));
                IcmpSocket icmp = IcmpSocket.open(sandbox.namespace(), IcmpSocketOptions.ipv4())) {
            up("tun0", "10.5.0.1/24");
            icmp.send(IpPrefix.parseAddress("10.5.0.9"), ECHO);
            byte[] packet = tun.read(LIMIT).orElseThrow();
            assertThat(packet).hasSize(10 + 28);
            assertThat(packet[10]).isEqualTo((byte) 0x45);
        }
    }

    @Test
    void name_ofPattern_isWhatTheKernelChose() {
        try (TunQueue first = open(TunRequest.tun("weft%d", TunFlag.MULTI_QUEUE));
                TunQueue second = open(TunRequest.tun("weft%d", TunFlag.MULTI_QUEUE));
                TunQueue other = open(TunRequest.tun("weft0", TunFlag.MULTI_QUEUE))) {
            assertThat(first.name()).isEqualTo("weft0");
            assertThat(second.name()).isEqualTo("weft1");
            assertThat(other.name()).isEqualTo("weft0");
            assertThat(data("weft0").get("numqueues").getAsInt()).isEqualTo(2);
        }
    }

    @Test
    void open_ofDeviceThatCannotBeHad_says() {
        try (TunQueue only = open(TunRequest.tun("tun0"))) {
            assertThatThrownBy(() -> open(TunRequest.tun(only.name())))
                    .isInstanceOf(KernelException.class)
                    .hasMessage("cannot open queue of TUN device tun0: EBUSY (16, busy)");
            assertThatThrownBy(() -> open(TunRequest.tap(only.name())))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EINVAL");
            assertThatThrownBy(() -> open(TunRequest.tun(only.name(), TunFlag.EXCLUSIVE)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EBUSY");
        }
        assertThatThrownBy(() -> TunRequest.tun("tun0").offload(TunOffload.CHECKSUM))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("offloads of tun0 need the virtio header, which describes them");
    }

    @Test
    void read_whenTheLinkIsDeleted_saysSo() {
        try (TunQueue tun = open(TunRequest.tun("tun0"))) {
            sandbox.links().delete(sandbox.links().find("tun0").orElseThrow().index());
            assertThatThrownBy(() -> tun.read(LIMIT))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("read from tun0");
        }
    }

    @Test
    void close_whileAnotherThreadReads_wakesIt() throws Exception {
        TunQueue tun = open(TunRequest.tun("tun0"));
        FutureTask<Optional<byte[]>> reading =
                new FutureTask<>(() -> tun.read(Duration.ofMinutes(5)));
        Thread.ofPlatform().start(reading);
        tun.close();
        assertThat(reading.get()).isEmpty();
        assertThat(sandbox.links().find("tun0")).isEmpty();
    }
}
