package dev.weft.firewall.desired;

import dev.weft.firewall.Table;
import dev.weft.firewall.event.RulesetEvent;
import dev.weft.firewall.event.RulesetEvent.Generation;
import dev.weft.firewall.event.Subject;
import dev.weft.firewall.value.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether tables may have been changed, and by whom: what the events say so far. For one thread.
final class Suspicion {
    /// Who is told of at most.
    private static final int MOST = 16;

    private final List<Generation> by = new ArrayList<>();
    private boolean touched;
    private boolean due;

    /// Which table it is.
    record TableName(Family family, String name) {
        static TableName of(Table table) {
            return new TableName(table.family(), table.name());
        }

        static Set<TableName> all(Collection<Table> tables) {
            return tables.stream().map(TableName::of).collect(Collectors.toUnmodifiableSet());
        }
    }

    /// Takes an event into account.
    ///
    /// @param ours the tables it is about
    /// @param known the generation up to which all is known
    void take(RulesetEvent event, Set<TableName> ours, int known) {
        switch (event) {
            case RulesetEvent.Added(Subject subject) -> touched |= isOf(ours, subject);
            case RulesetEvent.Removed(Subject subject) -> touched |= isOf(ours, subject);
            case Generation generation -> {
                if (touched && generation.id() - known > 0) {
                    due = true;
                    note(generation);
                }
                touched = false;
            }
            case RulesetEvent.Lost() -> due = true;
            case RulesetEvent.Unknown _ -> {
                // Of a later kernel: nothing that a table here could say.
            }
        }
    }

    private static boolean isOf(Set<TableName> ours, Subject subject) {
        return ours.contains(new TableName(subject.family(), subject.table()));
    }

    private void note(Generation generation) {
        by.removeIf(other -> other.processId() == generation.processId());
        by.add(generation);
        if (by.size() > MOST) {
            by.removeFirst();
        }
    }

    /// No generation followed: devices vanish without one, and quotas run out.
    void takeSilence() {
        due |= touched;
        touched = false;
    }

    /// Looking is called for, whatever the events say.
    void raise() {
        due = true;
    }

    /// Whether the generation of what was heard is yet to come.
    boolean isOpen() {
        return touched;
    }

    /// Whether to look.
    boolean isDue() {
        return due;
    }

    /// Who it was, each process with its latest change.
    List<Generation> by() {
        return List.copyOf(by);
    }

    /// All is known again.
    void settle() {
        due = false;
        by.clear();
    }
}
