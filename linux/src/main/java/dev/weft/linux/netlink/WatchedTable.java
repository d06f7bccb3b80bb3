package dev.weft.linux.netlink;

import java.util.List;
import java.util.Map;

/// A table of the kernel that a [Watch] can follow: how to read it whole, and what each
/// notification says about its rows.
///
/// @param <K> tells rows apart
/// @param <T> a row
public interface WatchedTable<K, T> {
    /// What it holds, for messages: "routes".
    String name();

    /// The multicast groups whose messages say that it changed, in part or indirectly.
    int[] groups();

    /// Reads all rows.
    Dump<T> dump(NetlinkSocket socket);

    /// What identifies a row while it changes.
    K key(T row);

    /// What a notification says; nothing when it is about something else.
    ///
    /// @param rows the table as known before this message
    List<Update<T>> updates(NetlinkMessage message, Map<K, T> rows);

    /// Whether two readings of a row differ in nothing that matters. Tables whose rows carry clocks
    /// and counters leave those out.
    default boolean same(T before, T after) {
        return before.equals(after);
    }

    /// What a notification says about a row.
    sealed interface Update<T> {
        /// The row is there, like this.
        record Present<T>(T row) implements Update<T> {}

        /// The row is gone.
        record Absent<T>(T row) implements Update<T> {}

        /// The kernel changes rows here without saying which: the table has to be read again.
        record Unknown<T>() implements Update<T> {}
    }
}
