package dev.weft.cli.lab;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What situations try, beside pings: an exchange over TCP, and questions to routing tables.
final class Experiments {
    private static final Set<String> TCP = Set.of("TCP");

    /// One greeting in each of the languages that the program speaks.
    private static final String GREETINGS = "Hello, container! 你好，容器！";

    private Experiments() {}

    /// A text sent over TCP that comes back.
    static Experiment echo(String from, String to, int port, Service service) {
        return trial -> {
            try {
                String echoed = trial.echo(service, from, to, port, GREETINGS);
                Phrase observed = Phrase.of("echoed", echoed);
                return new Observation(
                        echoed.equals(GREETINGS), List.of(observed), trial.trails(TCP));
            } catch (IOException failed) {
                Phrase observed = Phrase.of("echo-failed", String.valueOf(failed.getMessage()));
                return new Observation(false, List.of(observed), trial.trails(TCP));
            }
        };
    }

    /// A route by a gateway.
    static Experiment routedBy(String node, RouteQuestion question, String gateway) {
        Optional<InetAddress> expected = Optional.of(IpPrefix.parseAddress(gateway));
        return routed(node, question, route -> route.gateway().equals(expected));
    }

    /// A route to the node itself, out of the table for such.
    static Experiment routedLocally(String node, RouteQuestion question) {
        return routed(
                node,
                question,
                route -> route.type().equals(RouteType.LOCAL) && route.table() == RouteTable.LOCAL);
    }

    private static Experiment routed(
            String node, RouteQuestion question, Predicate<Route> expected) {
        return asked(
                node,
                question,
                answer -> answer instanceof RouteAnswer.Found(Route route) && expected.test(route));
    }

    /// No route.
    static Experiment refused(String node, RouteQuestion question, Errno errno) {
        return asked(
                node,
                question,
                answer ->
                        answer instanceof RouteAnswer.Refused(int number)
                                && number == errno.number());
    }

    private static Experiment asked(
            String node, RouteQuestion question, Predicate<RouteAnswer> expected) {
        return trial -> {
            RouteAnswer answer = trial.route(node, question);
            Phrase observed = observed(answer, trial.linkNames(node));
            return new Observation(expected.test(answer), List.of(observed), List.of());
        };
    }

    private static Phrase observed(RouteAnswer answer, LinkNames names) {
        return switch (answer) {
            case RouteAnswer.Found(Route route) -> Phrase.of("route", names.text(route));
            case RouteAnswer.Refused(int errno) -> Phrase.of("refused", Errno.describe(errno));
        };
    }
}
