package dev.weft.firewall.desired;

import dev.weft.firewall.event.RulesetEvent;
import dev.weft.linux.LinuxException;
import java.time.Duration;
import java.util.List;

/// What a guard tells.
public sealed interface GuardEvent {
    /// Tables were not as they should be, and are again.
    ///
    /// @param by who changed the ruleset since the guard looked last, the latest few; empty when
    ///   the kernel did not tell
    /// @param differences of each table that was repaired
    /// @param took from when the guard heard of it to the end of the repair, without the time it
    ///   waited to let others be heard
    record Repaired(List<RulesetEvent.Generation> by, List<Difference> differences, Duration took)
            implements GuardEvent {
        public Repaired {
            by = List.copyOf(by);
            differences = List.copyOf(differences);
        }
    }

    /// The kernel refused; the guard tries again, and tells it again only when the reason changes.
    record Refused(LinuxException reason) implements GuardEvent {}

    /// The kernel lost events, as too many came; the guard looks for itself what is there.
    record Lost() implements GuardEvent {}
}
