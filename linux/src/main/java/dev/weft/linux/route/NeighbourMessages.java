package dev.weft.linux.route;

import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;

/// The requests that neighbours and forwarding entries share.
record NeighbourMessages(NetlinkSocket socket) {
    static final int RTM_NEWNEIGH = 28;
    static final int RTM_DELNEIGH = 29;
    static final int RTM_GETNEIGH = 30;

    static final int ADD = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
    static final int REPLACE = NetlinkFlags.CREATE | NetlinkFlags.REPLACE;
    static final int APPEND = NetlinkFlags.CREATE | NetlinkFlags.APPEND;

    void make(String operation, int flags, int linkIndex, NeighbourRequest request) {
        send(RTM_NEWNEIGH, flags, operation, linkIndex, request);
    }

    void delete(int linkIndex, NeighbourRequest request) {
        send(RTM_DELNEIGH, 0, "delete", linkIndex, request);
    }

    private void send(
            int type, int flags, String operation, int linkIndex, NeighbourRequest request) {
        socket.request(
                NetlinkRequest.of(
                        type,
                        flags,
                        request.header(linkIndex)::encode,
                        request.attributes(),
                        operation,
                        request + " on link " + linkIndex));
    }

    static NetlinkRequest get(
            NeighbourHeader header, Attributes key, String operation, String object) {
        return NetlinkRequest.of(RTM_GETNEIGH, 0, header::encode, key, operation, object);
    }
}
