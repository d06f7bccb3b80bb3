package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.Sandbox;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.tc.MirredAttributes.Way;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A container whose traffic is limited both ways as the CNI bandwidth plugin does it: what goes to
/// it by a token bucket on the host's end of its veth, what comes from it by one on an ifb to which
/// that end redirects.
final class BandwidthKernelIT {
    private static final int PORT = 9000;
    private static final int DATAGRAMS = 40;
    private static final int BYTES = 1000;
    private static final RateLimit RATE = RateLimit.of(1_000_000, 5_000);

    private final Sandbox host = new Sandbox();
    private final Sandbox container = new Sandbox();
    private final Qdiscs qdiscs = new Qdiscs(host.socket());
    private final Link veth = connect();

    @AfterEach
    void close() {
        container.close();
        host.close();
    }

    private Link connect() {
        LinkRequest peer = LinkRequest.named("eth0").in(container.namespace());
        Link end = host.links().create(LinkRequest.veth("web0", peer).up());
        int inner = container.links().find("eth0").orElseThrow().index();
        container.links().change(inner, LinkRequest.empty().up());
        host.run("ip", "address", "add", "10.0.0.1/24", "dev", "web0");
        container.run("ip", "address", "add", "10.0.0.2/24", "dev", "eth0");
        return end;
    }

    @Test
    void tokenBucketOnTheVeth_slowsWhatGoesToTheContainer() throws IOException {
        Qdisc bucket =
                qdiscs.create(QdiscRequest.tbf(veth.index(), TokenBucket.withLimit(RATE, 100_000)));

        Duration taken = transfer(host.namespace(), container.namespace(), "10.0.0.2");

        assertThat(taken).isGreaterThan(atLeast());
        QueueStatistics queue = sent(bucket).queue();
        assertThat(sent(bucket).packets()).isGreaterThanOrEqualTo(DATAGRAMS);
        assertThat(queue.overlimits()).isPositive();
        assertThat(queue.drops()).isZero();
    }

    @Test
    void redirectToAnIfb_slowsWhatComesFromTheContainer() throws IOException {
        Link ifb =
                host.links()
                        .create(LinkRequest.of(new LinkKind("ifb", none(), none()), "ifb0").up());
        Qdisc bucket =
                qdiscs.create(QdiscRequest.tbf(ifb.index(), TokenBucket.withLimit(RATE, 100_000)));
        qdiscs.create(QdiscRequest.ingress(veth.index()));
        Filters filters = new Filters(host.socket());
        FilterRequest redirect =
                FilterRequest.u32(
                        veth.index(),
                        Handle.of(0xffff, 0),
                        U32Selector.everything(),
                        ActionRequest.mirred(Way.REDIRECT_OUT, ifb.index()));
        filters.create(redirect);

        Duration taken = transfer(container.namespace(), host.namespace(), "10.0.0.1");

        assertThat(taken).isGreaterThan(atLeast());
        assertThat(sent(bucket).bytes()).isGreaterThan(DATAGRAMS * BYTES);
        TrafficStatistics redirected =
                filters.list(FilterRequest.on(veth.index(), Handle.of(0xffff, 0))).stream()
                        .flatMap(filter -> filter.actions().stream())
                        .findFirst()
                        .flatMap(Action::statistics)
                        .orElseThrow();
        assertThat(redirected.packets()).isGreaterThanOrEqualTo(DATAGRAMS);
    }

    private static <T> java.util.Optional<T> none() {
        return java.util.Optional.empty();
    }

    /// What the rate alone needs for the payload that is beyond the burst.
    private static Duration atLeast() {
        long beyond = DATAGRAMS * (long) BYTES - RATE.burstBytes();
        return Duration.ofMillis(beyond * 1000 / RATE.bytesPerSecond());
    }

    private TrafficStatistics sent(Qdisc qdisc) {
        return qdiscs.list(qdisc.linkIndex()).stream()
                .filter(row -> row.handle().equals(qdisc.handle()))
                .findFirst()
                .flatMap(Qdisc::statistics)
                .orElseThrow();
    }

    /// Sends datagrams and waits for the last of them.
    private static Duration transfer(NetworkNamespace from, NetworkNamespace to, String address)
            throws IOException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(address), PORT);
        try (DatagramSocket receiver = to.open(() -> bound(target));
                DatagramSocket sender = from.open(() -> bound(new InetSocketAddress(0)))) {
            long start = System.nanoTime();
            byte[] payload = new byte[BYTES];
            for (int i = 0; i < DATAGRAMS; i++) {
                sender.send(new DatagramPacket(payload, BYTES, target));
            }
            for (int i = 0; i < DATAGRAMS; i++) {
                receiver.receive(new DatagramPacket(payload, BYTES));
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static DatagramSocket bound(InetSocketAddress address) {
        try {
            DatagramSocket socket = new DatagramSocket(address);
            socket.setSoTimeout(5000);
            return socket;
        } catch (java.net.SocketException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
