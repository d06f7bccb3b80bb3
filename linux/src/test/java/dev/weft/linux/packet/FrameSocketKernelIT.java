package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.Link;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FrameSocketKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

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

    private FrameSocket open(Link link) {
        return FrameSocket.open(
                sandbox.namespace(), PacketSocketOptions.on(link.index()).ignoreOutgoing());
    }

    @Test
    void await_tellsWhichSocketHasAFrame_andNotWhatItSentItself() {
        try (FrameSocket one = open(left);
                FrameSocket other = open(right);
                FramePoll poll = new FramePoll()) {
            byte[] frame = Frames.broadcast(Frames.EXPERIMENTAL, 46);
            one.send(frame);
            assertThat(poll.await(List.of(one, other), LIMIT)).containsExactly(other);
            ReceivedFrame received = poll.receive(other).orElseThrow();
            assertThat(received.bytes().bytes()).isEqualTo(frame);
            assertThat(poll.receive(other)).isEmpty();
            assertThat(poll.receive(one)).isEmpty();
            assertThat(poll.await(List.of(one, other), Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void wake_endsOneWait() {
        try (FrameSocket socket = open(left);
                FramePoll poll = new FramePoll()) {
            poll.wake();
            long start = System.nanoTime();
            assertThat(poll.await(List.of(socket), LIMIT)).isEmpty();
            assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
            assertThat(poll.await(List.of(socket), Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void linkThatGoes_isToldOnce() {
        try (FrameSocket socket = open(left);
                FramePoll poll = new FramePoll()) {
            sandbox.links().delete(left.index());
            assertThat(poll.await(List.of(socket), LIMIT)).containsExactly(socket);
            assertThatThrownBy(() -> poll.receive(socket))
                    .asInstanceOf(InstanceOfAssertFactories.type(KernelException.class))
                    .matches(failed -> failed.is(Errno.ENETDOWN));
            assertThat(poll.receive(socket)).isEmpty();
        }
    }

    @Test
    void allLinksAtOnce_areRefused() {
        assertThatThrownBy(() ->
                        FrameSocket.open(sandbox.namespace(), PacketSocketOptions.onAllLinks()))
                .isInstanceOf(InvalidRequestException.class);
    }
}
