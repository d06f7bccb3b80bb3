package dev.weft.linux.link;

/// What the kernel counts on every link (`struct rtnl_link_stats64`).
public enum LinkCounter {
    RECEIVED_PACKETS(0),
    SENT_PACKETS(1),
    RECEIVED_BYTES(2),
    SENT_BYTES(3),
    /// Received and not usable.
    RECEIVE_ERRORS(4),
    SEND_ERRORS(5),
    /// Received whole, and thrown away for lack of room or interest.
    RECEIVE_DROPPED(6),
    SEND_DROPPED(7),
    /// Multicast packets received.
    MULTICAST(8),
    COLLISIONS(9),
    RECEIVE_LENGTH_ERRORS(10),
    RECEIVE_OVER_ERRORS(11),
    RECEIVE_CHECKSUM_ERRORS(12),
    RECEIVE_FRAME_ERRORS(13),
    RECEIVE_FIFO_ERRORS(14),
    RECEIVE_MISSED_ERRORS(15),
    SEND_ABORTED_ERRORS(16),
    SEND_CARRIER_ERRORS(17),
    SEND_FIFO_ERRORS(18),
    SEND_HEARTBEAT_ERRORS(19),
    SEND_WINDOW_ERRORS(20),
    RECEIVED_COMPRESSED(21),
    SENT_COMPRESSED(22),
    /// Received, and no protocol wanted them.
    RECEIVE_NO_HANDLER(23),
    /// Received for another host's address. Since 6.0.
    RECEIVE_OTHER_HOST(24);

    private final int position;

    LinkCounter(int position) {
        this.position = position;
    }

    /// Its place among the counters, from 0.
    int position() {
        return position;
    }
}
