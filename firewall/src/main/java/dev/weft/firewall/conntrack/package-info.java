/// Connection tracking: the flows that the kernel follows in a network namespace.
///
/// ```
///   ConntrackFilter --> list, delete --\              /--> Connection (what the kernel said)
///   ConnectionRequest -> create, update -> Conntrack --      Tuple original, reply; attributes
///   Tuple ------------> find ----------/      |       \--> text as `conntrack -L` prints it
///                                          netlink
///   ConnectionEvents <-- new, updated, destroyed, lost --/
/// ```
///
/// An entry has a tuple for each direction: addresses, protocol, and ports or what stands for them.
/// Where addresses are translated, the reply's tuple is not the mirror of the original's. Either
/// tuple names the entry, within its zone.
///
/// A filter is handed to the kernel as far as the kernel can apply it, which keeps a dump short;
/// every row is tested here as well, as older kernels pass over filters they do not know. For the
/// same reason entries are deleted one by one, by tuple and id, many in one system call: a kernel
/// that passed over the filter of a flush would delete everything.
///
/// Nothing is tracked in a namespace until a rule there asks for it (`ct state`, NAT); entries that
/// are made by hand can be there before.
///
/// Sources: `include/uapi/linux/netfilter/nfnetlink_conntrack.h` and `nf_conntrack_common.h`,
/// `net/netfilter/nf_conntrack_netlink.c`, `nf_conntrack_ecache.c`; conntrack(8).
@NullMarked
package dev.weft.firewall.conntrack;

import org.jspecify.annotations.NullMarked;
