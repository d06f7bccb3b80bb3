/// `weft kubenet`: what kubelet's kubenet did for a node, for any container runtime.
///
/// ```
///   --pod-cidr, --hairpin-mode ... --> Settings
///                                        |
///         the node, as the kernel has it |  leases of host-local
///                                 |      |      |
///                                 v      v      v
///                                 Plan: changes, in order
///                                   |
///      +------------------+---------+-----------+---------------------+
///      v                  v                     v                     v
///   bridge cbr0      gateways' addresses   tables weft_kubenet   10-kubenet.conflist
///   MTU, promiscuous forwarding            masquerade, dedup     bridge, portmap, bandwidth
/// ```
///
/// A plan is of what is missing, so a run that was broken off is completed by the next, and a run
/// that finds everything does nothing. Nothing is kept anywhere else: what is there says what a
/// removal has to remove, and which ranges pods of former times still have addresses of.
@NullMarked
package dev.weft.cli.kubenet;

import org.jspecify.annotations.NullMarked;
