/// Addresses and ports that are rewritten: `portmap`, and the masquerading of `bridge` and `ptp`.
///
/// ```
///  PublishedPorts --> PortsPart       in the table inet weft, or
///  Masquerade.Plan -> MasqueradePart
///                 \-> PortChains, MasqueradeChains   in the chains of the reference plugins
/// ```
///
/// Which of both is the configuration's choice; DEL looks for either.
@NullMarked
package dev.weft.plugins.nat;

import org.jspecify.annotations.NullMarked;
