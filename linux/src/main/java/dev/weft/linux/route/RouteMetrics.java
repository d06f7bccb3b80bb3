package dev.weft.linux.route;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Codecs;

/// What TCP and the path should assume of a route (`RTAX_*`, `include/uapi/linux/rtnetlink.h`).
public final class RouteMetrics {
    public static final AttributeTable TABLE = AttributeTable.named("route metrics");

    /// Bits of the metrics that must not be changed by what is learnt on the way: bit *n* for the
    /// attribute of number *n*.
    public static final Attribute<Long> LOCK = TABLE.add(1, "RTAX_LOCK", Codecs.U32);

    /// The largest packet, bytes.
    public static final Attribute<Long> MTU = TABLE.add(2, "RTAX_MTU", Codecs.U32);

    /// The largest window to advertise, bytes.
    public static final Attribute<Long> WINDOW = TABLE.add(3, "RTAX_WINDOW", Codecs.U32);

    /// The round trip time to begin with, 1/8 ms.
    public static final Attribute<Long> ROUND_TRIP_TIME = TABLE.add(4, "RTAX_RTT", Codecs.U32);

    /// Its variation, 1/4 ms.
    public static final Attribute<Long> ROUND_TRIP_VARIATION =
            TABLE.add(5, "RTAX_RTTVAR", Codecs.U32);

    /// The threshold of slow start, segments.
    public static final Attribute<Long> SLOW_START_THRESHOLD =
            TABLE.add(6, "RTAX_SSTHRESH", Codecs.U32);

    /// The most segments under way, where locked.
    public static final Attribute<Long> CONGESTION_WINDOW = TABLE.add(7, "RTAX_CWND", Codecs.U32);

    /// The largest segment to advertise, bytes.
    public static final Attribute<Long> ADVERTISED_SEGMENT_SIZE =
            TABLE.add(8, "RTAX_ADVMSS", Codecs.U32);

    /// How far segments may come out of order before one counts as lost, segments.
    public static final Attribute<Long> REORDERING = TABLE.add(9, "RTAX_REORDERING", Codecs.U32);

    /// The hop limit or time to live, 1 to 255.
    public static final Attribute<Long> HOP_LIMIT = TABLE.add(10, "RTAX_HOPLIMIT", Codecs.U32);

    /// The congestion window to begin with, segments.
    public static final Attribute<Long> INITIAL_CONGESTION_WINDOW =
            TABLE.add(11, "RTAX_INITCWND", Codecs.U32);

    /// Bits: 1 explicit congestion notification, 8 fragments are to be made with a header always,
    /// 16 TCP time stamps in microseconds (since 6.7).
    public static final Attribute<Long> FEATURES = TABLE.add(12, "RTAX_FEATURES", Codecs.U32);

    /// The least retransmission timeout, ms.
    public static final Attribute<Long> LEAST_RETRANSMISSION_TIMEOUT =
            TABLE.add(13, "RTAX_RTO_MIN", Codecs.U32);

    /// The receive window to begin with, segments.
    public static final Attribute<Long> INITIAL_RECEIVE_WINDOW =
            TABLE.add(14, "RTAX_INITRWND", Codecs.U32);

    /// 1: acknowledge at once.
    public static final Attribute<Long> QUICK_ACKNOWLEDGEMENT =
            TABLE.add(15, "RTAX_QUICKACK", Codecs.U32);

    /// The congestion control's name, `bbr`.
    public static final Attribute<String> CONGESTION_CONTROL =
            TABLE.add(16, "RTAX_CC_ALGO", Codecs.STRING);

    /// 1: TCP fast open without a cookie.
    public static final Attribute<Long> FAST_OPEN_WITHOUT_COOKIE =
            TABLE.add(17, "RTAX_FASTOPEN_NO_COOKIE", Codecs.U32);

    private RouteMetrics() {}
}
