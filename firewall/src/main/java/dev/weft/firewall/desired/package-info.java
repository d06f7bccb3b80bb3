/// Tables as they should be: the smallest change that leads there, and a guard that keeps them so.
///
/// ```
///   DesiredTable --content--> TableContent (wanted) --.
///                                                     |--> Difference --toBatch--> Batch --> kernel
///   Nftables.read ----------> TableContent (actual) --'        |
///                                                   Change, Change ... each a line for people
///
///   TableGuard = events of the ruleset + this, on a thread of its own
/// ```
///
/// A difference is made of parts: [dev.weft.firewall.desired.Declaration] says whether an object
/// can stay, [dev.weft.firewall.desired.Meanings] and [dev.weft.firewall.desired.Alignment] which
/// rules can, [dev.weft.firewall.desired.Member] which elements. What stays keeps its handle, its
/// counters and its time.
@NullMarked
package dev.weft.firewall.desired;

import org.jspecify.annotations.NullMarked;
