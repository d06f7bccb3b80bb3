/// A ruleset in the language of `nft`: what expressions, sets and elements say, as a person would
/// write it.
///
/// ```
///   Rule      list of Expression ──┐
///   NftSet    list of Element    ──┤
///                                  │ Reading        follows the registers from load to use,
///                                  ▼                drops implied guards, pairs intervals
///   Statement  Match, Counter, Nat, Mangle, ...     what a rule does, in order
///      └─ Term  Field, Value, Prefix, Range, ...    what of the packet, and compared with what
///                                  │
///                                  ▼
///                           text as `nft list`, JSON as `nft -j list`
/// ```
///
/// The kernel keeps rules as steps of a machine with registers; the words that a rule was written
/// in are gone. Reading finds them again: [dev.weft.firewall.language.Reading] walks a rule's
/// expressions once, keeps the term that each register holds
/// ([dev.weft.firewall.language.Statement] ends at each step that uses one), and knows which header
/// the packet has by then, so that two bytes at transport offset 2 are `tcp dport` after `meta
/// l4proto tcp` and `th dport` otherwise. What no statement says stays in the list as
/// [dev.weft.firewall.language.Statement.Raw]: reading never fails and loses nothing.
///
/// [dev.weft.firewall.language.Term] and [dev.weft.firewall.language.Statement] are sealed, plain
/// records; nothing here asks the kernel.
///
/// Sources: nft(8), libnftables-json(5), `include/uapi/linux/netfilter/nf_tables.h`, and what `nft`
/// itself prints for the rulesets of this module's tests.
@NullMarked
package dev.weft.firewall.language;

import org.jspecify.annotations.NullMarked;
