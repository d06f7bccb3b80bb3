/// What nftables compares and stores: data with their types, and verdicts.
///
/// ```
///  Data --+-- Datum    bytes as they stand in a register: an address, a port, a concatenation
///         +-- Verdict  what becomes of a packet: accept, drop, jump to a chain
///  DataType            how a person writes a datum, and the number that tells `nft` the same
/// ```
///
/// A datum is only bytes. In which order they stand depends on what they are: addresses and ports
/// in network order, marks and states in the machine's. The factories of
/// [dev.weft.firewall.value.Datum] know, so that nothing else has to.
@NullMarked
package dev.weft.firewall.value;

import org.jspecify.annotations.NullMarked;
