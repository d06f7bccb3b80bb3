package dev.weft.firewall.desired;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What makes a table that is there the one that is wanted, in the order in which the kernel takes
/// it: what refers goes before what is referred to, and comes after it.
///
/// ```java
/// nftables.apply(() -> Difference.between(Optional.of(nftables.read(table)), wanted).toBatch());
/// ```
///
/// Nothing but this table is in it.
///
/// @param table that it is about
public record Difference(Table table, List<Change> changes) {
    public Difference {
        changes = List.copyOf(changes);
    }

    /// Compares. Handles, counters, used quotas and what of times is left make no difference, and
    /// neither do the names of sets and chains that belong to one rule.
    ///
    /// Rules that stay keep their handles and counters. Elements of dynamic sets belong to the
    /// packets that add them: they are left as they are.
    ///
    /// @param actual as it was read; nothing when there is no such table
    /// @throws dev.weft.linux.InvalidRequestException when something wanted says another table, or
    ///   is there twice
    public static Difference between(Optional<TableContent> actual, TableContent wanted) {
        return between(actual, wanted, new Decoded());
    }

    static Difference between(Optional<TableContent> actual, TableContent wanted, Decoded decoded) {
        return new Difference(wanted.table(), Comparison.of(actual, wanted, decoded));
    }

    /// The removal of a table that is there.
    public static Difference removal(Table table) {
        return new Difference(table, List.of(new Change.Removed(table)));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// Puts the changes into a batch, behind what is there.
    public void addTo(Batch batch) {
        changes.forEach(change -> change.addTo(batch));
    }

    /// The changes as one transaction.
    public Batch toBatch() {
        Batch batch = new Batch();
        addTo(batch);
        return batch;
    }

    /// A line for each change.
    @Override
    public String toString() {
        return changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }
}
