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

/// What an experiment has at hand: the network, and every frame on it.
final class Trial implements AutoCloseable {
    private final Network network;
    private final Capture capture;
    private final List<Sighting> seen = new ArrayList<>();
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
    Optional<Ping.Reply> ping(String from, String device, String to, Duration limit) {
        lastPing++;
        return Ping.send(network.node(from), device, IpPrefix.parseAddress(to), lastPing, limit);
    }

    /// Sends a text to an address and port, where it should reach a service in a namespace.
    ///
    /// @return what came back
    String echo(Service service, String from, String to, int port, String text) throws IOException {
        try (EchoExchange exchange =
                EchoExchange.listen(
                        network.node(service.node), service.port, Experiments.REPLY_LIMIT)) {
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
    }

    /// The ways of the packets of some protocols since [#begin]. A ping of an earlier situation,
    /// which may have waited for its neighbour until now, is left out.
    List<Trail> trails(Set<String> protocols) {
        List<Sighting> sightings = capture.drain();
        seen.addAll(sightings);
        return Trail.of(sightings).stream()
                .filter(trail -> protocols.contains(trail.flow().protocol()))
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
