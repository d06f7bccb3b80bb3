package dev.weft.linux.route;

/// The multicast groups of rtnetlink that this package listens to (`RTNLGRP_*`).
final class RouteGroups {
    static final int LINK = 1;
    static final int NEIGHBOUR = 3;
    static final int IPV4_ADDRESS = 5;
    static final int IPV4_ROUTE = 7;
    static final int IPV4_RULE = 8;
    static final int IPV6_ADDRESS = 9;
    static final int IPV6_ROUTE = 11;
    static final int IPV6_RULE = 19;
    static final int NEXT_HOP = 32;

    private RouteGroups() {}
}
