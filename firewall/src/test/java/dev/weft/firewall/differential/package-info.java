/// The corpus of rulesets, and what is read of each beside what `nft` reads.
@NullMarked
package dev.weft.firewall.differential;

import org.jspecify.annotations.NullMarked;
