package dev.weft.linux.link;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Slice;
import java.util.LinkedHashMap;
import java.util.Map;

/// The counters of one namespace's links, without the rest of what the kernel knows about them: for
/// reading those of thousands of links again and again.
public final class Statistics {
    private static final int RTM_GETSTATS = 94;
    private static final int HEADER_BYTES = 12;
    private static final int LINK_64_BIT = 1;

    private final NetlinkSocket socket;

    /// The counters of a socket's namespace.
    ///
    /// @param socket of [dev.weft.linux.netlink.NetlinkProtocol#ROUTE], which stays the caller's
    public Statistics(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// The counters of a link.
    ///
    /// @throws dev.weft.linux.KernelException ENODEV when there is no such link
    public LinkStatistics of(int index) {
        return decode(socket.single(request(index, "read", "statistics of link " + index)))
                .statistics;
    }

    /// The counters of all links, by index.
    ///
    /// @throws dev.weft.linux.KernelException EINTR when links kept coming and going meanwhile
    public Map<Integer, LinkStatistics> list() {
        Map<Integer, LinkStatistics> all = new LinkedHashMap<>();
        socket.dump(request(0, "list", "statistics"), Statistics::decode)
                .consistentRows()
                .forEach(row -> all.put(row.link, row.statistics));
        return all;
    }

    private static NetlinkRequest request(int index, String operation, String object) {
        return NetlinkRequest.of(
                RTM_GETSTATS,
                0,
                header -> header(header, index),
                Attributes.empty(StatisticsAttributes.TABLE),
                operation,
                object);
    }

    /// `struct if_stats_msg`: family, padding, index, which statistics.
    private static void header(ByteWriter writer, int index) {
        writer.zeros(4).s32(index).s32(LINK_64_BIT);
    }

    record Row(int link, LinkStatistics statistics) {}

    static Row decode(NetlinkMessage message) {
        Slice body = message.body();
        Attributes attributes =
                Attributes.decode(StatisticsAttributes.TABLE, body.from(HEADER_BYTES));
        return new Row(
                body.s32(4),
                attributes
                        .find(StatisticsAttributes.LINK)
                        .orElseGet(() -> new LinkStatistics(java.util.List.of())));
    }
}
