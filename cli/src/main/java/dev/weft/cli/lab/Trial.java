package dev.weft.cli.lab;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.route.RouteAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What an experiment has at hand: the network, and every frame on it.
final class Trial implements AutoCloseable {
    /// Generous: it is only ever used up when a lab fails.
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(10);

    /// How long no device must see anything before nothing more is expected. A neighbour that does
    /// not answer is asked again after a second (`retrans_time_ms` of its table).
    private static final Duration SILENCE = Duration.ofMillis(100);

    private final Network network;
    private final Capture capture;
    private final List<Sighting> seen = new ArrayList<>();
    private int begun;
    private int lastPing;

    private Trial(Network network, Capture capture) {
        this.network = network;
        this.capture = capture;
    }

    static Trial on(Network network) {
        return new Trial(network, Capture.of(network));
    }

    /// Pings from a namespace.
    ///
    /// @param device sent out through this link whatever the routes say; empty for as they say
    Optional<Ping.Reply> ping(String from, String device, String to) {
        try (Ping ping = send(from, device, to)) {
            return ping.await(REPLY_LIMIT);
        }
    }

    /// Pings where no reply should come: waits for none any longer once a packet was seen where it
    /// should be, and then no device has seen any for a while. So the answer does not depend on how
    /// fast the machine is.
    ///
    /// @param device as above
    /// @param sign whether what must be seen has been
    Optional<Ping.Reply> pingInVain(
            String from, String device, String to, Predicate<List<Trail>> sign) {
        long deadline = System.nanoTime() + REPLY_LIMIT.toNanos();
        List<Trail> before = List.of();
        try (Ping ping = send(from, device, to)) {
            while (true) {
                Optional<Ping.Reply> reply = ping.await(SILENCE);
                List<Trail> trails = trails();
                boolean settled = trails.equals(before) && sign.test(trails);
                if (reply.isPresent() || settled || System.nanoTime() > deadline) {
                    return reply;
                }
                before = trails;
            }
        }
    }

    private Ping send(String from, String device, String to) {
        lastPing++;
        return Ping.send(network.node(from), device, IpPrefix.parseAddress(to), lastPing);
    }

    /// Sends a text to an address and port, where it should reach a service in a namespace.
    ///
    /// @return what came back
    String echo(Service service, String from, String to, int port, String text) throws IOException {
        try (EchoExchange exchange =
                EchoExchange.listen(network.node(service.node), service.port, REPLY_LIMIT)) {
            InetAddress address = IpPrefix.parseAddress(to);
            return exchange.exchange(network.node(from), address, port, text);
        }
    }

    /// Where a service listens.
    record Service(String node, int port) {}

    /// Asks a namespace's routing tables.
    RouteAnswer route(String node, RouteQuestion question) {
        return network.node(node).route(question);
    }

    LinkNames linkNames(String node) {
        return network.node(node).linkNames();
    }

    /// Forgets nothing, but lets what happened so far be no part of the next trails.
    void begin() {
        seen.addAll(capture.drain());
        begun = seen.size();
    }

    /// The ways of the packets of some protocols since [#begin]. A ping of an earlier situation,
    /// which may have waited for its neighbour until now, is left out.
    List<Trail> trails(Set<String> protocols) {
        return trails().stream()
                .filter(trail -> protocols.contains(trail.flow().protocol()))
                .toList();
    }

    private List<Trail> trails() {
        seen.addAll(capture.drain());
        return Trail.of(seen.subList(begun, seen.size())).stream()
                .filter(trail -> !trail.flow().isEchoBefore(lastPing))
                .toList();
    }

    /// Everything seen since the trial began.
    List<Sighting> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        capture.close();
    }
}
