package dev.weft.cli.lab;

import dev.weft.cli.lab.Sighting.Direction;
import dev.weft.cli.lab.Situation.Experiment;
import dev.weft.cli.lab.Situation.Observation;
import dev.weft.cli.lab.Situation.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A ping that should be answered or not, and that a device should have to do with or not.
///
/// @param from the namespace that pings
/// @param device sent out through this link whatever the routes say; empty for as they say
/// @param to the address
/// @param isAnswered whether a reply should come
/// @param passage what a device should have done, if that matters
record PingExperiment(
        String from, String device, String to, boolean isAnswered, Optional<Passage> passage)
        implements Experiment {
    private static final String ICMP = "ICMP";
    private static final String ARP = "ARP";

    /// What a device should do, or not, with the packets.
    ///
    /// @param protocol of the packets: of the ping, or of the question for its neighbour
    /// @param source what it should send them as, where that matters
    /// @param isExpected whether it should do it at all
    record Passage(
            String protocol,
            String node,
            String device,
            Direction direction,
            Optional<String> source,
            boolean isExpected) {

        private Optional<Trail.Hop> find(List<Trail> trails) {
            return trails.stream()
                    .filter(trail -> trail.flow().protocol().equals(protocol))
                    .flatMap(trail -> trail.hops().stream())
                    .filter(hop -> hop.isAt(node, device, direction))
                    .findFirst();
        }

        private boolean isAsExpected(List<Trail> trails) {
            Optional<Trail.Hop> hop = find(trails);
            return isExpected
                    ? hop.filter(seen -> source.isEmpty() || source.get().equals(seen.source()))
                            .isPresent()
                    : hop.isEmpty();
        }

        private Phrase observed(List<Trail> trails) {
            String what = direction == Direction.OUT ? "sent" : "received";
            return find(trails)
                    .map(hop -> Phrase.of(what, node, device, hop.source()))
                    .orElseGet(() -> Phrase.of("not-" + what, node, device));
        }
    }

    /// A ping that should be answered.
    static PingExperiment answered(String from, String to) {
        return new PingExperiment(from, "", to, true, Optional.empty());
    }

    /// A ping that should not be answered.
    static PingExperiment unanswered(String from, String to) {
        return new PingExperiment(from, "", to, false, Optional.empty());
    }

    /// Sent out through a link whatever the routes say.
    PingExperiment boundTo(String link) {
        return new PingExperiment(from, link, to, isAnswered, passage);
    }

    /// And a device should send its packets.
    PingExperiment sentBy(String node, String link) {
        return with(new Passage(ICMP, node, link, Direction.OUT, Optional.empty(), true));
    }

    /// And a device should send its first packet as coming from an address.
    PingExperiment sentBy(String node, String link, String source) {
        return with(new Passage(ICMP, node, link, Direction.OUT, Optional.of(source), true));
    }

    /// And a device should send none of its packets.
    PingExperiment notSentBy(String node, String link) {
        return with(new Passage(ICMP, node, link, Direction.OUT, Optional.empty(), false));
    }

    /// And a device should receive its packets.
    PingExperiment receivedBy(String node, String link) {
        return with(new Passage(ICMP, node, link, Direction.IN, Optional.empty(), true));
    }

    /// And a device should receive the question for the neighbour that it needs.
    PingExperiment questionReceivedBy(String node, String link) {
        return with(new Passage(ARP, node, link, Direction.IN, Optional.empty(), true));
    }

    private PingExperiment with(Passage expected) {
        return new PingExperiment(from, device, to, isAnswered, Optional.of(expected));
    }

    @Override
    public Observation run(Trial trial) {
        Optional<Ping.Reply> reply =
                isAnswered
                        ? trial.ping(from, device, to)
                        : trial.pingInVain(from, device, to, this::isPassed);
        List<Trail> trails = trial.trails(showsNeighbours() ? Set.of(ARP, ICMP) : Set.of(ICMP));
        boolean asExpected = reply.isPresent() == isAnswered && isPassed(trails);
        return new Observation(asExpected, observed(reply, trails), trails);
    }

    /// Whether the device did what it should; without one, whether there was any packet.
    private boolean isPassed(List<Trail> trails) {
        return passage.map(expected -> expected.isAsExpected(trails)).orElse(!trails.isEmpty());
    }

    /// Neighbours are worth showing where a ping gets no further than asking for one, and where its
    /// way is no ordinary one.
    private boolean showsNeighbours() {
        return !device.isEmpty() || (!isAnswered && passage.isEmpty());
    }

    private List<Phrase> observed(Optional<Ping.Reply> reply, List<Trail> trails) {
        List<Phrase> phrases = new ArrayList<>();
        passage.ifPresent(expected -> phrases.add(expected.observed(trails)));
        phrases.add(
                reply.map(got -> Phrase.of("answered", got.sender(), got.timeToLive()))
                        .orElseGet(() -> Phrase.of("unanswered")));
        return phrases;
    }
}
