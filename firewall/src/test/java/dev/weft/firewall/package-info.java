/// Tests of the ruleset against the kernel and `nft`.
@NullMarked
package dev.weft.firewall;

import org.jspecify.annotations.NullMarked;
