/// `firewall`: that containers' packets are accepted where something drops, and policies between
/// bridges.
///
/// ```
///  FirewallOptions --> backend: by name, or what the host needs
///                        |
///      nftables: PolicyPart     iptables: AdmissionChains     firewalld: Firewalld
/// ```
@NullMarked
package dev.weft.plugins.filter;

import org.jspecify.annotations.NullMarked;
