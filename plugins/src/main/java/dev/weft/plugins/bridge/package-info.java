/// `bridge` and `ptp`: a pair of veths between host and container.
///
/// ```
///  configuration --> Pairs: record, veths, addresses, masquerading
///                      |                         |
///                      +-- HostBridge, Gateway, PortVlans, SpoofCheck (bridge)
///                      +-- routes at both ends (ptp)
/// ```
///
/// What the host has is known again by the alias of the host's end, and by the record.
@NullMarked
package dev.weft.plugins.bridge;

import org.jspecify.annotations.NullMarked;
