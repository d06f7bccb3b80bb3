/// IP sets: the sets that iptables rules match against (`-m set`), over netlink.
///
/// ```
///   IpSetRequest --create--\                      /--> IpSet (type, options, size)
///   IpSetEntry --add, put, delete, test-- IpSets --
///   name --destroy, flush, rename, swap--/   |    \--> IpSetContent (an IpSet and its entries)
///                                         netlink        as text: what `ipset save` prints
/// ```
///
/// The type's name says what an entry is made of: `hash:ip,port` has an address and a port. An
/// [dev.weft.firewall.ipset.IpSetEntry] is built part by part or read from text; a type refuses
/// what it has no place for.
///
/// To replace what a set holds while rules use it: fill another set of the same type, swap the two,
/// destroy the other. Rules refer to a set, not to its name, so they see the new content at once.
///
/// nftables has sets of its own ([dev.weft.firewall.NftSet]); new rules should use those.
///
/// Sources: `include/uapi/linux/netfilter/ipset/`, `net/netfilter/ipset/ip_set_core.c` and the
/// types beside it; ipset(8).
@NullMarked
package dev.weft.firewall.ipset;

import org.jspecify.annotations.NullMarked;
