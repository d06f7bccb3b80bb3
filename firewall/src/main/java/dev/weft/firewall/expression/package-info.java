/// The expressions that rules are made of.
///
/// ```
///   rule builder --Selector--> Expression --encode--> Attributes --> kernel
///                                  |     <--decode---
///                         dev.weft.firewall.language --> "ip saddr 172.17.0.0/24 masquerade"
/// ```
///
/// One record and one attribute table for each kind; [dev.weft.firewall.expression.ExpressionKind]
/// lists them. To add a kind: write the record, name it in
/// [dev.weft.firewall.expression.Expression] and in the list, and say in
/// [dev.weft.firewall.language.Reading]'s reader of rules what statement it is. What no record says
/// in full stays an [dev.weft.firewall.expression.UnknownExpression], so nothing is ever lost.
///
/// All integers of attributes are in network order; the bytes inside data are in the order of what
/// they mean. Sources: `include/uapi/linux/netfilter/nf_tables.h`, `net/netfilter/nft_*.c`.
@NullMarked
package dev.weft.firewall.expression;

import org.jspecify.annotations.NullMarked;
