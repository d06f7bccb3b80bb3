/// How a namespace forwards: addresses, routes, next hops, policy rules, neighbours.
///
/// ```
///  packet -> Rules (which table?) -> Routes (which next hop?) -> Neighbours (which hardware address?)
///                                       |                            |
///                                    NextHops         ForwardingEntries (which port of a bridge?)
///  Addresses put routes into the tables local and main by themselves
/// ```
///
/// Each object has what is read ([dev.weft.linux.route.Route]), what is asked
/// ([dev.weft.linux.route.RouteRequest]), the operations of one namespace
/// ([dev.weft.linux.route.Routes]), its attributes ([dev.weft.linux.route.RouteAttributes]) and a
/// [dev.weft.linux.netlink.Watch] that follows changes. [dev.weft.linux.route.RouteLookup] asks the
/// kernel where a packet would go.
///
/// IPv4 and IPv6 share all types; where the kernel treats them differently, the method says so.
///
/// Sources: `include/uapi/linux/{rtnetlink,if_addr,neighbour,nexthop,fib_rules}.h`,
/// `Documentation/netlink/specs/rt-*.yaml`, `net/ipv4/fib_*.c`, `net/ipv6/route.c`,
/// `net/core/{neighbour,fib_rules}.c`.
@NullMarked
package dev.weft.linux.route;

import org.jspecify.annotations.NullMarked;
