/// nftables over netlink: the ruleset of a network namespace as data, changed atomically.
///
/// ```
///   Table  Chain  NftSet  NftObject  Flowtable  Element  Rule <-- RuleBuilder <-- Selector, Datum
///      \      \      |        |         |         /      /
///              Batch (what to change, in order)
///                    |
///                Nftables --one datagram--> kernel        all of it happens, or nothing
///                    |    <--refusal of one message--     names the object it was about
///              TableContent (what is there) --> text as `nft list` prints it
/// ```
///
/// Objects are attributes under a typed view, so what this package has no name for survives reading
/// and making again. Rules are lists of expressions, see [dev.weft.firewall.expression].
///
/// Two ways of being safe beside others who change the same ruleset: keep to a table of one's own,
/// which no batch for another table touches; and plan against a generation
/// ([dev.weft.firewall.Nftables#apply(java.util.function.Supplier)]), so that a change in between
/// leads to a new plan.
///
/// Prefer map elements to rules: an element costs the same at any size, a rule is gone through by
/// each packet.
///
/// Sources: `include/uapi/linux/netfilter/nf_tables.h` and `nfnetlink.h`,
/// `net/netfilter/nf_tables_api.c`, `net/netfilter/nfnetlink.c`; user data as of libnftnl and
/// nftables.
@NullMarked
package dev.weft.firewall;

import org.jspecify.annotations.NullMarked;
