package dev.weft.linux.tc;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The disciplines, classes or filters of one namespace, and what can be done with them.
///
/// @param <R> what is asked
/// @param <T> what is read
public abstract sealed class TrafficTable<R extends TrafficRequest<R>, T extends TrafficObject>
        permits Qdiscs, TrafficClasses, Filters {
    private static final int DELETE = 1;
    private static final int GET = 2;

    private final NetlinkSocket socket;
    private final int newType;
    private final String noun;
    private final Function<NetlinkMessage, T> decoder;

    /// @param newType the number of the message that creates; the ones that delete and read follow
    TrafficTable(
            NetlinkSocket socket, int newType, String noun, Function<NetlinkMessage, T> decoder) {
        this.socket = socket;
        this.newType = newType;
        this.noun = noun;
        this.decoder = decoder;
    }

    /// Creates an object and tells what the kernel made of it.
    ///
    /// @throws KernelException EEXIST when there is one already, ENOENT or EOPNOTSUPP when this
    ///   kernel lacks the kind
    public T create(R request) {
        return made(request, "create", NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE);
    }

    /// Creates an object, in the place of another one if there is one.
    public T replace(R request) {
        return made(request, "replace", NetlinkFlags.CREATE | NetlinkFlags.REPLACE);
    }

    /// Changes an object that is there: what the request names, as far as its kind can.
    public T change(R request) {
        return made(request, "change", 0);
    }

    /// Deletes an object, and with a discipline or a class all that is under it.
    public void delete(R request) {
        socket.request(message(newType + DELETE, request, "delete"));
    }

    /// The object of a name and place.
    ///
    /// The kernel answers as if the object had just been made: to everyone who listens for changes,
    /// and to the asker only with the echo flag (`qdisc_get_notify` in `net/sched/sch_api.c`).
    public Optional<T> find(R request) {
        NetlinkRequest message = message(newType + GET, request, "find").with(NetlinkFlags.ECHO);
        try {
            return Optional.of(decoder.apply(socket.single(message)));
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /// All objects of the request's link, and, of filters, of its parent. The kernel may answer for
    /// all links; the others are left out here.
    List<T> rows(R request) {
        int link = request.header().linkIndex();
        return socket
                .dump(message(newType + GET, request, "list"), decoder)
                .consistentRows()
                .stream()
                .filter(row -> row.linkIndex() == link)
                .toList();
    }

    /// What took another one's place is told after the end of that one.
    private T made(R request, String operation, int flags) {
        NetlinkRequest message =
                message(newType, request, operation).with(flags | NetlinkFlags.ECHO);
        return socket.request(message).stream()
                .filter(answer -> answer.type() == newType)
                .reduce((earlier, later) -> later)
                .map(decoder)
                .orElseThrow(() ->
                        KernelException.of(
                                Errno.ENODATA.number(), message.operation(), message.object()));
    }

    private NetlinkRequest message(int type, R request, String operation) {
        return NetlinkRequest.of(
                type,
                0,
                request.header()::encode,
                request.attributes(),
                operation,
                noun + " " + request);
    }
}
