package dev.weft.cli.lab;

import dev.weft.cli.lab.Sighting.Direction;
import dev.weft.cli.lab.Situation.Experiment;
import dev.weft.cli.lab.Situation.Observation;
import dev.weft.cli.lab.Situation.Phrase;
import dev.weft.cli.lab.Trial.Service;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteAnswer;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.RouteType;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What situations try: pings that should be answered or not, and seen at a device or not; an
/// exchange over TCP; questions to routing tables.
final class Experiments {
    static final Duration REPLY_LIMIT = Duration.ofSeconds(2);

    /// How long nothing must come before it counts as no reply.
    private static final Duration SILENCE = Duration.ofMillis(200);

    private static final Set<String> ICMP = Set.of("ICMP");
    private static final Set<String> ARP_AND_ICMP = Set.of("ARP", "ICMP");
    private static final Set<String> TCP = Set.of("TCP");
    private static final String AS_ROUTED = "";

    /// One greeting in each of the languages that the program speaks.
    private static final String GREETINGS = "Hello, container! 你好，容器！";

    private Experiments() {}

    /// A ping that is answered.
    static Experiment ping(String from, String to) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(from, AS_ROUTED, to, REPLY_LIMIT);
            return new Observation(reply.isPresent(), pinged(reply), trial.trails(ICMP));
        };
    }

    /// A ping that is not answered.
    static Experiment pingSilent(String from, String to) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(from, AS_ROUTED, to, SILENCE);
            return new Observation(reply.isEmpty(), pinged(reply), trial.trails(ARP_AND_ICMP));
        };
    }

    /// A ping that is answered, and whose packets a device sends or receives.
    static Experiment pingPast(String from, String to, String node, String device) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(from, AS_ROUTED, to, REPLY_LIMIT);
            List<Trail> trails = trial.trails(ICMP);
            boolean passed = passes(trails, node, device, Direction.OUT);
            Phrase observed = passed ? with(reply, "answered-past", node, device) : pinged(reply);
            return new Observation(reply.isPresent() && passed, observed, trails);
        };
    }

    /// As above, in the pinging namespace itself.
    static Experiment pingPast(String from, String to, String device) {
        return pingPast(from, to, from, device);
    }

    /// A ping that is answered without a device taking part.
    static Experiment pingAvoiding(String from, String to, String node, String device) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(from, AS_ROUTED, to, REPLY_LIMIT);
            List<Trail> trails = trial.trails(ICMP);
            boolean avoided = !passes(trails, node, device, Direction.OUT);
            Phrase observed =
                    avoided ? with(reply, "answered-avoiding", node, device) : pinged(reply);
            return new Observation(reply.isPresent() && avoided, observed, trails);
        };
    }

    /// A ping whose request leaves by a device with a source address, and that is not answered.
    static Experiment pingUnanswered(
            String from, String to, String node, String device, String source) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(from, AS_ROUTED, to, SILENCE);
            List<Trail> trails = trial.trails(ICMP);
            boolean left =
                    trails.stream()
                            .flatMap(trail -> trail.hops().stream())
                            .anyMatch(hop ->
                                    hop.isAt(node, device, Direction.OUT)
                                            && hop.source().equals(source));
            Phrase observed =
                    left && reply.isEmpty()
                            ? Phrase.of("left-unanswered", node, device, source)
                            : pinged(reply);
            return new Observation(left && reply.isEmpty(), observed, trails);
        };
    }

    /// A ping whose request reaches a device, and that is not answered.
    static Experiment pingStopped(String from, String to, String node, String device) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(from, AS_ROUTED, to, SILENCE);
            return stopped(reply, trial.trails(ICMP), node, device);
        };
    }

    /// A ping bound to a device, whose ARP question reaches another device of the same namespace
    /// and is not answered.
    static Experiment pingRefused(String node, String device, String to, String otherDevice) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(node, device, to, SILENCE);
            return stopped(reply, trial.trails(ARP_AND_ICMP), node, otherDevice);
        };
    }

    private static Observation stopped(
            Optional<Ping.Reply> reply, List<Trail> trails, String node, String device) {
        boolean arrived = passes(trails, node, device, Direction.IN);
        Phrase observed =
                arrived && reply.isEmpty()
                        ? Phrase.of("passed-unanswered", node, device)
                        : pinged(reply);
        return new Observation(arrived && reply.isEmpty(), observed, trails);
    }

    /// A ping bound to a device, that is answered and whose request reaches another device of the
    /// same namespace.
    static Experiment pingAcross(String node, String device, String to, String otherDevice) {
        return trial -> {
            Optional<Ping.Reply> reply = trial.ping(node, device, to, REPLY_LIMIT);
            List<Trail> trails = trial.trails(ARP_AND_ICMP);
            boolean crossed =
                    passes(
                            trails.stream()
                                    .filter(trail -> trail.flow().protocol().equals("ICMP"))
                                    .toList(),
                            node,
                            otherDevice,
                            Direction.IN);
            Phrase observed =
                    crossed ? with(reply, "answered-past", node, otherDevice) : pinged(reply);
            return new Observation(reply.isPresent() && crossed, observed, trails);
        };
    }

    /// A text sent over TCP that comes back.
    static Experiment echo(String from, String to, int port, String serviceNode, int servicePort) {
        return trial -> {
            Service service = new Service(serviceNode, servicePort);
            try {
                String echoed = trial.echo(service, from, to, port, GREETINGS);
                Phrase observed = Phrase.of("echoed", echoed);
                return new Observation(echoed.equals(GREETINGS), observed, trial.trails(TCP));
            } catch (IOException failed) {
                Phrase observed = Phrase.of("echo-failed", String.valueOf(failed.getMessage()));
                return new Observation(false, observed, trial.trails(TCP));
            }
        };
    }

    /// A route by a gateway.
    static Experiment routedBy(String node, RouteQuestion question, String gateway) {
        Optional<InetAddress> expected = Optional.of(IpPrefix.parseAddress(gateway));
        return routed(node, question, route -> route.gateway().equals(expected));
    }

    /// A route to the node itself.
    static Experiment routedLocally(String node, RouteQuestion question) {
        return routed(
                node,
                question,
                route -> route.type().equals(RouteType.LOCAL) && route.table() == RouteTable.LOCAL);
    }

    private static Experiment routed(
            String node, RouteQuestion question, Predicate<Route> expected) {
        return trial -> {
            RouteAnswer answer = trial.route(node, question);
            boolean asExpected =
                    answer instanceof RouteAnswer.Found(Route route) && expected.test(route);
            Phrase observed = answered(answer, trial.linkNames(node));
            return new Observation(asExpected, observed, List.of());
        };
    }

    /// No route.
    static Experiment refused(String node, RouteQuestion question, Errno errno) {
        return trial -> {
            RouteAnswer answer = trial.route(node, question);
            boolean asExpected =
                    answer instanceof RouteAnswer.Refused(int number) && number == errno.number();
            Phrase observed = answered(answer, trial.linkNames(node));
            return new Observation(asExpected, observed, List.of());
        };
    }

    private static Phrase answered(RouteAnswer answer, LinkNames names) {
        return switch (answer) {
            case RouteAnswer.Found(Route route) -> Phrase.of("route", names.text(route));
            case RouteAnswer.Refused(int errno) -> Phrase.of("refused", Errno.describe(errno));
        };
    }

    private static Phrase pinged(Optional<Ping.Reply> reply) {
        return reply.map(got -> Phrase.of("answered", got.sender(), got.timeToLive()))
                .orElseGet(() -> Phrase.of("unanswered"));
    }

    private static Phrase with(Optional<Ping.Reply> reply, String key, String node, String device) {
        return reply.map(got -> Phrase.of(key, got.sender(), node, device))
                .orElseGet(() -> Phrase.of("unanswered"));
    }

    private static boolean passes(
            List<Trail> trails, String node, String device, Direction direction) {
        return trails.stream()
                .flatMap(trail -> trail.hops().stream())
                .anyMatch(hop -> hop.isAt(node, device, direction));
    }
}
