/// What happens to a ruleset, and to packets on their way through it, as the kernel tells it.
///
/// ```
///   kernel --group NFTABLES--> RulesetEvents --> Added, Removed ... Generation (who it was)
///          --group NFTRACE --> TraceEvents   --> TraceEvent, ...  --> PacketTraces, by packet
///                                  |
///                              Lost: more came than was taken
/// ```
///
/// A transaction comes as one event for each object, in order, and then its generation with the
/// process that made it. Nothing is said of elements that packets add or that expire. A table that
/// vanishes with the socket that owned it, and chains whose device vanishes, have no generation.
///
/// Packets are traced once a rule has set `meta nftrace`; see nft(8).
///
/// Sources: `net/netfilter/nf_tables_api.c` (`nf_tables_commit`),
/// `net/netfilter/nf_tables_trace.c`, `include/uapi/linux/netfilter/nf_tables.h`.
@NullMarked
package dev.weft.firewall.event;

import org.jspecify.annotations.NullMarked;
