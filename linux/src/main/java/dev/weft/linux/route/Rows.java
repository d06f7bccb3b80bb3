package dev.weft.linux.route;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable.Update;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Dumps of tables that several families share: only the messages that are a row count.
final class Rows {
    private Rows() {}

    static <T> Dump<T> dump(
            NetlinkSocket socket,
            NetlinkRequest request,
            Function<NetlinkMessage, Optional<T>> decoder) {
        Dump<Optional<T>> all = socket.dump(request, decoder);
        return new Dump<>(all.rows().stream().flatMap(Optional::stream).toList(), all.consistent());
    }

    /// As [#dump], of a part of a table that may not exist.
    ///
    /// @param none how the kernel says so
    static <T> Dump<T> dump(
            NetlinkSocket socket,
            NetlinkRequest request,
            Function<NetlinkMessage, Optional<T>> decoder,
            Errno none) {
        try {
            return dump(socket, request, decoder);
        } catch (KernelException failed) {
            if (failed.is(none)) {
                return new Dump<>(List.of(), true);
            }
            throw failed;
        }
    }

    /// A notification that a row is there, if it is a row.
    static <T> List<Update<T>> present(Optional<T> row) {
        return row.<List<Update<T>>>map(it -> List.of(new Update.Present<>(it))).orElse(List.of());
    }

    /// A notification that a row is gone, if it was a row.
    static <T> List<Update<T>> absent(Optional<T> row) {
        return row.<List<Update<T>>>map(it -> List.of(new Update.Absent<>(it))).orElse(List.of());
    }
}
