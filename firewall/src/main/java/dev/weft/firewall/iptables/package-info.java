/// The command `iptables`: for rules that other programs read and write through it. For rules of
/// one's own, [dev.weft.firewall] is faster and tells more.
///
/// ```
///   IptablesOptions --> Iptables --one run--> iptables          [-t table] -A chain ...
///                          |   \---one run--> iptables-save     --> SavedTable --> Rule
///   Transaction ---apply---+----one run--> iptables-restore     all of a table, or nothing
///   DualStack              |                                    both families side by side
///                          v
///                    IptablesException (status, what it means, table, chain)
/// ```
///
/// Names and options are checked before a program sees them: no word can become another word, line
/// or command. Rules that are read become data ([dev.weft.firewall.iptables.Rule]) without losing
/// what is unknown, and print as they were.
///
/// Programs from 1.4.20 on work, both the legacy and the nft variant. Older ones could neither wait
/// for the lock of the tables nor, before 1.4.11, look for a rule; they are refused instead of
/// imitated.
///
/// Sources: the manual pages iptables(8), iptables-extensions(8), iptables-save(8),
/// iptables-restore(8); `include/uapi/linux/netfilter/x_tables.h`; and what the programs were seen
/// to answer.
@NullMarked
package dev.weft.firewall.iptables;

import org.jspecify.annotations.NullMarked;
