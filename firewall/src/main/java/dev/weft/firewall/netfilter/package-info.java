/// What all nfnetlink subsystems have in common: the head of their messages.
///
/// Not exported. Source: `include/uapi/linux/netfilter/nfnetlink.h`.
@NullMarked
package dev.weft.firewall.netfilter;

import org.jspecify.annotations.NullMarked;
