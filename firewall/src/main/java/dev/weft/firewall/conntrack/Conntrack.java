package dev.weft.firewall.conntrack;

import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The connections of one network namespace. From any thread, one exchange at a time.
public final class Conntrack implements AutoCloseable {
    /// `NFNL_SUBSYS_CTNETLINK` in a message's type, with `IPCTNL_MSG_CT_*`.
    private static final int SUBSYSTEM = 1 << 8;

    private static final int NEW = SUBSYSTEM;
    private static final int GET = SUBSYSTEM | 1;
    static final int DELETE = SUBSYSTEM | 2;
    private static final int GET_STATISTICS = SUBSYSTEM | 5;

    /// Requests in one system call: as fast as all at once, in half a megabyte.
    private static final int BATCH = 4096;

    private static final AttributeTable STATISTICS = AttributeTable.named("statistics");
    private static final Attribute<Long> ENTRIES =
            STATISTICS.add(1, "CTA_STATS_GLOBAL_ENTRIES", Codecs.BE_U32);
    private static final Attribute<Long> MOST_ENTRIES =
            STATISTICS.add(2, "CTA_STATS_GLOBAL_MAX_ENTRIES", Codecs.BE_U32);

    private final NetlinkSocket socket;

    /// How full the table is.
    ///
    /// @param entries of this namespace
    /// @param most where the kernel begins to refuse new connections
    public record Usage(long entries, long most) {}

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// The connections of a namespace.
    public static Conntrack open(NetworkNamespace namespace) {
        return new Conntrack(NetlinkSocket.open(NetlinkProtocol.NETFILTER, namespace));
    }

    /// The connections of the caller's namespace.
    public static Conntrack open() {
        return new Conntrack(NetlinkSocket.open(NetlinkProtocol.NETFILTER));
    }

    /// All connections, of both families, in no order. Those that begin or end meanwhile may or may
    /// not be among them.
    public List<Connection> list() {
        return list(ConntrackFilter.all());
    }

    /// Some connections, as [#list()].
    public List<Connection> list(ConntrackFilter filter) {
        DumpFilter inKernel = filter.inKernel();
        Attributes attributes = inKernel.attributes();
        List<Connection> found = new ArrayList<>();
        for (int family : inKernel.families()) {
            NetlinkRequest request = request(GET, 0, family, attributes, "list", "connections");
            Dump<Connection> dump = socket.dump(request, Connection::decode);
            dump.rows().stream().filter(filter::accepts).forEach(found::add);
        }
        return found;
    }

    /// The connection that has a tuple as one of its directions, in zone 0.
    public Optional<Connection> find(Tuple tuple) {
        return find(tuple, 0);
    }

    /// The connection that has a tuple as one of its directions.
    ///
    /// @param zone 0 to 65,535
    public Optional<Connection> find(Tuple tuple, int zone) {
        NetlinkRequest request =
                request(
                        GET,
                        0,
                        tuple.family().number(),
                        named(tuple, zone),
                        "find",
                        describe(tuple));
        try {
            return Optional.of(Connection.decode(socket.single(request)));
        } catch (KernelException failed) {
            return absent(failed);
        }
    }

    private static Optional<Connection> absent(KernelException failed) {
        if (failed.is(Errno.ENOENT)) {
            return Optional.empty();
        }
        throw failed;
    }

    /// Makes an entry, as if its first packet had come; it is there before any rule tracks.
    ///
    /// @throws KernelException EEXIST when one of its tuples is taken, EINVAL when the kernel does
    ///   not track such a protocol that way
    /// @throws InvalidRequestException when it has no timeout
    public void create(ConnectionRequest request) {
        create(List.of(request));
    }

    /// Makes entries, many in one system call; as those of a machine that is taken over from. When
    /// some are refused, the others are made nevertheless.
    ///
    /// @throws KernelException of the first that was refused, see [#create(ConnectionRequest)]
    public void create(List<ConnectionRequest> requests) {
        List<NetlinkRequest> messages =
                requests.stream()
                        .map(request ->
                                request(
                                        NEW,
                                        NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE,
                                        request.family().number(),
                                        request.toMake(),
                                        "create",
                                        request.toString()))
                        .toList();
        List<Refusal> refusals = attempt(messages);
        if (!refusals.isEmpty()) {
            throw refusals.getFirst().exception();
        }
    }

