/// `weft dhcp`: DHCP leases of containers where no agent runs.
///
/// ```
///   plugin dhcp (a process of one call) --/run/weft/dhcp.sock--> weft dhcp daemon --> servers
/// ```
@NullMarked
package dev.weft.cli.dhcp;

import org.jspecify.annotations.NullMarked;
