package dev.weft.linux.netlink;

import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;

/// A received netlink message: its header's fields and its body (`struct nlmsghdr`).
///
/// @param type what it is; below 16 the protocol's own, above the family's
/// @param flags see [NetlinkFlags]
/// @param sequence of the request it answers; 0 in notifications
/// @param portId of the socket it is for
/// @param body what follows the header
public record NetlinkMessage(int type, int flags, int sequence, int portId, Slice body) {
    static final int HEADER_BYTES = 16;
    static final int ERROR = 2;
    static final int DONE = 3;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// Takes a datagram apart.
    ///
    /// @throws MalformedMessageException when a message reaches outside of it
    public static List<NetlinkMessage> decodeAll(Slice datagram) {
        List<NetlinkMessage> messages = new ArrayList<>();
        int at = 0;
        while (datagram.length() - at >= HEADER_BYTES) {
            int length = datagram.s32(at);
            if (length < HEADER_BYTES || length > datagram.length() - at) {
                throw new MalformedMessageException(
                        "a netlink message at offset "
                                + at
                                + " claims "
                                + length
                                + " bytes of "
                                + (datagram.length() - at));
            }
            messages.add(decode(datagram.part(at, length)));
            at += length + 3 & ~3;
        }
        return messages;
    }

    private static NetlinkMessage decode(Slice message) {
        return new NetlinkMessage(
                message.u16(4),
                message.u16(6),
                message.s32(8),
                message.s32(12),
                message.from(HEADER_BYTES));
    }
}