    /// Changes an entry.
    ///
    /// @throws KernelException ENOENT when there is none, EBUSY for a status that cannot be set,
    ///   ENOSPC for labels where it has no room for them
    public void update(ConnectionRequest request) {
        socket.request(
                request(
                        NEW,
                        0,
                        request.family().number(),
                        request.toChange(),
                        "update",
                        request.toString()));
    }

    /// Deletes an entry that was read, and no later one with the same tuples.
    ///
    /// @return whether it was still there
    public boolean delete(Connection connection) {
        return deleteAll(List.of(deletion(connection))) == 1;
    }

    /// Deletes the entry that has a tuple as one of its directions.
    ///
    /// @param zone 0 to 65,535
    /// @return whether there was one
    public boolean delete(Tuple tuple, int zone) {
        return deleteAll(
                        List.of(
                                request(
                                        DELETE,
                                        0,
                                        tuple.family().number(),
                                        named(tuple, zone),
                                        "delete",
                                        describe(tuple))))
                == 1;
    }

    /// Deletes connections: reads the table once and deletes those that are meant, each by tuple
    /// and id. Those that begin meanwhile are not touched.
    ///
    /// @return how many were deleted; not counted are those that ended by themselves meanwhile
    public int delete(ConntrackFilter filter) {
        return deleteAll(list(filter).stream().map(Conntrack::deletion).toList());
    }

    private static NetlinkRequest deletion(Connection connection) {
        return request(
                DELETE,
                0,
                connection.family().number(),
                connection.identity(),
                "delete",
                "connection");
    }

    private int deleteAll(List<NetlinkRequest> requests) {
        List<Refusal> refusals = attempt(requests);
        for (Refusal refusal : refusals) {
            if (!refusal.is(Errno.ENOENT)) {
                throw refusal.exception();
            }
        }
        return requests.size() - refusals.size();
    }

    /// Deletes all connections of both families, apart from those that a flowtable forwards.
    public void flush() {
        socket.request(
                request(
                        DELETE,
                        0,
                        0,
                        Attributes.empty(ConnectionAttributes.TABLE),
                        "flush",
                        "connections"));
    }

    /// How full the table is.
    public Usage usage() {
        NetlinkMessage answer =
                socket.single(
                        request(
                                GET_STATISTICS,
                                0,
                                0,
                                Attributes.empty(STATISTICS),
                                "read",
                                "connection statistics"));
        Attributes statistics =
                Attributes.decode(STATISTICS, answer.body().from(NetfilterHeader.BYTES));
        return new Usage(statistics.orElse(ENTRIES, 0L), statistics.orElse(MOST_ENTRIES, 0L));
    }

    private List<Refusal> attempt(List<NetlinkRequest> requests) {
        List<Refusal> refusals = new ArrayList<>();
        for (int from = 0; from < requests.size(); from += BATCH) {
            int to = Math.min(from + BATCH, requests.size());
            refusals.addAll(socket.attempt(requests.subList(from, to)).values());
        }
        return refusals;
    }

    private static Attributes named(Tuple tuple, int zone) {
        return Attributes.build(
                ConnectionAttributes.TABLE,
                writer -> {
                    writer.put(ConnectionAttributes.ORIGINAL, tuple.encode());
                    if (zone != 0) {
                        writer.put(ConnectionAttributes.ZONE, zone);
                    }
                });
    }

    private static String describe(Tuple tuple) {
        return "connection " + tuple.protocol() + " " + tuple;
    }

    private static NetlinkRequest request(
            int type,
            int flags,
            int family,
            Attributes attributes,
            String operation,
            String object) {
        return new NetlinkRequest(
                type, flags, NetfilterHeader.of(family), attributes, operation, object);
    }

    @Override
    public void close() {
        socket.close();
    }
}
