package dev.weft.firewall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.event.RulesetEvent.Added;
import dev.weft.firewall.event.RulesetEvent.Generation;
import dev.weft.firewall.event.RulesetEvent.Removed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RulesetEventsKernelIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String ALL_KINDS =
            """
            table inet weft {
                counter hits { }
                set ports { type inet_service; elements = { 22, 80 }; }
                chain web { tcp dport @ports counter name hits accept; }
            }
            """;

    /// The events of one transaction, with its generation as the last.
    private static List<RulesetEvent> transaction(RulesetEvents events) {
        List<RulesetEvent> all = new ArrayList<>();
        do {
            all.add(events.next(LONG).orElseThrow());
        } while (!(all.getLast() instanceof Generation));
        return all;
    }

    private static String words(RulesetEvent event) {
        return switch (event) {
            case Added(Subject subject) -> "+" + words(subject);
            case Removed(Subject subject) -> "-" + words(subject);
            case Generation generation -> generation.process();
            case RulesetEvent.Lost() -> "lost";
            case RulesetEvent.Unknown unknown -> unknown.toString();
        };
    }

    private static String words(Subject subject) {
        String what =
                switch (subject) {
                    case Subject.Named(FirewallObject object) -> object.name();
                    case Subject.OfChain rule -> rule.rule().text();
                    case Subject.OfSet set -> set.set().name() + "*" + set.elements().size();
                };
        return subject.family() + " " + subject.table() + " " + what;
    }

    @Test
    void everyKind_isToldAsWhatItIs_withItsAuthor() {
        try (Sandbox sandbox = new Sandbox();
                RulesetEvents events = RulesetEvents.open(sandbox.namespace())) {
            sandbox.load(ALL_KINDS);
            List<RulesetEvent> made = transaction(events);
            assertThat(made)
                    .extracting(RulesetEventsKernelIT::words)
                    .contains(
                            "+inet weft weft",
                            "+inet weft hits",
                            "+inet weft ports",
                            "+inet weft web",
                            "+inet weft tcp dport @ports counter name \"hits\" accept")
                    .endsWith("nft");
            assertThat(elementsOf(made)).isEqualTo(2);
            assertThat(made.getLast())
                    .isInstanceOfSatisfying(
                            Generation.class,
                            generation -> {
                                assertThat(generation.id())
                                        .isEqualTo(sandbox.nftables().generation());
                                assertThat(generation.processId()).isPositive();
                            });

            sandbox.nft("delete", "table", "inet", "weft");
            assertThat(transaction(events))
                    .extracting(RulesetEventsKernelIT::words)
                    .contains("-inet weft weft", "-inet weft web", "-inet weft hits");
        }
    }

    private static int elementsOf(List<RulesetEvent> events) {
        return events.stream()
                .mapToInt(event ->
                        event instanceof Added(Subject.OfSet set) ? set.elements().size() : 0)
                .sum();
    }

    @Test
    void close_wakesTheReader() throws Exception {
        try (Sandbox sandbox = new Sandbox()) {
            RulesetEvents events = RulesetEvents.open(sandbox.namespace());
            Thread reader = Thread.ofPlatform().start(() -> events.next(Duration.ofHours(1)));
            events.close();
            reader.join(LONG);

            assertThat(reader.isAlive()).isFalse();
        }
    }

    @Test
    void moreThanIsTaken_isLossThatIsTold() {
        try (Sandbox sandbox = new Sandbox();
                RulesetEvents events = RulesetEvents.open(sandbox.namespace())) {
            Floods.overrun(sandbox);
            RulesetEvent last = events.next(LONG).orElseThrow();
            while (!(last instanceof RulesetEvent.Lost)) {
                last = events.next(LONG).orElseThrow();
            }
            while (events.next(Duration.ZERO).isPresent()) {
                // What was queued before the loss.
            }
            sandbox.nft("add", "table", "ip", "after");
            assertThat(words(transaction(events).getFirst())).isEqualTo("+ip after after");
        }
    }
}
